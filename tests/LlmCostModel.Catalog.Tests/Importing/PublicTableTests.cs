using System.IO.Compression;
using LlmCostModel.TestData;

namespace LlmCostModel.Catalog.Tests.Importing;

/// <summary>Whole public tables: every entry is represented or in the report.</summary>
public class PublicTableTests
{
    internal static readonly (PriceTableFormat Format, string File)[] Three =
    [
        (PriceTableFormat.LiteLlm, "prices/litellm_model_prices_2026-08-01.json.gz"),
        (PriceTableFormat.ModelsDev, "prices/models_dev_2026-07-02.json.gz"),
        (PriceTableFormat.GenAiPrices, "prices/genai_prices_v2.json"),
    ];

    /// <summary>What is refused has no price (157 of genai-prices), stands twice, or means free as well as unknown. The numbers of entries are those of the evaluation data's own description.</summary>
    [SharedDataTheory]
    [InlineData(PriceTableFormat.LiteLlm, "prices/litellm_model_prices_2026-08-01.json.gz", 2_986, 0.90)]
    [InlineData(PriceTableFormat.LiteLlm, "prices/litellm_model_prices_2025-08-04.json.gz", 1_257, 0.85)]
    [InlineData(PriceTableFormat.ModelsDev, "prices/models_dev_2026-07-02.json.gz", 5_276, 0.75)]
    [InlineData(PriceTableFormat.OpenRouter, "prices/openrouter_models_2026-08-01.json", 336, 0.95)]
    [InlineData(PriceTableFormat.GenAiPrices, "prices/genai_prices_v2.json", 1_466, 0.89)]
    [InlineData(PriceTableFormat.LlmPrices, "prices/simonw_llm_prices_2026-08-05.json", 142, 0.99)]
    public void Import_PublicTable_AccountsForEveryEntry(PriceTableFormat format, string file, int entries, double atLeast)
    {
        ImportResult result = PriceTableImporter.Import(format, Load(file));

        Assert.Equal(entries, result.Entries);
        Assert.Equal(result.Entries, result.Imported + result.Refused);
        Assert.Equal(result.Imported, result.RateCards.Sum(card => card.Models.Length));
        Assert.True(result.Imported >= atLeast * entries, $"only {result.Imported} of {entries} imported");
        Assert.Equal(result.Refused, result.Losses.Count(loss => loss.What == "entry"));
        Assert.Equal(result.Imported, RateCardJson.Parse(RateCardJson.Write([.. result.RateCards]), "again").Sum(card => card.Models.Length));
    }

    internal static byte[] Load(string file)
    {
        using FileStream stream = File.OpenRead(SharedData.PathOf(file));
        using Stream unpacked = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using MemoryStream bytes = new();
        unpacked.CopyTo(bytes);
        return bytes.ToArray();
    }
}
