using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <summary>The contract prices of Claude Code's managed settings, <c>modelPricing</c>: read, and written from contract prices of your
/// own.</summary>
/// <remarks>
/// The block has <c>overrides</c>, by model the prices of input, output, cache reads and cache writes in USD per 1,000,000 tokens, and a
/// <c>multiplier</c> above 0 and up to 1 on every price, those of the overrides too (code.claude.com/docs/en/costs, read on 2026-11-25).
/// Thread-safe.
/// </remarks>
public static class ClaudeCodePricing
{
    private const string Name = "claude-code";

    /// <summary>More than this is no price to Claude Code.</summary>
    private const decimal HighestPrice = 10_000;

    /// <summary>So many tokens are below every threshold of a price, and their price times this is that of a million.</summary>
    private const int Sample = 1_000;

    private static readonly ImmutableArray<(string Name, TokenBucket Bucket)> Rates =
    [
        ("input", TokenBucket.Input),
        ("output", TokenBucket.Output),
        ("cacheRead", TokenBucket.CacheRead),
        ("cacheWrite", TokenBucket.CacheWrite5m),
    ];

    /// <summary>Words of Claude Code that move from one model to the next.</summary>
    private static readonly string[] MovingNames = ["opus", "sonnet", "haiku", "fable", "mythos", "default", "best", "opusplan"];

    /// <summary>Reads the block: overrides become a rate card, the multiplier an overlay on the provider's prices.</summary>
    /// <param name="utf8Json">The settings, or the block alone.</param>
    /// <param name="multiplier">The overlay, which belongs into the options beside the rate cards; <see langword="null"/> when the block
    /// has no multiplier.</param>
    /// <param name="provider">The provider whose prices they are.</param>
    /// <param name="asOf">The day of the settings, for the rate card; <see langword="null"/> when it is not known.</param>
    /// <returns>The rate card and the report; the multiplier is an entry as an override is.</returns>
    /// <exception cref="RateCardException">The text is too large, not valid JSON, or has no such block.</exception>
    public static ImportResult Read(
        ReadOnlyMemory<byte> utf8Json,
        out PriceOverlay? multiplier,
        string provider = "anthropic",
        DateOnly? asOf = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(provider);
        using JsonDocument document = Open(utf8Json);
        JsonElement root = document.RootElement;
        JsonElement block = root.Object("modelPricing") ?? root;
        if (block.ValueKind != JsonValueKind.Object
            || !(block.TryGetProperty("overrides", out _) || block.TryGetProperty("multiplier", out _)))
        {
            const string NoBlock = "The text has no modelPricing with overrides or a multiplier, as managed settings of Claude Code have.";
            throw new RateCardException(NoBlock);
        }

        List<ImportedEntry> entries = [];
        multiplier = null;
        foreach (JsonProperty field in block.EnumerateObject())
        {
            if (field.NameEquals("multiplier"))
            {
                entries.Add(new ImportedEntry("multiplier", provider, "multiplier").Read(entry => ReadFactor(entry, field.Value)));
                multiplier = entries[^1].Refusal is null ? Overlay(provider, ExactFactor(field.Value)) : null;
            }
            else if (field.NameEquals("overrides") && field.Value.ValueKind == JsonValueKind.Object)
            {
                entries.AddRange(field.Value.EnumerateObject()
                    .Select(model => new ImportedEntry(model.Name, provider, model.Name).Read(entry => ReadModel(entry, model.Value))));
            }
            else
            {
                entries.Add(new ImportedEntry(field.Name, provider, field.Name));
                entries[^1].Refuse(field.NameEquals("overrides")
                    ? "is not an object of models"
                    : "is no part of modelPricing that is known");
            }
        }

        return Collect(entries, provider, asOf);
    }

    /// <summary>Writes the block for models of an estimator: their prices at the standard tier, contracts included.</summary>
    /// <param name="estimator">The rates, your own and your overlays.</param>
    /// <param name="modelIds">The models; each is written under the id given here.</param>
    /// <param name="losses">What could not be written.</param>
    /// <param name="context">What else decides the prices; by default those of now.</param>
    /// <returns>UTF-8 text of managed settings that hold nothing else.</returns>
    public static byte[] Write(
        ICostEstimator estimator,
        IEnumerable<string> modelIds,
        out IReadOnlyList<ImportLoss> losses,
        CallContext context = default)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(modelIds);
        List<ImportLoss> lost = [];
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(
            buffer, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject("modelPricing");
            json.WriteStartObject("overrides");
            foreach (string id in modelIds)
            {
                if (PricesOf(estimator, id, context, lost) is { } prices)
                {
                    json.WriteStartObject(id);
                    foreach ((string rate, decimal price) in prices)
                    {
                        json.WritePropertyName(rate);
                        json.WriteRawValue(Text(price));
                    }

                    json.WriteEndObject();
                }
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        losses = lost;
        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static JsonDocument Open(ReadOnlyMemory<byte> utf8Json)
    {
        try
        {
            return utf8Json.Length <= RateCardJson.MaxBytes
                ? JsonDocument.Parse(utf8Json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })
                : throw new RateCardException($"The settings have {utf8Json.Length} bytes; at most {RateCardJson.MaxBytes} are read.");
        }
        catch (JsonException exception)
        {
            throw new RateCardException($"The text is not valid JSON: {JsonFaultText.Of(exception)}");
        }
    }

    private static void ReadFactor(ImportedEntry entry, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number || ExactFactor(value) is <= 0 or > 1)
        {
            entry.Refuse($"is {value.GetRawText()}; Claude Code takes a number above 0 and up to 1");
        }
    }

