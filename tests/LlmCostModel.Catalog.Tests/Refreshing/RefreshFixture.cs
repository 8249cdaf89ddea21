using System.Text;
using System.Text.Json.Nodes;
using LlmCostModel.Catalog.Tests.Importing;

namespace LlmCostModel.Catalog.Tests.Refreshing;

/// <summary>The files of the built-in catalog, and the public tables of August 2026.</summary>
internal static class RefreshFixture
{
    internal static readonly DateTimeOffset Now = new(2026, 8, 31, 0, 0, 0, TimeSpan.Zero);

    private static readonly (PriceTableFormat Format, string Name, string File, string Day)[] Files =
    [
        (PriceTableFormat.LiteLlm, "litellm", "prices/litellm_model_prices_2026-08-01.json.gz", "2026-08-01"),
        (PriceTableFormat.ModelsDev, "models.dev", "prices/models_dev_2026-07-02.json.gz", "2026-07-02"),
        (PriceTableFormat.OpenRouter, "openrouter", "prices/openrouter_models_2026-08-01.json", "2026-08-01"),
        (PriceTableFormat.GenAiPrices, "genai-prices", "prices/genai_prices_v2.json", "2026-08-21"),
        (PriceTableFormat.LlmPrices, "llm-prices", "prices/simonw_llm_prices_2026-08-05.json", "2026-08-05"),
    ];

    internal static RefreshTable[] Tables() => Read.Value;

    private static readonly Lazy<RefreshTable[]> Read = new(() => [.. Files.Select(file => RefreshTable.Read(file.Format, file.Name, PublicTableTests.Load(file.File), DayOf(file.Day)))]);

    /// <summary>The catalog's files by provider.</summary>
    internal static Dictionary<string, byte[]> Catalog() => typeof(BuiltInCatalog).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(".json", StringComparison.Ordinal))
        .ToDictionary(name => name[..^".json".Length], name =>
        {
            using Stream stream = typeof(BuiltInCatalog).Assembly.GetManifestResourceStream(name)!;
            using MemoryStream bytes = new();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }, StringComparer.Ordinal);

    internal static RateCard[] Cards(Dictionary<string, byte[]> files) => [.. files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => RateCardJson.Parse(file.Value, file.Key + ".json").Single())];

    /// <summary>The text of a card without a model, or without a price of its last version; <see langword="null"/> when the rest is no card.</summary>
    internal static byte[]? Without(byte[] card, string model, string? what)
    {
        JsonObject root = JsonNode.Parse(card)!.AsObject();
        JsonObject models = root["Models"]!.AsObject();
        JsonObject one = models[model]!.AsObject();
        if (what is null)
        {
            models.Remove(model);
        }
        else if ((one["Versions"] is JsonArray versions ? versions[^1]! : one)["PerMillionTokens"] is not JsonObject prices || !prices.Remove(what) || prices.Count == 0)
        {
            return null;
        }

        byte[] text = Encoding.UTF8.GetBytes(root.ToJsonString());
        try
        {
            return RateCardJson.Parse(text, "card.json").Count == 1 ? text : null;
        }
        catch (RateCardException)
        {
            return null; // a rule or the life of an id needs it
        }
    }

    /// <summary>The files with the edits of proposals; each is a card still.</summary>
    internal static Dictionary<string, byte[]> Write(Dictionary<string, byte[]> files, IEnumerable<RefreshProposal> proposals)
    {
        Dictionary<string, byte[]> written = new(files, StringComparer.Ordinal);
        foreach (IGrouping<string, RefreshProposal> card in proposals.GroupBy(proposal => proposal.Provider))
        {
            CardText text = new(written[card.Key], card.Key + ".json");
            Assert.Empty(text.Apply([.. card]));
            written[card.Key] = text.Utf8;
        }

        return written;
    }

    private static DateOnly DayOf(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
