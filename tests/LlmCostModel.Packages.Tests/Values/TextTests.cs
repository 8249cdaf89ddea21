using System.Globalization;
using LlmCostModel.Catalog;

namespace LlmCostModel.Packages.Tests.Values;

/// <summary>What a person prints is the same everywhere, and says something.</summary>
public class TextTests
{
    public static TheoryData<Type> Types => [.. Samples.ValueTypes];

    [Theory]
    [MemberData(nameof(Types), DisableDiscoveryEnumeration = true)]
    public void ToString_AnyCulture_IsTheSameAndReadable(Type type)
    {
        object value = Samples.Make(type, 1);
        string text = value.ToString()!;

        Assert.NotEmpty(text);
        Assert.DoesNotContain("System.", text);
        Assert.DoesNotContain("LlmCostModel.", text);
        Assert.DoesNotContain("{ ", text);
        Assert.All(Cultures.All, culture => Assert.Equal(text, Cultures.In(culture, value.ToString)));
        if (type.IsValueType)
        {
            Assert.NotNull(Activator.CreateInstance(type)!.ToString());
        }
    }

    [Fact]
    public void Receipt_ToString_IsWhatPeopleRead()
    {
        RateCard card = Assert.Single(RateCardJson.Parse("""
            { "Provider": "openai", "Currency": "USD", "Models": { "gpt-4o": { "PerMillionTokens": { "Input": 2.5, "CacheRead": 1.25, "Output": 10 },
              "BilledAs": { "Reasoning": "Output" }, "Rules": [ { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5 } ] } } }
            """u8.ToArray(), "openai"));
        LlmCostModelOptions options = new();
        options.Overlays.Add("contract", new PriceOverlay { Name = "contract", Rules = [new PriceRule { Name = "20% off", Multiply = 0.8m }] });
        CostReceipt receipt = new CostEstimator(options, card).Explain(
            "gpt-4o",
            new TokenUsage { Input = 1_000, CacheRead = 600, Output = 300, Reasoning = 12, AudioOutput = 5 },
            new CallContext { Tier = "batch", At = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero) });

        // 1,000 x 2.5 x 0.5 x 0.8 = 1,000 millionths; 600 x 0.5 = 300; 300 x 4 = 1,200; 12 x 4 = 48; together 2,548. List: 2,548 / 0.8 = 3,185.
        Assert.Equal(
            """
            gpt-4o at openai, prices of 2026-11-20T12:00:00Z
              Input      1,000 tokens at   1 per 1,000,000     0.001 USD  batch + 20% off
              CacheRead    600 tokens at 0.5 per 1,000,000    0.0003 USD  batch + 20% off
              Output       300 tokens at   4 per 1,000,000    0.0012 USD  batch + 20% off
              Reasoning     12 tokens at   4 per 1,000,000  0.000048 USD  batch + 20% off; billed as Output
              total                                         0.002548 USD
            contract, 20% off: -0.000637 USD on a list price of 0.003185.
            partial: No price of 'gpt-4o' for AudioOutput tokens. Add 'AudioOutput' to its PerMillionTokens in rate card 'openai', or say in BilledAs which bucket they are billed as.
            """.ReplaceLineEndings("\n"),
            receipt.ToString());
        Assert.Equal(("gpt-4o", "openai"), (receipt.Model, receipt.Provider));
    }

    [Fact]
    public void Money_WithoutFormat_NeverAsksTheThread()
    {
        Money money = new(1_234.50m, "eur");

        Assert.Equal("1234.5 EUR", Cultures.In("de-DE", () => $"{money}"));
        Assert.Equal("1,234.50 EUR", Cultures.In("de-DE", () => $"{money:N2}"));
        Assert.Equal("1.234,50 EUR", money.ToString("N2", CultureInfo.GetCultureInfo("de-DE")));
        Assert.Equal("0", default(Money).ToString());
    }

    [Fact]
    public void Catalog_Cards_SayWhatTheyAre() =>
        Assert.All(BuiltInCatalog.RateCards, card => Assert.StartsWith($"{card.Name}: {card.Models.Length} model", card.ToString(), StringComparison.Ordinal));
}
