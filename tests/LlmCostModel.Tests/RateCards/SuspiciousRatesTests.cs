using System.Text;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.RateCards;

/// <summary>Prices that may be meant but are more often mistakes: warnings, and faults in strict mode.</summary>
public class SuspiciousRatesTests
{
    public static TheoryData<string, string> Suspicious => new()
    {
        {
            """{ "PerMillionTokens": { "Input": 0.14, "CacheRead": 0.55, "Output": 2.19 } }""",
            "card:Models:m:PerMillionTokens:CacheRead: '0.55' is above the price of Input (0.14): reading from the cache would cost more than not caching. Check that the two are not exchanged."
        },
        {
            """{ "PerMillionTokens": { "Input": 3, "CacheRead": 0.3, "CacheWrite5m": 0.1, "Output": 15 } }""",
            "card:Models:m:PerMillionTokens:CacheWrite5m: '0.1' is below the price of CacheRead (0.3). Check that the two are not exchanged."
        },
        {
            """{ "PerMillionTokens": { "Input": 6, "Output": 15 }, "Rules": [ { "Name": "long", "When": { "TotalInputAbove": 200000 }, "PerMillionTokens": { "Input": 3 } } ] }""",
            "card:Models:m:Rules:0:PerMillionTokens:Input: '3' is below the base price (6) although the call is larger. Check that base and tier are not exchanged."
        },
        {
            """{ "PerMillionTokens": { "Input": 3, "Output": 0.003 } }""",
            "card:Models:m:PerMillionTokens:Output: '0.003' is 1000 times off the price of Input (3). Check the unit: prices are per 1,000,000 tokens, not per 1,000 or per token."
        },
        {
            """{ "PerMillionTokens": { "Input": 1500, "Output": 6000 } }""",
            "card:Models:m:PerMillionTokens:Input: '1500' is above 1000 USD per 1,000,000 tokens. Check the unit: prices are per 1,000,000 tokens, not per 1,000 or per token."
        },
        {
            """{ "PerMillionTokens": { "Input": 1, "Output": 1 }, "Rules": [ { "Name": "r", "When": { "Region": "eu" }, "Multiply": 1e28 } ] }""",
            "card:Models:m:Rules:0:Multiply: '10000000000000000000000000000' is above 100 times the price. Check the number and its unit."
        },
        {
            """{ "PerMillionTokens": { "Input": 1, "Output": 1 }, "Rules": [ { "Name": "r", "When": { "Region": "eu" }, "PercentFee": 1e20 } ] }""",
            "card:Models:m:Rules:0:PercentFee: '100000000000000000000' is above 1000 percent of the call. Check the number and its unit."
        },
        {
            """{ "PerMillionTokens": { "Input": 1, "Output": 1 }, "Rules": [ { "Name": "r", "When": { "Region": "eu" }, "FixedFee": 10001 } ] }""",
            "card:Models:m:Rules:0:FixedFee: '10001' is above 10000 USD a call. Check the number and its unit."
        },
        {
            """{ "PerMillionTokens": { "Input": 1, "Output": 1 }, "Rules": [ { "Name": "r", "When": { "Region": "eu" }, "AddPerMillionTokens": { "Output": 1001 } } ] }""",
            "card:Models:m:Rules:0:AddPerMillionTokens:Output: '1001' is above 1000 USD per 1,000,000 tokens. Check the number and its unit."
        },
        {
            """{ "PerMillionTokens": { "Input": 1, "Output": 1 }, "MinimumCharge": 10001 }""",
            "card:Models:m:MinimumCharge: '10001' is above 10000 USD a call. Check the number and its unit."
        },
        {
            """{ "PerMeter": { "Page": 10001 } }""",
            "card:Models:m:PerMeter:Page: '10001' is above 10000 USD a unit. Check the number and its unit."
        },
        {
            """{ "PerMillionTokens": { "Input": 1, "Output": 1 }, "Until": "2025-01-01", "Rules": [ { "Name": "r", "When": { "From": "2025-01-01" }, "Multiply": 2 } ] }""",
            "card:Models:m:Rules:0:When: 'r' holds at no instant of its version. Move the rule to the version of that time."
        },
    };

