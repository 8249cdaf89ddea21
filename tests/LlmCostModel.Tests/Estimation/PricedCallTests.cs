using System.Globalization;
using System.Text;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

/// <summary>A call and what it cost, from the bytes of its response. Amounts are worked out by hand.</summary>
public sealed class PricedCallTests
{
    private const string Card = """
        { "claude": { "Provider": "anthropic", "Currency": "USD", "Models": {
            "claude-main": { "PerMillionTokens": { "Input": 3, "CacheRead": 0.3, "CacheWrite5m": 3.75, "Output": 15 }, "Rules": [
              { "Name": "long context", "When": { "TotalInputAbove": 200000 }, "PerMillionTokens": { "Input": 6, "CacheRead": 0.6, "CacheWrite5m": 7.5, "Output": 22.5 } },
              { "Name": "fast", "When": { "Tier": "fast" }, "Multiply": 6 },
              { "Name": "priority", "When": { "Tier": "priority" }, "Multiply": 2 },
              { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5 },
              { "Name": "us", "When": { "Region": "us" }, "Multiply": 1.1 } ] },
            "claude-advisor": { "PerMillionTokens": { "Input": 5, "Output": 25 } } } },
          "renminbi": { "Currency": "CNY", "Models": { "qwen-advisor": { "PerMillionTokens": { "Input": 2, "Output": 8 } } } } }
        """;

    private static readonly CostEstimator Estimator = Cards.Estimator(Card);

    [Theory]
    [InlineData("0.05", "claude-main", "claude-main")]
    [InlineData("-0.02", "claude-main", "claude-main")] // a refund
    [InlineData("0.05", "nobody-knows", null)]
    [InlineData("0.05", null, null)]
    public void Price_OfACostThatTheApplicationStates_IsThatCost(string amount, string? model, string? priced)
    {
        Money cost = new(decimal.Parse(amount, CultureInfo.InvariantCulture), "EUR");
        ModelCall call = new()
        {
            At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Reading = new() { Model = model, Origin = UsageOrigin.Application, Status = UsageStatus.Complete, Reported = new() { Charged = cost } },
        };

        PricedCall result = Estimator.Price(call);

        Assert.Equal((CostStatus.Priced, cost, priced), (result.Status, result.Total!.Value, result.Main.Estimate.Model));
        Assert.Equal("The call states what it cost and not what it consumed: that cost is taken.", Assert.Single(result.Notes));
        Assert.Null(result.Main.Usage);
        Assert.Null(result.Drift);
    }

    [Fact]
    public void Price_OfACostThatAProviderStates_IsNotTakenForTheCalculatedOne()
    {
        UsageReading reading = new() { Model = "claude-main", Status = UsageStatus.Complete, Reported = new() { Charged = new(0.05m, "USD") } };

        Assert.Equal(CostStatus.Unpriced, Estimator.Price(new ModelCall { Reading = reading }).Status);
        Assert.Equal(CostStatus.Unpriced, Estimator.Price(new ModelCall { Reading = reading with { Origin = UsageOrigin.Application, Status = UsageStatus.Partial } }).Status);
    }

    [Theory]
    [InlineData("fast", null)]
    [InlineData("priority", null)]
    [InlineData("batch", null)]
    [InlineData(null, "us")]
    [InlineData("priority", "us")]
    public void Price_StandardIsStated_WinsOverWhatWasAsked(string? tier, string? region)
    {
        // 1,000 x 3 + 100 x 15 = 4,500 millionths, whatever was asked for.
        PricedCall priced = Price(
            """{"type":"message","model":"claude-main","usage":{"input_tokens":1000,"output_tokens":100,"service_tier":"standard","speed":"standard","inference_geo":"global"}}""",
            new CallContext { Tier = tier, Region = region });

        Assert.Equal("0.0045 USD", priced.Total.ToString());
        Assert.NotEmpty(priced.Notes);
    }

