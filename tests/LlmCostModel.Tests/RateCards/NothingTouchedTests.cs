using System.Text;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.RateCards;

/// <summary>A rule that can touch nothing was meant to touch something: in cards and in overlays, and in both together.</summary>
public class NothingTouchedTests
{
    private const string Model = """
        "PerMillionTokens": { "Input": 1, "Output": 2 }, "PerMeter": { "Page": 1 }, "BilledAs": { "Reasoning": "Output" }
        """;

    /// <summary>A rule of a version that prices Input, Output, Reasoning (as output) and Page, at provider h.</summary>
    public static TheoryData<string, string> OfCards => new()
    {
        {
            """{ "Name": "r", "Multiply": 2, "On": [ "AudioInput" ] }""",
            "Rules:0: 'r' touches no price of this version. Name what has a price in On or AddPerMillionTokens, or give it one."
        },
        {
            """{ "Name": "r", "AddPerMillionTokens": { "CacheRead": 1 } }""",
            "Rules:0: 'r' touches no price of this version. Name what has a price in On or AddPerMillionTokens, or give it one."
        },
        {
            """{ "Name": "r", "Unpriced": true, "On": [ "VideoOutput" ] }""",
            "Rules:0: 'r' touches no price of this version. Name what has a price in On or AddPerMillionTokens, or give it one."
        },
        {
            """{ "Name": "r", "Multiply": 2, "On": [ "Ouput" ] }""",
            "Rules:0:On: 'Ouput' is neither a token bucket, a group nor a meter of this version. Write Tokens, InputTokens, OutputTokens, Units, a bucket such as Output, or a name from PerMeter."
        },
        {
            """{ "Name": "r", "When": { "Provider": [ "other" ] }, "Multiply": 2 }""",
            "Rules:0:When:Provider: 'other' is not the provider of the card ('h'), whose calls alone have these prices. Leave it out, or write the rule in the card of that provider."
        },
        { """{ "Name": "r", "When": { }, "Multiply": 0.5 }""", "Rules:0:When: is empty, which would mean always. Write a value, or leave it out." },
        { """{ "Name": "r", "When": [ ], "Multiply": 0.5 }""", "Rules:0:When: is empty, which would mean always. Write a value, or leave it out." },
        { """{ "Name": "r", "When": null, "Multiply": 0.5 }""", "Rules:0:When: is empty, which would mean always. Write a value, or leave it out." },
        { """{ "Name": "r", "Multiply": 0.5, "On": [ ] }""", "Rules:0:On: is empty, which would mean everything. Write a value, or leave it out." },
        { """{ "Name": "r", "Multiply": 0.5, "On": null }""", "Rules:0:On: is empty, which would mean everything. Write a value, or leave it out." },
        { """{ "Name": "r", "Multiply": 0.5, "On": [ "Input", null ] }""", "Rules:0:On:1: is null. Give it a value, or leave it out." },
    };

    /// <summary>Every part of a condition that can be empty.</summary>
    public static TheoryData<string> Parts =>
    [
        "Tier", "Region", "Provider", "Deployment", "Account", "Days", "Daily", "TimeZone", "From", "Until", "Attributes",
        "TotalInputAbove", "TotalInputFrom", "TotalInputUpTo", "TotalInputBelow", "FreshInputAbove", "FreshInputFrom", "FreshInputUpTo",
        "FreshInputBelow", "OutputAbove", "OutputFrom", "OutputUpTo", "OutputBelow",
    ];

