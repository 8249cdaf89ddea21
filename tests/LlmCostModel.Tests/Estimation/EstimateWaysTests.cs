using System.Text.Json;
using LlmCostModel.Tests.Rates.Resolution;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

/// <summary>An estimate takes the shortest way that its call allows; whichever it is, it says what the receipt says.</summary>
public sealed class EstimateWaysTests
{
    private static readonly TokenUsage Million = new() { Input = 1_000_000, Output = 1_000_000 };

    /// <summary>A price that the region decides, one that two attributes decide, and one that nobody knows.</summary>
    private static readonly CostEstimator Estimator = Cards.Model("""
        "PerMillionTokens": { "Input": 1, "Output": 2 }, "Rules": [
          { "Name": "abroad", "When": { "Region": "mars" }, "Unpriced": true, "On": [ "Output" ] },
          { "Name": "large", "When": { "Attributes": { "a": "x", "b": "y" } }, "Multiply": 3, "On": [ "Input" ] } ]
        """);

    /// <summary>Reasons are written when they are read; they need the same region and attributes that the call had.</summary>
    [Fact]
    public void Estimate_AnyRegionAndAttributes_HasTheReasonsOfTheReceipt()
    {
        CallAttributes a = CallAttributes.Empty.With("a", "x");
        CallAttributes?[] attributes = [null, CallAttributes.Empty, a, CallAttributes.Empty.With("b", "y"), a.With("b", "y"), a.With("b", "z")];
        TokenUsage[] usages = [Million, Million with { Input = 0 }, Million with { Output = 0 }, Million with { Reasoning = 5 }, new() { Reasoning = 5 }];
        foreach (string? region in new[] { null, "earth", "mars" })
        {
            foreach (CallContext context in attributes.Select(one => new CallContext { Region = region, Attributes = one }))
            {
                foreach (TokenUsage usage in usages)
                {
                    CostReceipt receipt = Estimator.Explain("m", in usage, in context);
                    CostEstimate estimate = Estimator.Estimate("m", in usage, in context);

                    Assert.Equal((receipt.Status, receipt.Total), (estimate.Status, estimate.Total));
                    Assert.Equal(receipt.Issues, estimate.Issues);
                }
            }
        }
    }

    /// <summary>Both of a call's reasons at once: what the region leaves without a price, and which attribute is missing.</summary>
    [Fact]
    public void Estimate_RegionAndAttributeBothDecide_NamesBoth() => Assert.Equal(
        [
            "The price of 'm' for Input depends on attribute 'b', which the call does not give. Pass it in CallContext.Attributes.",
            "No price of 'm' for Output tokens in region 'mars' is known: rule 'abroad' of 'test' says so. Add a rule with that price after it.",
        ],
        Estimator.Estimate("m", Million, new CallContext { Region = "mars", Attributes = [new("a", "x")] }).Issues.Select(issue => issue.Message));

    /// <summary>What an id says of its region counts on every way: 2 x 1, with a search 2 x 1 + 0.5, and beside what has no price 2 x 1.</summary>
    [Fact]
    public void Estimate_IdThatNamesARegion_HasThePricesOfTheRegion()
    {
        IReadOnlyList<RateCard> cards = Cards.Parse(Cards.ModelCard("""
            "PerMillionTokens": { "Input": 1 }, "PerMeter": { "Search": 0.5 }, "Rules": [
              { "Name": "us", "When": { "Region": "us" }, "Multiply": 2, "On": [ "Tokens" ] } ]
            """));
        PathNormalizer path = new() { Form = candidate => candidate with { Region = "us" } };
        CostEstimator estimator = new(RateStore.Create(new LlmCostModelOptions(), [.. cards], [], [path], TimeProvider.System));
        TokenUsage million = new() { Input = 1_000_000 };

        Assert.Equal((1m, 2m), (Amount("m"), Amount("path/m")));
        Assert.Equal(2.5m, Amount("path/m", MeteredQuantities.Empty.With("Search", 1)));
        Assert.StartsWith("at least 2 USD: No price of 'm' for Output tokens.", estimator.Estimate("path/m", million with { Output = 1 }).ToString(), StringComparison.Ordinal);
        Assert.Equal(1, estimator.Estimate("path/m", million, new CallContext { Region = "eu" }).Total?.Amount);
        Assert.True(estimator.TryGetTotal("path/m", million, default, out decimal total));
        Assert.Equal(2, total);

        decimal? Amount(string id, MeteredQuantities? meters = null) => estimator.Estimate(id, million, meters: meters).Total?.Amount;
    }

