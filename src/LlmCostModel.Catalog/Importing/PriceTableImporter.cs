using System.Collections.Immutable;
using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <summary>Turns public price tables into rate cards, and tells everything that did not fit.</summary>
/// <remarks>
/// The numbers are taken as they are written, never through binary floating point. A table is another project's opinion of a price: compare
/// it with the
/// provider's page before you bill by it. Thread-safe.
/// </remarks>
public static class PriceTableImporter
{
    /// <summary>Prices above this are not known of any model: the unit of the entry is wrong.</summary>
    private const decimal ImplausiblePerMillion = 10_000;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>Reads a table.</summary>
    /// <param name="format">What the text is.</param>
    /// <param name="utf8Json">The text, at most <see cref="RateCardJson.MaxBytes"/> bytes.</param>
    /// <param name="provider">The provider of a table that names none, which is Portkey's; ignored for others.</param>
    /// <param name="asOf">The day of the table, for the rate cards; <see langword="null"/> when it is not known.</param>
    /// <param name="known">The rate cards whose models a list of meters may mean, which is Azure's, such as those of the built-in catalog;
    /// ignored for others.</param>
    /// <returns>The rate cards and the report.</returns>
    /// <exception cref="RateCardException">The text is too large, not valid JSON, too deep, has a name twice, or is not a table of this
    /// format.</exception>
    public static ImportResult Import(
        PriceTableFormat format,
        ReadOnlyMemory<byte> utf8Json,
        string? provider = null,
        DateOnly? asOf = null,
        IReadOnlyList<RateCard>? known = null) => Collect(ReadEntries(format, utf8Json, provider, known), SourceOf(format), asOf);

    /// <summary>Reads the entries of a table, refused ones as well.</summary>
    /// <exception cref="RateCardException">The text is not such a table.</exception>
    internal static List<ImportedEntry> ReadEntries(
        PriceTableFormat format, ReadOnlyMemory<byte> utf8Json, string? provider, IReadOnlyList<RateCard>? known = null)
    {
        if (utf8Json.Length > RateCardJson.MaxBytes)
        {
            throw new RateCardException($"The table has {utf8Json.Length} bytes; at most {RateCardJson.MaxBytes} are read.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8Json, Strict);
            return [.. Read(format, document.RootElement, provider, known)];
        }
        catch (JsonException exception)
        {
            throw new RateCardException($"The text is not valid JSON: {JsonFaultText.Of(exception)}");
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new RateCardException(
                $"The text is not a table of the format {format}: {TableJson.Describe(exception)} Such a table is {ShapeOf(format)}.");
        }
    }

    private static IEnumerable<ImportedEntry> Read(
        PriceTableFormat format, JsonElement root, string? provider, IReadOnlyList<RateCard>? known) =>
        format switch
        {
            PriceTableFormat.LiteLlm => LiteLlmTable.Read(root),
            PriceTableFormat.ModelsDev => ModelsDevTable.Read(root),
            PriceTableFormat.OpenRouter => OpenRouterTable.Read(root),
            PriceTableFormat.GenAiPrices => GenAiPricesTable.Read(root),
            PriceTableFormat.LlmPrices => LlmPricesTable.Read(root),
            PriceTableFormat.Portkey => PortkeyTable.Read(
                root,
                provider ?? throw new FormatException("The table names no provider; give the one it is for.")),
            PriceTableFormat.TokenMeter => TokenMeterTable.Read(root),
            PriceTableFormat.AzureRetailPrices => AzureRetailPrices.Read(
                root,
                known ?? throw new FormatException("The list names meters, not models; give the rate cards whose models they may mean.")),
            PriceTableFormat.AwsPriceList => AwsPriceList.Read(root),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "The format is not known."),
        };

    /// <summary>What stands in a table.</summary>
    private static string ShapeOf(PriceTableFormat format) => format switch
    {
        PriceTableFormat.LiteLlm => "an object of models by name",
        PriceTableFormat.ModelsDev => "an object of providers by name, each with 'models'",
        PriceTableFormat.OpenRouter => "a list of models, or an object with them as 'data'",
        PriceTableFormat.GenAiPrices => "a list of providers, each with 'models'",
        PriceTableFormat.LlmPrices => "an object with 'vendor' and 'models'",
        PriceTableFormat.TokenMeter => "an object with 'provider' and 'models', or a list of them",
        PriceTableFormat.AzureRetailPrices => "an object with 'Items', or a list of them",
        PriceTableFormat.AwsPriceList => "an object with 'products' and 'terms'",
        _ => "an object of models by name, and its provider is given besides",
    };