    /// <summary>An overlay over that card.</summary>
    public static TheoryData<string, string> OfOverlays => new()
    {
        {
            """{ "Rules": [ { "Name": "r", "Multiply": 2, "On": [ "Ouput" ] } ] }""",
            "Rules:0:On: 'Ouput' is neither a token bucket, a group nor a meter of a model that the overlay applies to. Did you mean 'Output'?"
        },
        {
            """{ "Rules": [ { "Name": "r", "Multiply": 2, "On": [ "WebSearch" ] } ] }""",
            "Rules:0:On: 'WebSearch' is neither a token bucket, a group nor a meter of a model that the overlay applies to. Write Tokens, InputTokens, OutputTokens, Units, a bucket such as Output, or a meter."
        },
        {
            """{ "Rules": [ { "Name": "r", "Multiply": 2, "On": [ "AudioInput" ] } ] }""",
            "Rules:0: 'r' touches no price of the models that the overlay applies to. Check its On, AddPerMillionTokens and provider against what these models have."
        },
        {
            """{ "Currency": "USD", "Rules": [ { "Name": "r", "AddPerMillionTokens": { "CacheRead": 1 } } ] }""",
            "Rules:0: 'r' touches no price of the models that the overlay applies to. Check its On, AddPerMillionTokens and provider against what these models have."
        },
        {
            """{ "Rules": [ { "Name": "r", "When": { "Provider": "other" }, "Multiply": 2 } ] }""",
            "Rules:0: 'r' touches no price of the models that the overlay applies to. Check its On, AddPerMillionTokens and provider against what these models have."
        },
        { """{ "Models": [ ], "Rules": [ { "Name": "r", "Multiply": 2 } ] }""", "Models: is empty, which would mean every model. Write a value, or leave it out." },
        { """{ "Providers": null, "Rules": [ { "Name": "r", "Multiply": 2 } ] }""", "Providers: is empty, which would mean every provider. Write a value, or leave it out." },
        { """{ "Rules": [ { "Name": "r", "When": { "Tier": [ ] }, "Multiply": 0.5 } ] }""", "Rules:0:When:Tier: is empty, which would mean that anything holds. Write a value, or leave it out." },
    };

    /// <summary>What a newer catalog may bring, or have dropped.</summary>
    public static TheoryData<string, string> Warned => new()
    {
        { """{ "Models": [ "n", "m" ], RULES }""", "Models: 'n' is the id of no model in use. Correct the id, or leave it out." },
        { """{ "Models": [ "m-1", "m" ], RULES }""", "Models: 'm-1' is an alias of 'm'; an overlay names models by their ids. Write 'm'." },
        { """{ "Providers": [ "h", "hh" ], RULES }""", "Providers: 'hh' is the provider of no rate card in use. Did you mean 'h'?" },
        { """{ "Providers": [ "hh" ], RULES }""", "Providers: 'hh' is the provider of no rate card in use. Did you mean 'h'?" },
        { """{ "Currency": "EUR", RULES }""", ": applies to no model in use, of cards in EUR. Check its Providers, Models and Currency." },
    };

    [Theory]
    [MemberData(nameof(OfCards))]
    public void Card_RuleThatTouchesNothing_IsAFault(string rule, string fault) =>
        Assert.Equal($"card:Models:m:{fault}", Assert.Throws<RateCardException>(() => RateCardJson.Parse(Card(rule), "card")).Message);

    [Theory]
    [MemberData(nameof(Parts))]
    public void Card_PartOfAConditionThatIsEmpty_IsAFault(string part)
    {
        foreach (string empty in new[] { "[]", "{}", "null" })
        {
            string fault = Assert.Throws<RateCardException>(() => RateCardJson.Parse(
                Card($$"""{ "Name": "r", "When": { "{{(part == "Account" ? "Region" : "Account")}}": "a", "{{part}}": {{empty}} }, "Multiply": 2 }"""),
                "card")).Message;

            Assert.Contains(
                $"card:Models:m:Rules:0:When:{part}: is empty, which would mean that anything holds. Write a value, or leave it out.",
                fault.Split('\n'));
        }
    }

    [Theory]
    [MemberData(nameof(OfOverlays))]
    public void Overlay_RuleThatTouchesNothing_IsAFault(string overlay, string fault) =>
        Assert.Equal($"card:Overlays:o:{fault}", Assert.Throws<RateCardException>(() => With(overlay)).Message);