    [Theory]
    [InlineData("", "fast", null, "0.027 USD")] // silence leaves room: 0.0045 x 6
    [InlineData("", null, "us", "0.00495 USD")] // 0.0045 x 1.1
    [InlineData(""","speed":"fast" """, "standard", null, "0.027 USD")]
    [InlineData(""","service_tier":"priority","speed":"standard" """, "fast", null, "0.009 USD")] // 0.0045 x 2
    [InlineData(""","service_tier":"batch" """, null, null, "0.00225 USD")] // 0.0045 / 2
    [InlineData(""","inference_geo":"not_available" """, null, "us", "0.00495 USD")]
    public void Price_WhatIsNotStated_IsAsAsked(string stated, string? tier, string? region, string total) => Assert.Equal(
        total,
        Price($$$"""{"type":"message","model":"claude-main","usage":{"input_tokens":1000,"output_tokens":100{{{stated}}}}}""", new CallContext { Tier = tier, Region = region }).Total.ToString());

    [Fact]
    public void Price_Advisor_IsAPartOfItsOwn()
    {
        PricedCall priced = Price(Advised("claude-main", "claude-advisor"));

        // 1,000 x 3 + 100 x 15 = 4,500; 2,000 x 5 + 40 x 25 = 11,000 millionths
        Assert.Equal((CostStatus.Priced, "0.0155 USD"), (priced.Status, priced.Total.ToString()));
        Assert.Equal(["Main claude-main: 0.0045 USD", "Advisor claude-advisor: 0.011 USD"], priced.Parts.Select(part => part.ToString()));
    }

    [Fact]
    public void Price_MainModelWithoutPrice_KeepsWhatTheAdvisorCost()
    {
        PricedCall priced = Price(Advised("claude-unknown", "claude-advisor"));

        Assert.Equal((CostStatus.Partial, "0.011 USD"), (priced.Status, priced.Total.ToString()));
        Assert.Equal([(CostIssueKind.UnknownModel, "claude-unknown")], priced.Issues.Select(issue => (issue.Kind, issue.Subject)));
    }

    [Fact]
    public void Price_TwoCurrencies_HaveTwoTotals()
    {
        PricedCall priced = Price(Advised("claude-main", "qwen-advisor"));

        // 2,000 x 2 + 40 x 8 = 4,320 millionths of a yuan
        Assert.Equal(CostStatus.Priced, priced.Status);
        Assert.Equal(["0.00432 CNY", "0.0045 USD"], priced.Totals.Select(total => total.ToString()));
        Assert.Null(priced.Total);
        Assert.Equal("claude-main: 0.00432 CNY + 0.0045 USD", priced.ToString());
    }

    [Fact]
    public void Price_Compaction_HasTheTierOfItsOwnSize()
    {
        // The summary read 250,000 tokens: beyond the threshold, 250,000 x 6 + 1,000 x 22.5 = 1,522,500. The answer did not: 10,000 x 3 + 100 x 15 = 31,500.
        PricedCall priced = Price(
            """{"type":"message","model":"claude-main","usage":{"input_tokens":10000,"output_tokens":100,"iterations":[{"type":"compaction","input_tokens":250000,"output_tokens":1000},{"type":"message","input_tokens":10000,"output_tokens":100}]}}""");

        Assert.Equal("1.554 USD", priced.Total.ToString());
        Assert.Equal([CallRole.Main, CallRole.Compaction], priced.Parts.Select(part => part.Role));
    }

    [Fact]
    public void Price_DeclinedAttempt_IsBilledWhereItProducedOutput()
    {
        PricedCall priced = Price(
            """{"type":"message","model":"claude-main","usage":{"input_tokens":1000,"output_tokens":100,"iterations":[{"type":"message","model":"claude-advisor","input_tokens":400,"output_tokens":0},{"type":"fallback_message","model":"claude-advisor","input_tokens":400,"output_tokens":20},{"type":"fallback_message","model":"claude-main","input_tokens":1000,"output_tokens":100}]}}""");

        // The first attempt was stopped before any output: free. The second: 400 x 5 + 20 x 25 = 2,500. The answer: 4,500.
        Assert.Equal((CostStatus.Priced, "0.007 USD"), (priced.Status, priced.Total.ToString()));
        Assert.Equal([CallRole.Main, CallRole.DeclinedAttempt], priced.Parts.Select(part => part.Role));
    }

