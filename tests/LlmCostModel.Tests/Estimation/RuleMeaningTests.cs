using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

/// <summary>What combinations of rules mean that a page could leave open, each with its sum.</summary>
public class RuleMeaningTests
{
    private static readonly TokenUsage InputAndOutput = new() { Input = 1_000_000, Output = 1_000_000 };

    private static readonly TokenUsage OutputAndReasoning = new() { Output = 1_000_000, Reasoning = 1_000_000 };

    /// <summary>1 + 2 = 3, and a fee that may be due: at least 3.</summary>
    [Theory]
    [InlineData("\"PercentFee\": 50", "4.5")] // 3 x 1.5
    [InlineData("\"FixedFee\": 5", "8")] // 3 + 5
    public void Fee_AttributeNotGiven_MakesTheCallPartialAndIsNamed(string fee, string withFee)
    {
        CostEstimator estimator = Cards.Model($$"""
            "PerMillionTokens": { "Input": 1, "Output": 2 }, "Rules": [ { "Name": "surcharge", "When": { "Attributes": { "quality": "high" } }, {{fee}} } ]
            """);

        CostEstimate estimate = estimator.Estimate("m", InputAndOutput);

        Assert.Equal((CostStatus.Partial, 3m), (estimate.Status, estimate.Total!.Value.Amount));
        CostIssue issue = Assert.Single(estimate.Issues);
        Assert.Equal((CostIssueKind.MissingAttribute, "quality"), (issue.Kind, issue.Subject));
        Assert.Equal(
            "Whether 'm' is charged the fee of rule 'surcharge' depends on attribute 'quality', which the call does not give. Pass it in CallContext.Attributes.",
            issue.Message);
        Assert.Equal(CostStatus.Partial, estimator.Explain("m", InputAndOutput).Status);
        Assert.False(estimator.TryGetTotal("m", InputAndOutput, default, out _));
        Assert.Equal(withFee, AmountFormat.ToText(Total(estimator, InputAndOutput, new() { Attributes = [new("quality", "high")] })!.Value));
        Assert.Equal(3m, Total(estimator, InputAndOutput, new() { Attributes = [new("quality", "low")] }));
    }

    [Fact]
    public void Fee_AttributeNotGiven_ThrowsWhenStrict()
    {
        LlmCostModelOptions options = new() { Strict = true };
        RateCard card = Assert.Single(Cards.Parse(Cards.ModelCard("""
            "PerMillionTokens": { "Input": 1, "Output": 2 }, "Rules": [ { "Name": "surcharge", "When": { "Attributes": { "quality": "high" } }, "PercentFee": 50 } ]
            """)));

        Assert.Throws<UnpricedException>(() => new CostEstimator(options, card).Estimate("m", InputAndOutput));
    }

    /// <summary>Output costs 2, and so does reasoning, which is billed as output; what names either changes reasoning, once.</summary>
    [Theory]
    [InlineData("\"AddPerMillionTokens\": { \"Reasoning\": 1 }", 5)] // 2 + (2 + 1)
    [InlineData("\"AddPerMillionTokens\": { \"Output\": 1 }", 6)] // (2 + 1) + (2 + 1)
    [InlineData("\"AddPerMillionTokens\": { \"Output\": 1, \"Reasoning\": 3 }", 8)] // (2 + 1) + (2 + 3)
    [InlineData("\"Multiply\": 2, \"On\": [ \"Reasoning\" ]", 6)] // 2 + 2 x 2
    [InlineData("\"Multiply\": 2, \"On\": [ \"Output\" ]", 8)] // 2 x 2 + 2 x 2
    [InlineData("\"Multiply\": 2, \"On\": [ \"Output\", \"Reasoning\" ]", 8)] // once each
    [InlineData("\"Multiply\": 2, \"On\": [ \"OutputTokens\" ]", 8)]
    [InlineData("\"Multiply\": 2", 8)]
    [InlineData("\"PerMillionTokens\": { \"Output\": 3 }", 6)] // 3 + 3
    [InlineData("\"PerMillionTokens\": { \"Reasoning\": 3 }", 5)] // 2 + 3, a price of its own
    public void BilledAs_RuleOfTheCardOrOfAnOverlay_ChangesItOnce(string effect, int expected)
    {
        const string Version = "\"PerMillionTokens\": { \"Output\": 2 }, \"BilledAs\": { \"Reasoning\": \"Output\" }";
        string rule = $$"""{ "Name": "r", {{effect}} }""";
        LlmCostModelOptions options = new();
        options.AddJson(
            $$"""{ "RateCards": { "c": { "Currency": "USD", "Models": { "m": { {{Version}} } } } }, "Overlays": { "o": { "Currency": "USD", "Rules": [ {{rule}} ] } } }""",
            "card");

        Assert.Equal(expected, Total(Cards.Model($$"""{{Version}}, "Rules": [ {{rule}} ]"""), OutputAndReasoning, default));
        Assert.Equal(expected, Total(new CostEstimator(options), OutputAndReasoning, default));
    }