    [Theory]
    [MemberData(nameof(Warned))]
    public void Overlay_OfWhatNoCardHas_IsWarnedOf(string overlay, string warning)
    {
        foreach (string strict in new[] { "false", "true" })
        {
            CostEstimator estimator = With(
                overlay.Replace("RULES", "\"Rules\": [ { \"Name\": \"r\", \"Multiply\": 2 } ]", StringComparison.Ordinal), strict);

            Assert.Equal($"card:Overlays:o{(warning[0] == ':' ? "" : ":")}{warning}", Assert.Single(estimator.Rates.Warnings));
        }
    }

    /// <summary>The overlay has what it needs: a meter that its own rule prices, a bucket that is billed as another.</summary>
    [Theory]
    [InlineData("""{ "Currency": "USD", "Rules": [ { "Name": "p", "PerMeter": { "WebSearch": 1 } }, { "Name": "r", "Multiply": 2, "On": [ "websearch" ] } ] }""")]
    [InlineData("""{ "Rules": [ { "Name": "r", "Multiply": 2, "On": [ "Reasoning" ] } ] }""")]
    [InlineData("""{ "Rules": [ { "Name": "r", "Multiply": 2, "On": [ "page" ] } ] }""")]
    public void Overlay_RuleThatTouchesSomething_IsValid(string overlay) => Assert.Empty(With(overlay).Rates.Warnings);

    /// <summary>What cards and overlays are together is said of all models at once.</summary>
    [Fact]
    public void Overlay_ThatDoesNotGoWithSeveralModels_IsAFaultOfEach()
    {
        string rules = string.Join(", ", Enumerable.Range(0, 40).Select(i => $$"""{ "Name": "r{{i}}", "When": { "Account": "a{{i}}" }, "Multiply": 2 }"""));
        LlmCostModelOptions options = new();
        options.AddJson(
            $$"""
            { "RateCards": { "c": { "Currency": "USD", "Models": {
                "a": { "PerMillionTokens": { "Input": 1 }, "Rules": [ {{rules}} ] },
                "b": { "PerMillionTokens": { "Input": 1 } },
                "d": { "PerMillionTokens": { "Input": 1 }, "Rules": [ { "Name": "m", "Mode": "Marginal", "When": { "FreshInputAbove": 5 }, "PerMillionTokens": { "Input": 2 } } ] } } } },
              "Overlays": { "o": { "Rules": [ {{rules.Replace("r0", "o", StringComparison.Ordinal)}}, { "Name": "m2", "Mode": "Marginal", "When": { "TotalInputAbove": 5 }, "Multiply": 2, "On": [ "InputTokens" ] } ] } } }
            """,
            "card");

        Assert.Equal(
            [
                "card:RateCards:c:Models:a: has 81 rules with those of overlays; at most 64 are possible. Limit the overlays to the models and providers that they are meant for.",
                "card:RateCards:c:Models:d:Rules: 'm2' is marginal over TotalInput while 'm' is over FreshInput. Use one basis for all marginal input rules of a version.",
            ],
            Assert.Throws<RateCardException>(() => new CostEstimator(options)).Faults.Select(fault => fault.ToString()));
    }

    private static string Card(string rule) => $$"""{ "Currency": "USD", "Provider": "h", "Models": { "m": { {{Model}}, "Rules": [ {{rule}} ] } } }""";

    private static CostEstimator With(string overlay, string strict = "false")
    {
        LlmCostModelOptions options = new();
        options.AddJson(
            Encoding.UTF8.GetBytes($$"""
                { "Strict": {{strict}}, "RateCards": { "c": { "Currency": "USD", "Provider": "h", "Models": { "m": { "Aliases": [ "m-1" ], {{Model}} } } } },
                  "Overlays": { "o": {{overlay}} } }
                """),
            "card");
        return new CostEstimator(options);
    }
}
