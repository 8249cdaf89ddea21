using System.Text;

namespace LlmCostModel.Tests.RateCards;

/// <summary>Cards that were checked when they were written: names are read at once, prices when they are asked for.</summary>
public class DeferredCardTests
{
    public static TheoryData<string> CatalogFiles => [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "vectors", "catalog"), "*.json")];

    [Theory]
    [MemberData(nameof(CatalogFiles))]
    public void ParseDeferred_CatalogFile_IsWhatParseReads(string path)
    {
        byte[] json = File.ReadAllBytes(path);
        RateCard expected = Assert.Single(RateCardJson.Parse(json, Path.GetFileName(path)));

        RateCard card = RateCardJson.ParseDeferred(json, Path.GetFileName(path));

        Assert.Equal(expected.Models.Select(model => model.Id), card.Models.Select(model => model.Id));
        Assert.True(expected == card, "the content differs");
        Assert.Equal(expected.GetHashCode(), card.GetHashCode());
    }

    private const string Card = """
        { "Currency": "USD", "AsOf": "2026-01-02", "BilledAs": { "Reasoning": "Output" }, "Rules": { "half": { "Multiply": 0.5 } }, "Models": {
            "a": { "PerMillionTokens": { "Input": 1, "Output": 2 }, "Rules": [ "half" ], "Aliases": "b", "Id": "a:1", "Limits": { "ContextWindow": 9 } },
            "c": { "PerMillionTokens": { "Input": -1 } },
            "d\u0065": { "Aliases": [ "f", "g" ], "PerMillionTokens": { "Input": 1 } } }, "Source": "s" }
        """;

    private static RateCard Read(string json) => RateCardJson.ParseDeferred(Encoding.UTF8.GetBytes(json), "card.json");

    /// <summary>1 million at 1, halved, and a million of reasoning as output at 2, halved: 1.5. The model that is wrong is not in the way.</summary>
    [Fact]
    public void Estimate_DeferredModel_ReadsItAlone()
    {
        RateCard card = Read(Card);
        CostEstimator estimator = new(new LlmCostModelOptions(), [new Source(card)], []);

        Assert.Equal(1.5m, estimator.Estimate("b", new TokenUsage { Input = 1_000_000, Reasoning = 1_000_000 }).GetRequiredTotal().Amount);
        Assert.Equal(9, estimator.GetModel("a:1").Limits!.ContextWindow);
        Assert.Equal(new DateOnly(2026, 1, 2), estimator.Rates.OldestAsOf);
        Assert.Equal(["de", "f", "g"], card.Models[2].Aliases.Prepend(card.Models[2].Id));
        Assert.Equal(("card", "s"), (card.Name, card.Source));
        Assert.StartsWith(
            "card.json:Models:c:PerMillionTokens:Input: '-1' is negative",
            Assert.Throws<RateCardException>(() => estimator.Estimate("c", default)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void With_DeferredModel_ChangesWhatItSays()
    {
        ModelPricing model = Read(Card).Models[0];

        Assert.Equal(9, (model with { Versions = [] }).Limits!.ContextWindow);
        Assert.Empty((model with { Versions = [] }).Versions);
        Assert.Null((model with { Limits = null }).Limits);
        Assert.Equal(1, (model with { Limits = null }).Versions[0].PerMillionTokens.Input);
    }

    [Fact]
    public void Versions_AskedForByManyThreads_AreTheSame()
    {
        ModelPricing model = Read(Card).Models[0];
        PriceVersion[] read = new PriceVersion[8];

        Parallel.For(0, read.Length, i => read[i] = model.Versions[0]);

        Assert.All(read, version => Assert.Same(read[0], version));
    }

    [Theory]
    [InlineData("""{ "Currency": "USD" }""", "card.json: has no Models.")]
    [InlineData("""{ "Currency": "USD", "Models": { "m": """, "card.json: is not valid JSON")]
    [InlineData("""{ "Currency": "USD", "AsOf": "x", "Models": { } }""", "card.json:AsOf: 'x' is not a date.")]
    public void ParseDeferred_BadCard_TellsTheFault(string json, string fault) =>
        Assert.StartsWith(fault, Assert.Throws<RateCardException>(() => Read(json)).Message, StringComparison.Ordinal);

    private sealed class Source(RateCard card) : IRateCardSource
    {
        public IReadOnlyList<RateCard> Load() => [card];
    }
}
