using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Compilation;

/// <summary>What a mutation run showed that no other test would notice: tiers beside batches, names in Never, and the words of reasons.</summary>
public sealed class RuleEdgeTests
{
    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    /// <summary>A rule for the standard tier is none for a batch: 1 x 2, and 1 x 0.5.</summary>
    [Fact]
    public void Batch_WithoutATier_IsNotTheStandardTier()
    {
        CostEstimator estimator = Cards.Model("""
            "PerMillionTokens": { "Input": 1 }, "Rules": [
              { "Name": "standard", "When": { "Tier": "standard" }, "Multiply": 2 }, { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5 } ]
            """);

        Assert.Equal(2m, estimator.Estimate("m", Million).Total?.Amount);
        Assert.Equal(0.5m, estimator.Estimate("m", Million, new CallContext { Batch = true }).Total?.Amount);
        Assert.Equal(0.5m, estimator.Estimate("m", Million, new CallContext { Batch = true, Tier = "standard" }).Total?.Amount);
    }

    /// <summary>The reason is remembered for a tier, and apart from it for the tier in a batch.</summary>
    [Fact]
    public void Tier_WithoutPrice_HasItsOwnReasonInABatch()
    {
        CostEstimator estimator = Cards.Model("\"PerMillionTokens\": { \"Input\": 1 }");
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal("flex", Subject(new CallContext { Tier = "flex" }));
            Assert.Equal("flex' with 'batch", Subject(new CallContext { Tier = "flex", Batch = true }));
            Assert.Equal("batch", Subject(new CallContext { Batch = true }));
        }

        string Subject(CallContext context) => Assert.Single(estimator.Estimate("m", Million, in context).Issues).Subject;
    }

    /// <summary>Names in Never: of rules, of the standard tier, of buckets and of meters.</summary>
    [Theory]
    [InlineData("us", 5, null, true)] // rule and rule
    [InlineData("us", 4, null, false)]
    [InlineData("eu", 5, null, false)]
    [InlineData("eu", 0, "Page", true)] // rule and meter
    [InlineData("us", 0, "Page", false)]
    public void Never_NamesOfRules_AreThoseThatApply(string region, long input, string? meter, bool isForbidden)
    {
        CostEstimator estimator = Cards.Model("""
            "PerMillionTokens": { "Input": 1 }, "PerMeter": { "Page": 1 }, "Rules": [
              { "Name": "american", "When": { "Region": "us" }, "Multiply": 2 }, { "Name": "european", "When": { "Region": "eu" }, "Multiply": 3 },
              { "Name": "long", "When": { "TotalInputFrom": 5 }, "Multiply": 4 } ],
            "Never": [ [ "American", "long" ], [ "european", "page" ] ]
            """);

        CostEstimate estimate = estimator.Estimate(
            "m",
            new TokenUsage { Input = input },
            new CallContext { Region = region },
            meter is null ? null : [new(meter, 1)]);

        Assert.Equal(isForbidden ? CostStatus.Unpriced : CostStatus.Priced, estimate.Status);
        Assert.Equal(isForbidden ? [CostIssueKind.ImpossibleCombination] : [], estimate.Issues.Select(issue => issue.Kind));
    }

    [Fact]
    public void Reason_NoVersion_ListsAllPeriodsAndTheNote()
    {
        CostEstimator estimator = Cards.Model("""
            "Versions": [
              { "Until": "2025-01-01", "PerMillionTokens": { "Input": 1 } },
              { "From": "2025-02-01", "PerMillionTokens": { "Input": 2 } },
              { "From": "2025-03-01", "Until": "2025-04-01", "PerMillionTokens": { "Input": 3 }, "Note": "withdrawn" },
              { "From": "2025-06-01", "PerMillionTokens": { "Input": 4 } } ]
            """);

        Assert.Equal(
            "No price of 'm' is known at 2025-05-01T00:00:00Z; known: ever to 2025-01-01T00:00:00Z, 2025-02-01T00:00:00Z to 2025-03-01T00:00:00Z, "
            + "2025-03-01T00:00:00Z to 2025-04-01T00:00:00Z, 2025-06-01T00:00:00Z to now. Noted there: withdrawn. "
            + "Add a version for that time to rate card 'test'.",
            Reason(estimator, new CallContext { At = new DateTimeOffset(2025, 5, 1, 0, 0, 0, TimeSpan.Zero) }));
        Assert.DoesNotContain("Noted", Reason(estimator, new CallContext { At = new DateTimeOffset(2025, 1, 15, 0, 0, 0, TimeSpan.Zero) }), StringComparison.Ordinal);
    }

    /// <summary>The region is named where the rule asks for one and the call has one.</summary>
    [Theory]
    [InlineData("\"When\": { \"Region\": \"*\" }, ", "us", " in region 'us'")]
    [InlineData("", "us", "")]
    [InlineData("", null, "")]
    public void Reason_UnpricedByARule_NamesTheRegionThatDecided(string when, string? region, string named)
    {
        CostEstimator estimator = Cards.Model($$"""
            "PerMillionTokens": { "Input": 1 }, "Rules": [ { "Name": "gap", {{when}}"Unpriced": true, "On": [ "Tokens" ] } ]
            """);

        Assert.Equal(
            $"No price of 'm' for Input tokens{named} is known: rule 'gap' of 'test' says so. Add a rule with that price after it.",
            Reason(estimator, new CallContext { Region = region }));
    }

    [Theory]
    [InlineData(null, "No price of 'm' for Page. Add 'Page' to its PerMeter in rate card 'test'.")]
    [InlineData("high", "No price of 'm' for Page with quality=high. Add 'Page' to its PerMeter in rate card 'test'.")]
    public void Reason_UnknownMeter_SaysWithWhat(string? quality, string message)
    {
        CostEstimate estimate = Cards.Model("\"PerMillionTokens\": { \"Input\": 1 }").Estimate(
            "m",
            default,
            new CallContext { Attributes = quality is null ? null : [new("quality", quality)] },
            [new("Page", 1)]);

        Assert.Equal(message, Assert.Single(estimate.Issues).Message);
    }

    [Fact]
    public void Period_OtherBeginning_IsAnother()
    {
        PricedModel model = Cards.Model("\"PerMillionTokens\": { \"Input\": 1 }").GetModel("m");
        DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        PricePeriod period = model.GetPricePeriods(start, start.AddDays(2))[0];

        Assert.False(period.Equals(null));
        Assert.NotEqual(period, model.GetPricePeriods(start.AddDays(1), start.AddDays(2))[0]);
        Assert.NotEqual(period, model.GetPricePeriods(start, start.AddDays(1))[0]);
        Assert.Equal(period, model.GetPricePeriods(start, start.AddDays(2))[0]);
    }

    /// <summary>30 / 8 = 3.75 times.</summary>
    [Fact]
    public void Comparison_Text_SaysHowManyTimesTheCheapest()
    {
        CostEstimator estimator = Cards.Estimator("""
            { "Currency": "USD", "Models": { "a": { "PerMillionTokens": { "Input": 8 } }, "b": { "PerMillionTokens": { "Input": 30 } } } }
            """);

        Assert.Equal(
            ["a: 8 USD (1 times the cheapest)", "b: 30 USD (3.75 times the cheapest)", "c: unpriced: No price for model 'c'. Add it under 'LlmCostModel:RateCards' or reference LlmCostModel.Catalog."],
            estimator.Compare(["b", "c", "a"], Million).Select(place => place.ToString()));
    }

    private static string Reason(CostEstimator estimator, CallContext context) => Assert.Single(estimator.Estimate("m", Million, in context).Issues).Message;
}