    [Fact]
    public void Price_UsageNotStated_IsUnpricedAndNamesTheModel()
    {
        PricedCall priced = Price("""{"type":"message","model":"claude-main"}""");

        Assert.Equal((CostStatus.Unpriced, null), (priced.Status, priced.Total));
        Assert.Equal(CostIssueKind.UnknownUsage, Assert.Single(priced.Issues).Kind);
        Assert.Equal(("claude-main", CostStatus.Unpriced, null), (priced.Main.Estimate.Model, priced.Main.Estimate.Status, priced.Main.Estimate.GetAmount(TokenBucket.Input)));
    }

    [Fact]
    public void Price_NoModelAnywhere_SaysSo()
    {
        PricedCall priced = Price("""{"type":"message","usage":{"input_tokens":1,"output_tokens":1}}""");

        Assert.Equal((CostStatus.Unpriced, CostIssueKind.MissingModel), (priced.Status, Assert.Single(priced.Issues).Kind));
    }

    [Fact]
    public void Price_Strict_ThrowsWithWhatIsKnown()
    {
        CostEstimator strict = new(new LlmCostModelOptions { Strict = true }, Cards.Parse(Card));

        UnpricedException exception = Assert.Throws<UnpricedException>(
            () => strict.Price(ModelCall.FromResponse(Encoding.UTF8.GetBytes(Advised("claude-unknown", "claude-advisor")))));

        Assert.Equal("0.011 USD", exception.Call!.Total.ToString());
        Assert.Equal(exception.Call.Issues, exception.Issues);
    }

    [Fact]
    public void Price_MoreThanADecimalHolds_IsAnIssueOfThatPart()
    {
        // 9e18 tokens x 1e25 per million is beyond 7.9e28.
        CostEstimator dear = Cards.Estimator("""{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 10000000000000000000000000 } } } }""");

        PricedCall priced = dear.Price(ModelCall.FromUsage("m", new TokenUsage { Input = 9_000_000_000_000_000_000 }));

        Assert.Equal((CostStatus.Unpriced, CostIssueKind.AmountTooLarge), (priced.Status, Assert.Single(priced.Issues).Kind));
    }

    [Fact]
    public void Price_ReportedCost_IsComparedWithTheCalculatedOne()
    {
        PricedCall priced = Cards.Estimator(Cards.January2025).Price(ModelCall.FromResponse(Encoding.UTF8.GetBytes(
            """{"object":"chat.completion","model":"o1","usage":{"prompt_tokens":1000,"completion_tokens":500,"total_tokens":1500,"cost":0.044}}""")));

        // 1,000 x 15 + 500 x 60 = 45,000 millionths; 0.045 - 0.044
        Assert.Equal(0.001m, priced.Drift!.Value.Difference);
    }

    [Fact]
    public void Price_DeploymentOfTheUsersOwnMap_StandsForItsModel()
    {
        LlmCostModelOptions options = new();
        options.Deployments["my-claude"] = new ModelDeployment { Model = "claude-advisor" };
        CostEstimator mapped = new(options, Cards.Parse(Card));
        ModelCall call = ModelCall.FromResponse("""{"type":"message","model":"claude-main","usage":{"input_tokens":1000,"output_tokens":100}}"""u8);

        // 1,000 x 5 + 100 x 25 = 7,500 millionths instead of 4,500
        Assert.Equal("0.0075 USD", mapped.Price(call with { RequestedModel = "my-claude" }).Total.ToString());
        Assert.Equal("0.0045 USD", mapped.Price(call with { RequestedModel = "claude-alias" }).Total.ToString());
    }