    /// <summary>Of a chain, the nearest name counts: 1 + 5, not 1 + 3 or 1 + 2.</summary>
    [Fact]
    public void BilledAs_Chain_AddsWhatTheNearestNameSays()
    {
        CostEstimator estimator = Cards.Model("""
            "PerMillionTokens": { "Input": 1 }, "BilledAs": { "CacheWrite": "Input", "CacheWrite5m": "CacheWrite", "CacheWrite1h": "CacheWrite5m" },
            "Rules": [ { "Name": "r", "AddPerMillionTokens": { "Input": 2, "CacheWrite": 3, "CacheWrite5m": 5 } } ]
            """);

        Assert.Equal(6m, Total(estimator, new() { CacheWrite1h = 1_000_000 }, default));
        Assert.Equal(6m, Total(estimator, new() { CacheWrite5m = 1_000_000 }, default));
        Assert.Equal(4m, Total(estimator, new() { CacheWrite = 1_000_000 }, default));
        Assert.Equal(3m, Total(estimator, new() { Input = 1_000_000 }, default));
    }

    /// <summary>Reasoning takes the price of input below every threshold: thresholds of input cut input. 100 x 1 + 50 x 3 + 150 x 1.</summary>
    [Fact]
    public void BilledAs_BucketOfTheOtherSide_IsCutByItsOwnSide() =>
        Assert.Equal(0.000400m, Total(
            Cards.Model("""
                "PerMillionTokens": { "Input": 1 }, "BilledAs": { "Reasoning": "Input" },
                "Rules": [ { "Name": "long", "Mode": "Marginal", "When": { "TotalInputAbove": 100 }, "PerMillionTokens": { "Input": 3 } } ]
                """),
            new() { Input = 150, Reasoning = 150 },
            default));

    /// <summary>The first rule may set 5, but the second sets 7 whatever it did; a factor that may apply leaves the price open.</summary>
    [Theory]
    [InlineData("\"PerMillionTokens\": { \"Input\": 5 }", "7")]
    [InlineData("\"Unpriced\": true, \"On\": [ \"Input\" ]", "7")]
    [InlineData("\"Multiply\": 2", null)]
    [InlineData("\"AddPerMillionTokens\": { \"Input\": 1 }", null)]
    public void Attribute_NotGiven_OfARuleThatALaterOneSetsAgain_DoesNotMatter(string effect, string? expected)
    {
        CostEstimator estimator = Cards.Model($$"""
            "PerMillionTokens": { "Input": 1 }, "Rules": [
              { "Name": "open", "When": { "Attributes": { "quality": "high" } }, {{effect}} },
              { "Name": "later", "When": { "Region": "eu" }, "PerMillionTokens": { "Input": 7 } } ]
            """);

        decimal? total = Total(estimator, new() { Input = 1_000_000 }, new() { Region = "eu" });

        Assert.Equal(expected, total is { } amount ? AmountFormat.ToText(amount) : null);
        Assert.Null(Total(estimator, new() { Input = 1_000_000 }, default)); // The later rule does not apply.
    }