    [Theory]
    [MemberData(nameof(Suspicious))]
    public void Parse_SuspiciousPrice_Warns(string model, string warning)
    {
        RateCardJson.Parse(Encoding.UTF8.GetBytes(Card(model)), "card", out IReadOnlyList<InputFault> warnings);

        Assert.Contains(warning, warnings.Select(fault => fault.ToString()));
        Assert.All(warnings, fault => Assert.True(fault.IsWarning));
    }

    [Fact]
    public void Parse_OnePriceAThousandTimesOffItsNeighbours_Warns()
    {
        byte[] card = """
            { "Currency": "USD", "Models": {
              "a": { "PerMillionTokens": { "Input": 1 } }, "b": { "PerMillionTokens": { "Input": 2 } }, "c": { "PerMillionTokens": { "Input": 3 } },
              "d": { "PerMillionTokens": { "Input": 0.0015 } } } }
            """u8.ToArray();

        RateCardJson.Parse(card, "card", out IReadOnlyList<InputFault> warnings);

        // The middle of 0.0015, 1, 2, 3 is 2 (the upper of the two middle ones); 0.0015 x 1,000 = 1.5 is below it.
        Assert.Equal(
            "card:Models:d:PerMillionTokens:Input: '0.0015' is 1000 times off the middle of this card's prices for Input (2). Check the unit: prices are per 1,000,000 tokens, not per 1,000 or per token.",
            Assert.Single(warnings).ToString());
    }

    // DeepSeek-R1 and GPT-4o, of January 2025, per 1,000 tokens and per token instead of per 1,000,000.
    [Theory]
    [InlineData("0.00055", "0.00219", "0.00219", "1,000 tokens", "1,000")]
    [InlineData("0.0025", "0.01", "0.01", "1,000 tokens", "1,000")]
    [InlineData("0.00000055", "0.00000219", "0.00000219", "token", "1,000,000")]
    [InlineData("0.0000025", "0.00001", "0.00001", "token", "1,000,000")]
    public void Parse_WholeCardBelowAnyKnownPrice_WarnsWithTheFactor(string input, string output, string highest, string unit, string factor)
    {
        byte[] card = Encoding.UTF8.GetBytes(Card($$"""{ "PerMillionTokens": { "Input": {{input}}, "CacheRead": 0, "Output": {{output}} } }"""));

        RateCardJson.Parse(card, "card", out IReadOnlyList<InputFault> warnings);

        Assert.Equal(
            $"card: has no price as high as any known one: its highest is {highest} USD per 1,000,000 tokens. Check the unit: prices per {unit} would have to be multiplied by {factor}.",
            Assert.Single(warnings).ToString());
    }

    [Theory]
    [InlineData("""{ "PerMillionTokens": { "Input": 0, "Output": 0 } }""")] // free
    [InlineData("""{ "PerMillionTokens": { "Input": 0.004 } }""")] // the cheapest embedding known
    [InlineData("""{ "PerMillionTokens": { "Input": 0.001, "Output": 0.03 } }""")]
    public void Parse_LowPricesThatAreSold_DoNotWarn(string model)
    {
        RateCardJson.Parse(Encoding.UTF8.GetBytes(Card(model)), "card", out IReadOnlyList<InputFault> warnings);

        Assert.Empty(warnings);
    }