    private static decimal ExactFactor(JsonElement value) =>
        decimal.Parse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static PriceOverlay Overlay(string provider, decimal factor) => new()
    {
        Name = Name,
        Providers = [provider],
        Rules = [new PriceRule { Name = "modelPricing multiplier", Multiply = factor, On = ["Tokens"] }],
    };

    private static void ReadModel(ImportedEntry entry, JsonElement model)
    {
        if (MovingNames.Contains(entry.ModelId, StringComparer.OrdinalIgnoreCase))
        {
            entry.Refuse("is a name that moves from model to model; write the id of the model");
        }

        ImportedVersion version = entry.AddVersion();
        foreach ((string name, TokenBucket bucket) in Rates)
        {
            decimal? price = entry.Price(name, model.Required(name), 1);
            if (price is null or > HighestPrice)
            {
                entry.Refuse(
                    $"has no {name} between 0 and {Text(HighestPrice)}, and Claude Code leaves a row out that lacks one of the four");
            }

            version.Set(bucket, price);
        }

        foreach (JsonProperty other in model.EnumerateObject().Where(field => !Rates.Any(rate => field.NameEquals(rate.Name))))
        {
            entry.Lose(other.Name, "no price of modelPricing has that name");
        }
    }

    private static ImportResult Collect(List<ImportedEntry> entries, string provider, DateOnly? asOf)
    {
        List<ImportLoss> losses = [];
        foreach (ImportedEntry entry in entries)
        {
            losses.AddRange(entry.Losses);
            losses.AddRange(entry.Refusal is { } refusal ? [new ImportLoss(entry.Id, "entry", refusal)] : Array.Empty<ImportLoss>());
        }

        ImportedEntry[] read = [.. entries.Where(entry => entry.Refusal is null)];
        ImmutableArray<ModelPricing> models = [.. read.Where(entry => entry.Versions.Count > 0).Select(Pricing)];
        return new ImportResult
        {
            Entries = entries.Count,
            Imported = read.Length,
            Lossy = read.Count(entry => entry.Losses.Count > 0),
            Refused = entries.Count - read.Length,
            Losses = losses,
            RateCards = models.IsEmpty ? [] :
            [
                new RateCard
                {
                    Name = Name,
                    Provider = provider,
                    FirstParty = provider == "anthropic",
                    Currency = "USD",
                    AsOf = asOf,
                    Source = "managed settings of Claude Code",
                    Models = models,
                },
            ],
        };
    }

    /// <summary>A write without a lifetime is one of 5 minutes; one of an hour has no price in the block.</summary>
    private static ModelPricing Pricing(ImportedEntry entry)
    {
        ModelPricing model = entry.ToPricing();
        PriceVersion version = model.Versions[0];
        return model with
        {
            Versions = [version with { BilledAs = version.BilledAs.SetItem(TokenBucket.CacheWrite, TokenBucket.CacheWrite5m) }],
        };
    }

    private static List<(string Name, decimal Price)>? PricesOf(
        ICostEstimator estimator, string id, in CallContext context, List<ImportLoss> losses)
    {
        List<(string, decimal)> prices = [];
        foreach ((string name, TokenBucket bucket) in Rates)
        {
            CostEstimate cost = estimator.Estimate(id, default(TokenUsage).With(bucket, Sample), in context);
            if (cost is not { Status: CostStatus.Priced, Total: { Currency: "USD" } total })
            {
                string why = cost.Status == CostStatus.Priced ? $"is in {cost.Total?.Currency}" : cost.Issues[0].Message;
                losses.Add(new ImportLoss(id, name, $"{why} A row needs all four prices in USD, so the model is left out."));
                return null;
            }

            prices.Add((name, total.Amount * (1_000_000 / Sample)));
        }

        if (prices.Find(one => one.Item2 > HighestPrice) is { Item1: { } high })
        {
            string why = $"is above {Text(HighestPrice)}, which Claude Code does not take, so the model is left out.";
            losses.Add(new ImportLoss(id, high, why));
            return null;
        }

        return prices;
    }

    private static string Text(decimal price) => price.ToString("0.############################", CultureInfo.InvariantCulture);
}