    /// <summary>100 tokens at 1 are known; what lies beyond them is not, as long as the call does not say whether the rule applies.</summary>
    [Theory]
    [InlineData(100, CostStatus.Priced, "0.0001")]
    [InlineData(150, CostStatus.Partial, "0.0001")]
    public void Attribute_NotGiven_OfAMarginalRule_LeavesWhatLiesBelowKnown(long tokens, CostStatus status, string total)
    {
        CostEstimate estimate = Cards.Model("""
            "PerMillionTokens": { "Input": 1 }, "Rules": [ { "Name": "long", "Mode": "Marginal", "When": { "TotalInputAbove": 100, "Attributes": { "quality": "high" } }, "PerMillionTokens": { "Input": 2 } } ]
            """).Estimate("m", new TokenUsage { Input = tokens });

        Assert.Equal((status, total), (estimate.Status, AmountFormat.ToText(estimate.Total!.Value.Amount)));
        Assert.Equal(status == CostStatus.Priced ? 0.0001m : null, estimate.GetAmount(TokenBucket.Input));
        Assert.Equal(status == CostStatus.Priced ? [] : ["quality"], estimate.Issues.Select(issue => issue.Subject));
    }

    /// <summary>Beyond the first 100 tokens: 100 x 1 + 50 x 3 = 250 millionths, whether the rule says Above or From.</summary>
    [Theory]
    [InlineData("Above")]
    [InlineData("From")]
    public void Marginal_AboveAndFrom_PriceTheSameTokens(string comparison)
    {
        CostEstimator estimator = Cards.Model($$"""
            "PerMillionTokens": { "Input": 1 }, "Rules": [ { "Name": "long", "Mode": "Marginal", "When": { "TotalInput{{comparison}}": 100 }, "PerMillionTokens": { "Input": 3 } } ]
            """);

        Assert.Equal(0.000250m, Total(estimator, new() { Input = 150 }, default));
        Assert.Equal(0.000100m, Total(estimator, new() { Input = 100 }, default));
    }

    /// <summary>The last 10 tokens of each side cost 2 per token more: those of the bucket that comes last in the order of the page.</summary>
    [Fact]
    public void Marginal_Order_IsThatOfTheConcepts()
    {
        TokenBucket[] inputs =
        [
            TokenBucket.CacheRead, TokenBucket.AudioCacheRead, TokenBucket.ImageCacheRead, TokenBucket.VideoCacheRead,
            TokenBucket.CacheWrite12h, TokenBucket.CacheWrite1h, TokenBucket.CacheWrite30m, TokenBucket.CacheWrite5m, TokenBucket.CacheWrite,
            TokenBucket.VideoInput, TokenBucket.ImageInput, TokenBucket.AudioInput, TokenBucket.Input,
        ];
        TokenBucket[] outputs =
            [TokenBucket.Reasoning, TokenBucket.Output, TokenBucket.AudioOutput, TokenBucket.ImageOutput, TokenBucket.VideoOutput];
        foreach ((TokenBucket[] order, string basis) in new[] { (inputs, "TotalInput"), (outputs, "Output") })
        {
            string prices = string.Join(", ", order.Select(bucket => $"\"{bucket}\": 1000000"));
            string beyond = prices.Replace("1000000", "3000000", StringComparison.Ordinal);
            for (int i = 0; i + 1 < order.Length; i++)
            {
                CostEstimator estimator = Cards.Model($$"""
                    "PerMillionTokens": { {{prices}} }, "Rules": [ { "Name": "long", "Mode": "Marginal", "When": { "{{basis}}Above": 10 }, "PerMillionTokens": { {{beyond}} } } ]
                    """);
                CostEstimate estimate = estimator.Estimate("m", default(TokenUsage).With(order[i], 10).With(order[i + 1], 10));

                Assert.Equal((10m, 30m), (estimate.GetAmount(order[i]), estimate.GetAmount(order[i + 1])));
            }
        }
    }