    /// <summary>Where the table is published.</summary>
    internal static string SourceOf(PriceTableFormat format) => format switch
    {
        PriceTableFormat.LiteLlm => "https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json",
        PriceTableFormat.ModelsDev => "https://models.dev/api.json",
        PriceTableFormat.OpenRouter => "https://openrouter.ai/api/v1/models",
        PriceTableFormat.GenAiPrices => "https://github.com/pydantic/genai-prices",
        PriceTableFormat.LlmPrices => "https://github.com/simonw/llm-prices",
        PriceTableFormat.Portkey => "https://github.com/Portkey-AI/models",
        PriceTableFormat.TokenMeter => "https://github.com/iyulab/TokenMeter",
        PriceTableFormat.AzureRetailPrices => "https://prices.azure.com/api/retail/prices",
        PriceTableFormat.AwsPriceList => "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonBedrock/current/region_index.json",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "The format has no source."),
    };

    private static ImportResult Collect(List<ImportedEntry> entries, string source, DateOnly? asOf)
    {
        Dictionary<(string Provider, string Id), string> taken = [];
        SortedDictionary<string, List<ModelPricing>> models = new(StringComparer.Ordinal);
        List<ImportLoss> losses = [];
        int imported = 0;
        int lossy = 0;
        foreach (ImportedEntry entry in entries)
        {
            losses.AddRange(entry.Losses);
            if (Refusal(entry, taken) is { } refusal)
            {
                losses.Add(new ImportLoss(entry.Id, "entry", refusal));
                continue;
            }

            if (!models.TryGetValue(entry.Provider, out List<ModelPricing>? ofProvider))
            {
                models.Add(entry.Provider, ofProvider = []);
            }

            ofProvider.Add(entry.ToPricing());
            imported++;
            lossy += entry.Losses.Count > 0 ? 1 : 0;
        }

        return new ImportResult
        {
            Entries = entries.Count,
            Imported = imported,
            Lossy = lossy,
            Refused = entries.Count - imported,
            Losses = losses,
            RateCards = [.. models.Select(provider => Card(provider.Key, [.. provider.Value]) with { Source = source, AsOf = asOf })],
        };
    }

    /// <summary>Why an entry cannot be in a rate card; <see langword="null"/> when it can.</summary>
    private static string? Refusal(ImportedEntry entry, Dictionary<(string Provider, string Id), string> taken)
    {
        if (entry.Refusal is not null)
        {
            return entry.Refusal;
        }

        if (entry.Versions.All(version => version.IsEmpty))
        {
            return "has no price that could be read";
        }

        foreach (ImportedVersion version in entry.Versions)
        {
            foreach (TokenBucket bucket in Enum.GetValues<TokenBucket>())
            {
                if (version.Rates[bucket] > ImplausiblePerMillion)
                {
                    return FormattableString.Invariant(
                        $"costs {version.Rates[bucket]:0.######} per 1,000,000 {bucket} tokens, which looks like a price of another unit");
                }
            }
        }

        if (!taken.TryAdd((entry.Provider, entry.ModelId), entry.Id))
        {
            return $"is the model '{entry.ModelId}' of '{entry.Provider}', as '{taken[(entry.Provider, entry.ModelId)]}' is";
        }

        try
        {
            // What the reader of rate cards refuses is refused here, entry by entry.
            RateCardJson.Parse(RateCardJson.Write(Card(entry.Provider, [entry.ToPricing()])), "card");
            return null;
        }
        catch (RateCardException exception)
        {
            taken.Remove((entry.Provider, entry.ModelId));
            return exception.Message;
        }
    }

    private static RateCard Card(string provider, ImmutableArray<ModelPricing> models) =>
        new()
        {
            Name = provider,
            Provider = provider,
            Currency = "USD",
            FirstParty = TableProviders.IsMaker(provider),
            Models = models,
        };
}