    /// <summary>The same in overlays; what is usual is not warned of.</summary>
    [Theory]
    [InlineData("\"Multiply\": 101", "Overlays:o:Rules:0:Multiply: '101' is above 100 times the price. Check the number and its unit.")]
    [InlineData("\"PercentFee\": 1001", "Overlays:o:Rules:0:PercentFee: '1001' is above 1000 percent of the call. Check the number and its unit.")]
    [InlineData("\"Multiply\": 100, \"PercentFee\": 1000", null)]
    public void Rates_SuspiciousOverlay_Warns(string effect, string? warning)
    {
        LlmCostModelOptions options = new();
        options.AddJson($$"""{ "Overlays": { "o": { "Rules": [ { "Name": "r", {{effect}} } ] } } }""", "card");
        options.RateCards["c"] = new() { Name = "c", Currency = "USD", Models = [ModelPricing.Create("m", 1, 1)] };

        Assert.Equal(warning is null ? [] : [$"card:{warning}"], new CostEstimator(options).Rates.Warnings);
    }

    [Fact]
    public void Parse_OrdinaryPrices_DoNotWarn()
    {
        RateCardJson.Parse(Encoding.UTF8.GetBytes(Cards.January2025), "card", out IReadOnlyList<InputFault> warnings);

        Assert.Empty(warnings);
    }

    [Fact]
    public void Rates_Suspicious_AreUsedAndSaidSo()
    {
        CostEstimator estimator = new(Cards.Parse(Card("""{ "PerMillionTokens": { "Input": 0.14, "CacheRead": 0.55 } }""")));

        Assert.Equal(0.55m, estimator.Estimate("m", new TokenUsage { CacheRead = 1_000_000 }).Total?.Amount);
        Assert.Contains("is above the price of Input", Assert.Single(estimator.Rates.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Strict_SuspiciousPrice_IsRefused()
    {
        IReadOnlyList<RateCard> cards = Cards.Parse(Card("""{ "PerMillionTokens": { "Input": 0.14, "CacheRead": 0.55 } }"""));

        RateCardException refusal = Assert.Throws<RateCardException>(() => new CostEstimator(new LlmCostModelOptions { Strict = true }, cards));

        Assert.Contains("is above the price of Input", refusal.Message, StringComparison.Ordinal);
    }

    private static string Card(string model) => $$"""{ "Currency": "USD", "Models": { "m": {{model}} } }""";

    /// <summary>Any decimal may be written, also one that cannot be multiplied by a thousand.</summary>
    [Fact]
    public void Parse_GreatestDecimal_WarnsLikeAnyOther()
    {
        byte[] card = Encoding.UTF8.GetBytes(Card("""{ "PerMillionTokens": { "Input": 79228162514264337593543950335, "Output": 1 } }"""));

        RateCardJson.Parse(card, "card", out IReadOnlyList<InputFault> warnings);

        Assert.Equal(
            [
                "card:Models:m:PerMillionTokens:Input: '79228162514264337593543950335' is above 1000 USD per 1,000,000 tokens. Check the unit: prices are per 1,000,000 tokens, not per 1,000 or per token.",
                "card:Models:m:PerMillionTokens:Output: '1' is 1000 times off the price of Input (79228162514264337593543950335). Check the unit: prices are per 1,000,000 tokens, not per 1,000 or per token.",
            ],
            warnings.Select(warning => warning.ToString()));
    }

    /// <summary>The same of the middle of a card's prices.</summary>
    [Fact]
    public void Parse_GreatestDecimalsBesideAPlausiblePrice_Warns()
    {
        byte[] card = """
            { "Currency": "USD", "Models": {
              "a": { "PerMillionTokens": { "Input": 79228162514264337593543950335 } }, "b": { "PerMillionTokens": { "Input": 79228162514264337593543950335 } },
              "c": { "PerMillionTokens": { "Input": 3 } } } }
            """u8.ToArray();

        RateCardJson.Parse(card, "card", out IReadOnlyList<InputFault> warnings);

        Assert.Contains(
            "card:Models:c:PerMillionTokens:Input: '3' is 1000 times off the middle of this card's prices for Input (79228162514264337593543950335). Check the unit: prices are per 1,000,000 tokens, not per 1,000 or per token.",
            warnings.Select(warning => warning.ToString()));
    }
}