    /// <summary>Of a call at an instant without a price nothing has an amount, neither what it used nor what it did not.</summary>
    [Fact]
    public void GetAmount_InstantWithoutAPrice_IsNotKnown()
    {
        CostEstimate estimate = Cards.Model("\"From\": \"2026-01-01\", \"PerMillionTokens\": { \"Input\": 1 }")
            .Estimate("m", Million, new CallContext { At = DateTimeOffset.UnixEpoch });

        Assert.Equal((CostStatus.Unpriced, null, null), (estimate.Status, estimate.GetAmount("Search"), estimate.GetAmount(TokenBucket.Input)));
        Assert.Null(default(CostEstimate).GetAmount("Search"));
    }

    [Fact]
    public void ToString_PartWithTwoReasons_IsAtLeastThatPart() => Assert.Matches(
        "^at least 1 USD: No price of 'm' for Output tokens\\. .*\\. No price of 'm' for Reasoning tokens\\. .*\\.$",
        Cards.Model("\"PerMillionTokens\": { \"Input\": 1 }").Estimate("m", Million with { Reasoning = 1 }).ToString());

    [Fact]
    public void ToString_TwoReasons_AreTwoSentences() => Assert.Equal(
        "unpriced: No price of 'm' for Output tokens. Add 'Output' to its PerMillionTokens in rate card 'test', or say in BilledAs which bucket "
            + "they are billed as. No price of 'm' for Reasoning tokens. Add 'Reasoning' to its PerMillionTokens in rate card 'test', or say in "
            + "BilledAs which bucket they are billed as (usually Output).",
        Cards.Model("\"PerMillionTokens\": { \"Input\": 1 }").Estimate("m", new TokenUsage { Output = 1, Reasoning = 1 }).ToString());

    /// <summary>A model that was looked up is not sold elsewhere, whether a rule or none leads to its price.</summary>
    [Theory]
    [InlineData("\"PerMillionTokens\": { \"Input\": 1, \"Output\": 2 }")]
    [InlineData("\"PerMillionTokens\": { \"Input\": 1, \"Output\": 2 }, \"Rules\": [ { \"Name\": \"us\", \"When\": { \"Region\": \"us\" }, \"Multiply\": 2 } ]")]
    public void Estimate_ModelThatWasLookedUp_IsNotSoldElsewhere(string version)
    {
        PricedModel model = Cards.Model(version).GetModel("m");
        CallContext elsewhere = new() { Provider = "elsewhere" };

        Assert.Equal((CostStatus.Unpriced, null), (model.Estimate(Million, in elsewhere).Status, model.Estimate(Million, in elsewhere).Total));
        Assert.False(model.TryGetTotal(Million, in elsewhere, out decimal total));
        Assert.Equal(0, total);
        Assert.Equal(3, model.Estimate(Million, new CallContext { Provider = "H" }).Total?.Amount); // 1 + 2, whatever the case
        Assert.True(model.TryGetTotal(Million, new CallContext { Provider = "h" }, out total));
        Assert.Equal(3, total);
    }

    /// <summary>2 x 1 + 0.5 x 2 = 3.</summary>
    [Fact]
    public void Estimate_InputAndOutput_IsTheShortForm() =>
        Assert.Equal(new Money(3, "USD"), Cards.Model("\"PerMillionTokens\": { \"Input\": 1, \"Output\": 2 }").Estimate("m", inputTokens: 2_000_000, outputTokens: 500_000).Total);