    [Fact]
    public void Price_FallbackBehindADeployment_IsBilledAsItself()
    {
        LlmCostModelOptions options = new();
        options.Deployments["my-claude"] = new ModelDeployment { Model = "claude-main" };
        CostEstimator mapped = new(options, Cards.Parse(Card));
        ModelCall call = ModelCall.FromResponse(
            """{"type":"message","model":"claude-main","usage":{"input_tokens":1000,"output_tokens":100,"iterations":[{"type":"message","model":"claude-main","input_tokens":900,"output_tokens":0},{"type":"fallback_message","model":"claude-advisor","input_tokens":1000,"output_tokens":100}]}}"""u8);

        // The advisor answered: 1,000 x 5 + 100 x 25 = 7,500 millionths, whatever the deployment stands for.
        Assert.Equal("0.0075 USD", mapped.Price(call with { RequestedModel = "my-claude" }).Total.ToString());
    }

    [Fact]
    public void Price_AdvisorThatStatesItsSpeed_HasThePriceOfThatSpeed()
    {
        PricedCall priced = Price(
            """{"type":"message","model":"claude-main","usage":{"input_tokens":1000,"output_tokens":100,"speed":"fast","iterations":[{"type":"advisor_message","model":"claude-main","input_tokens":1000,"output_tokens":100,"speed":"standard"}]}}""");

        // 4,500 millionths x 6, and once at the standard speed
        Assert.Equal(["Main claude-main: 0.027 USD", "Advisor claude-main: 0.0045 USD"], priced.Parts.Select(part => part.ToString()));
    }

    [Fact]
    public void Price_AdvisorOfADeployment_IsSoldWhereTheDeploymentIs()
    {
        LlmCostModelOptions options = new();
        options.Deployments["prod"] = new ModelDeployment { Model = "big", Provider = "cloud", Region = "eu" };
        CostEstimator mapped = new(options, Cards.Parse("""
            { "cloud": { "Provider": "cloud", "Currency": "USD", "Models": {
                "big": { "PerMillionTokens": { "Input": 10, "Output": 50 } },
                "adviser": { "PerMillionTokens": { "Input": 5, "Output": 25 }, "Rules": [ { "Name": "eu", "When": { "Region": "eu" }, "Multiply": 2 } ] } } },
              "maker": { "Provider": "maker", "FirstParty": true, "Currency": "USD", "Models": { "adviser": { "PerMillionTokens": { "Input": 1, "Output": 2 } } } } }
            """));

        PricedCall priced = mapped.Price(ModelCall.FromResponse(Encoding.UTF8.GetBytes(Advised("big", "adviser"))) with { RequestedModel = "prod" });

        // 2,000 x 5 + 40 x 25 = 11,000 millionths, twice in the EU; the maker's own 2,000 x 1 + 40 x 2 are another bill.
        Assert.Equal("Advisor adviser: 0.022 USD", priced.Parts[1].ToString());
    }

    [Fact]
    public void Price_NoInstant_IsNowAndNoted()
    {
        PricedCall priced = Price("""{"type":"message","model":"claude-main","usage":{"input_tokens":1,"output_tokens":1}}""");

        Assert.Equal("The call states no time, so the prices are those of now.", Assert.Single(priced.Notes));
        Assert.InRange(priced.At, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
    }

    private static string Advised(string model, string advisor) =>
        $$$"""{"type":"message","model":"{{{model}}}","usage":{"input_tokens":1000,"output_tokens":100,"iterations":[{"type":"message","input_tokens":1000,"output_tokens":100},{"type":"advisor_message","model":"{{{advisor}}}","input_tokens":2000,"output_tokens":40}]}}""";

    private static PricedCall Price(string body, CallContext asked = default) =>
        Estimator.Price(ModelCall.FromResponse(Encoding.UTF8.GetBytes(body)) with { Asked = asked });
}