    /// <summary>A call that consumed nothing was not billed: neither the minimum nor a fee is charged. One token is billed 1 + 0.5.</summary>
    [Fact]
    public void Call_ThatConsumedNothing_CostsNothing()
    {
        CostEstimator estimator = Cards.Model("""
            "PerMillionTokens": { "Input": 1 }, "MinimumCharge": 1, "Rules": [ { "Name": "fee", "FixedFee": 0.5 } ]
            """);

        Assert.Equal(0m, Total(estimator, default, default));
        Assert.Equal(1.5m, Total(estimator, new() { Input = 1 }, default));
    }

    /// <summary>A call is one request: that none are stated, or nought, says no more than that they were not counted.</summary>
    [Fact]
    public void Request_StatedAsNought_CountsItself()
    {
        CostEstimator estimator = Cards.Model("\"PerMeter\": { \"Request\": 0.25 }");

        Assert.Equal(0.25m, estimator.Estimate("m", default).Total?.Amount);
        Assert.Equal(0.25m, estimator.Estimate("m", default, default, [new(MeterNames.Request, 0)]).Total?.Amount);
        Assert.Equal(0.75m, estimator.Estimate("m", default, default, [new(MeterNames.Request, 3)]).Total?.Amount);
    }

    /// <summary>A batch is not the standard tier, as in the conditions of rules.</summary>
    [Theory]
    [InlineData(null, null, false)]
    [InlineData("standard", null, false)]
    [InlineData(null, true, true)]
    [InlineData("standard", true, true)]
    [InlineData("batch", null, true)]
    public void Never_Standard_IsNotABatch(string? tier, bool? batch, bool isSold)
    {
        CostEstimate estimate = Cards.Model("""
            "PerMillionTokens": { "Input": 1 }, "PerMeter": { "Page": 1 }, "Rules": [ { "Name": "b", "When": { "Tier": "batch" }, "Multiply": 0.5 } ], "Never": [ [ "standard", "Page" ] ]
            """).Estimate("m", new TokenUsage { Input = 1 }, new CallContext { Tier = tier, Batch = batch }, [new("Page", 1)]);

        Assert.Equal(isSold ? CostStatus.Priced : CostStatus.Unpriced, estimate.Status);
    }

    /// <summary>What a provider does not sell are its own rules; an overlay's may have the same name.</summary>
    [Fact]
    public void Never_NameOfAnOverlaysRule_IsNotMeant()
    {
        LlmCostModelOptions options = new();
        options.AddJson(
            """
            { "RateCards": { "c": { "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1 }, "Rules": [
                { "Name": "batch price", "When": { "Tier": "batch" }, "Multiply": 0.5 }, { "Name": "fast", "When": { "Region": "us" }, "Multiply": 2 } ],
                "Never": [ [ "batch", "fast" ] ] } } } },
              "Overlays": { "o": { "Rules": [ { "Name": "fast", "Multiply": 0.9 } ] } } }
            """,
            "card");

        Assert.Equal(0.45m, Total(new CostEstimator(options), new() { Input = 1_000_000 }, new() { Tier = "batch" })); // 1 x 0.5 x 0.9
    }

    /// <summary>9223372036854775807 x 0.000123456789013 needs 31 digits; the contract makes it free.</summary>
    [Fact]
    public void Explain_ListPriceThatNoDecimalHolds_LeavesItOut()
    {
        LlmCostModelOptions options = new();
        options.AddJson(
            """
            { "RateCards": { "c": { "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 123.456789013 } } } } },
              "Overlays": { "o": { "Rules": [ { "Name": "free", "Multiply": 0 } ] } } }
            """,
            "card");

        CostReceipt receipt = new CostEstimator(options).Explain("m", new TokenUsage { Input = long.MaxValue });

        Assert.Equal((0m, null, 0), (receipt.Total?.Amount, receipt.ListTotal, receipt.Adjustments.Count));
    }

    private static decimal? Total(CostEstimator estimator, TokenUsage usage, CallContext context) =>
        estimator.Estimate("m", usage, in context) is { Status: CostStatus.Priced } estimate ? estimate.Total?.Amount : null;
}