    /// <summary>Of a free model nothing is a multiple, not even another that is free.</summary>
    [Fact]
    public void Compare_CheapestIsFree_HasNoRatios()
    {
        CostEstimator estimator = Cards.Estimator("""
            { "c": { "Currency": "USD", "Models": { "free": { "PerMillionTokens": { "Input": 0, "Output": 0 } },
              "too": { "PerMillionTokens": { "Input": 0, "Output": 0 } }, "paid": { "PerMillionTokens": { "Input": 1, "Output": 2 } } } } }
            """);

        Assert.Equal([null, null, null], estimator.Compare(["paid", "free", "too"], Million).Select(place => place.Ratio));
        Assert.Equal([1], estimator.Compare(["paid"], Million).Select(place => place.Ratio));
        Assert.Throws<ArgumentNullException>(() => estimator.Compare(null!, Million));
        Assert.Throws<ArgumentNullException>(() => estimator.Estimate(null!, Million));
    }

    /// <summary>At 0.5 EUR a dollar: 1 + 4 = 5 USD and 10 % of 5 are 2.50 EUR and 10 % of 2.50. The percentage and the tokens stay.</summary>
    [Fact]
    public void Convert_Receipt_ChangesAmountsAndNothingElse()
    {
        CostReceipt receipt = Cards.Model("""
            "PerMillionTokens": { "Input": 1, "Output": 4 }, "Rules": [ { "Name": "payment", "PercentFee": 10 } ]
            """).Explain("m", Million);
        ExchangeRate rate = new() { From = "USD", To = "EUR", Rate = 0.5m, Date = new DateOnly(2026, 11, 20), Source = "ECB" };

        CostReceipt converted = receipt.Convert(rate);

        Assert.Equal(
            [("Input", 1_000_000m, "token", 0.5m, 0.5m), ("Output", 1_000_000m, "token", 2m, 2m), ("PercentFee", 2.5m, "EUR", 10m, 0.25m)],
            converted.Lines.Select(line => (line.Name, line.Quantity, line.Unit, line.Rate, line.Amount)));
        Assert.Equal((new Money(2.75m, "EUR"), rate), (converted.Total, converted.Conversion));
        Assert.Equal(
            "The receipt is converted already, from USD to EUR. Convert the original receipt instead.",
            Assert.Throws<InvalidOperationException>(() => converted.Convert(rate)).Message);
    }

    /// <summary>Of the rule that set the price, or else of the version, or else of the card.</summary>
    [Theory]
    [InlineData("us", "https://rule", "https://version", "https://rule")]
    [InlineData(null, "https://rule", "https://version", "https://version")]
    [InlineData("us", null, "https://version", "https://version")]
    [InlineData(null, null, null, "https://card")]
    public void Explain_Source_IsTheNearest(string? region, string? rule, string? version, string source)
    {
        CostEstimator estimator = Cards.Estimator($$"""
            { "c": { "Currency": "USD", "Source": "https://card", "Models": { "m": { "Versions": [ { {{Field(version)}}"PerMillionTokens": { "Input": 1 },
              "Rules": [ { {{Field(rule)}}"Name": "us", "When": { "Region": "us" }, "PerMillionTokens": { "Input": 2 } } ] } ] } } } }
            """);

        Assert.Equal(source, Assert.Single(estimator.Explain("m", new TokenUsage { Input = 1 }, new CallContext { Region = region }).Lines).Source);

        static string Field(string? value) => value is null ? "" : $"\"Source\": \"{value}\", ";
    }

    /// <summary>Read back, an estimate says of what was not used what it said before: nothing, and of what has no price nothing known.</summary>
    [Theory]
    [InlineData("Search", "Search")]
    [InlineData("search", "Fetch")]
    [InlineData("Fetch", "Fetch")]
    public void GetAmount_MeterOfAnEstimateReadBack_IsAsBefore(string used, string asked)
    {
        CostEstimator estimator = Cards.Model("\"PerMillionTokens\": { \"Input\": 1 }, \"PerMeter\": { \"Search\": 0.01 }");
        CostEstimate estimate = estimator.Estimate("m", new TokenUsage { Input = 1 }, meters: MeteredQuantities.Empty.With(used, 2));
        CostEstimate readBack = JsonSerializer.Deserialize<CostEstimate>(JsonSerializer.Serialize(estimate));

        Assert.Equal(used == "Fetch" ? null : asked == "Fetch" ? 0 : 0.02m, estimate.GetAmount(asked));
        Assert.Equal(estimate.GetAmount(asked), readBack.GetAmount(asked));
        Assert.Equal(0, readBack.GetAmount(TokenBucket.Output));
        Assert.Equal(estimate, readBack);
    }
}
