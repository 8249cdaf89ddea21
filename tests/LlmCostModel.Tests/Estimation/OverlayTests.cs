using System.Text;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

/// <summary>Contracts and margins over list prices.</summary>
public class OverlayTests
{
    private const string Card = """
        "RateCards": { "openai": { "Provider": "openai", "Currency": "USD", "Models": {
          "o1": { "PerMillionTokens": { "Input": 15, "Output": 60 } }, "gpt-4o": { "PerMillionTokens": { "Input": 2.5, "Output": 10 } } } } }
        """;

    private static readonly TokenUsage Usage = new() { Input = 1_000_000, Output = 100_000 };

    [Fact]
    public void Discount_ShowsListAdjustmentAndNet()
    {
        CostEstimator estimator = With("""{ "contract": { "Providers": [ "openai" ], "Rules": [ { "Name": "20% off", "Multiply": 0.8 } ] } }""");

        CostReceipt receipt = estimator.Explain("o1", Usage);

        // 15 + 6 = 21; 21 x 0.8 = 16.8
        Assert.Equal(21, receipt.ListTotal?.Amount);
        Assert.Equal(new ReceiptAdjustment { Overlay = "contract", Rule = "20% off", Amount = -4.2m }, Assert.Single(receipt.Adjustments));
        Assert.Equal(16.8m, receipt.Total?.Amount);
        Assert.Equal(16.8m, receipt.Lines.Sum(line => line.Amount));
    }

    [Fact]
    public void SeveralOverlays_AreAppliedInOrder_EachShown()
    {
        CostEstimator estimator = With("""
            { "negotiated": { "Models": [ "o1" ], "Currency": "USD", "Rules": [ { "Name": "negotiated input", "PerMillionTokens": { "Input": 10 } } ] },
              "margin": { "Rules": [ { "Name": "margin", "PercentFee": 10 } ] } }
            """);

        CostReceipt receipt = estimator.Explain("o1", Usage);

        // list 15 + 6 = 21; negotiated 10 + 6 = 16; 10% on top 17.6
        Assert.Equal(21, receipt.ListTotal?.Amount);
        Assert.Equal(
            [
                new() { Overlay = "negotiated", Rule = "negotiated input", Amount = -5m },
                new() { Overlay = "margin", Rule = "margin", Amount = 1.6m },
            ],
            receipt.Adjustments);
        Assert.Equal(17.6m, receipt.Total?.Amount);
        Assert.Equal(3.85m, estimator.Estimate("gpt-4o", Usage).Total?.Amount); // (2.5 + 1) x 1.1 = 3.85
    }

    [Fact]
    public void Deployment_OrAccount_LimitsARule()
    {
        CostEstimator estimator = With("""{ "contract": { "Rules": [ { "Name": "team", "When": { "Account": [ "research" ] }, "Multiply": 0.5 } ] } }""");

        Assert.Equal(21, estimator.Estimate("o1", Usage).Total?.Amount);
        Assert.Equal(10.5m, estimator.Estimate("o1", Usage, new CallContext { Account = "research" }).Total?.Amount);
    }

    [Fact]
    public void AmountsInAnotherCurrency_DoNotApply()
    {
        CostEstimator estimator = With("""{ "contract": { "Currency": "EUR", "Rules": [ { "Name": "cheap", "PerMillionTokens": { "Input": 1 } } ] } }""");

        Assert.Equal(21, estimator.Estimate("o1", Usage).Total?.Amount);
    }

    [Theory]
    [InlineData("""{ "c": { "Rules": [ { "Name": "r", "PerMillionTokens": { "Input": 1 } } ] } }""", "card:Overlays:c: states amounts but no Currency. Add the ISO 4217 code of its amounts; it then applies only to cards in that currency.")]
    [InlineData("""{ "c": { "Currency": "EURO", "Rules": [ { "Name": "r", "Multiply": 2 } ] } }""", "card:Overlays:c:Currency: 'EURO' is not an ISO 4217 currency code. Write a code such as USD, EUR or CNY.")]
    [InlineData("""{ "c": { "Providers": [ "x" ] } }""", "card:Overlays:c: has no Rules. Add at least one rule, or leave the overlay out.")]
    [InlineData("""{ "c": { "Provider": "x", "Rules": [ { "Name": "r", "Multiply": 2 } ] } }""", "card:Overlays:c:Provider: the name 'Provider' is not known. Did you mean 'Providers'?")]
    public void BadOverlay_IsRefused(string overlays, string fault) =>
        Assert.Equal(fault, Assert.Throws<RateCardException>(() => With(overlays)).Message);

    /// <summary>The tokens of a call are cut at the thresholds of its marginal rules in one way; two would price one of them wrong.</summary>
    [Fact]
    public void MarginalRule_CountsOtherTokensThanTheCard_IsRefused()
    {
        RateCard card = Assert.Single(Cards.Parse(Cards.ModelCard("""
            "PerMillionTokens": { "Input": 1 }, "Rules": [ { "Name": "m", "Mode": "Marginal", "When": { "FreshInputAbove": 100 }, "PerMillionTokens": { "Input": 2 } } ]
            """)));
        PriceRule rule = new()
        {
            Name = "beyond 50",
            Mode = RuleMode.Marginal,
            When = new() { Tokens = [new(TokenBasis.TotalInput, ThresholdComparison.Above, 50)] },
            Multiply = 0.5m,
            On = ["InputTokens"],
        };
        LlmCostModelOptions options = new() { Overlays = { ["contract"] = new() { Name = "contract", Rules = [rule] } } };

        Assert.Equal(
            "test.json:Models:m:Rules: 'beyond 50' is marginal over TotalInput while 'm' is over FreshInput. Use one basis for all marginal input rules of a version.",
            Assert.Throws<RateCardException>(() => new CostEstimator(options, card)).Message);
    }

    private static CostEstimator With(string overlays)
    {
        LlmCostModelOptions options = new();
        options.AddJson(Encoding.UTF8.GetBytes($$"""{ {{Card}}, "Overlays": {{overlays}} }"""), "card");
        return new CostEstimator(options);
    }
}
