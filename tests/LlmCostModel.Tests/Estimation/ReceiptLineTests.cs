using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

/// <summary>Every member of every kind of line, worked out by hand.</summary>
public sealed class ReceiptLineTests
{
    private const string Card = """
        { "Currency": "USD", "Provider": "h", "Source": "https://card", "Models": { "m": {
          "PerMillionTokens": { "Input": 2, "Output": 10 }, "BilledAs": { "Reasoning": "Output" },
          "PerMeter": { "Request": 0.001, "WebSearch": { "Price": 10, "Per": 1000, "Free": 5 }, "Second": { "Price": 1, "Per": 3600 } },
          "MinimumCharge": 20, "Rules": [
            { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5, "On": [ "Tokens" ] },
            { "Name": "long", "PerMillionTokens": { "Input": 4 }, "Source": "https://long" },
            { "Name": "router", "AddPerMillionTokens": { "Input": 0.1 } },
            { "Name": "payment", "PercentFee": 5, "Source": "https://payment" },
            { "Name": "flat", "FixedFee": 0.3 } ] } } }
        """;

    private static readonly CostEstimator Estimator = WithOverlay();

    [Fact]
    public void Explain_EveryKindOfLine_IsWhatTheCardSays()
    {
        CostReceipt receipt = Estimator.Explain(
            "m",
            new TokenUsage { Input = 1_000_000, Output = 400_000, Reasoning = 100_000 },
            new CallContext { Tier = "batch", ConsumedBefore = [new("WebSearch", 2)] },
            [new("WebSearch", 1_005)]);

        // Input: 4 x 0.5 + 0.1 = 2.1. Output: 6 of the overlay x 0.5 = 3: 0.4 x 3 = 1.2, 0.1 x 3 = 0.3. Three searches are free, of 5 with 2 before;
        // 1,002 x 10 x 0.9 / 1,000 = 9.018. A request, 0.001. The sum is 12.619, and 7.381 short of 20; 5% of 20 is 1; 0.3 fixed: 21.3.
        Assert.Equal(
            [
                "Input: 1000000 token at 2.1 per 1000000 = 2.1, Input, billed as -, by long+batch+router of test, https://long",
                "Output: 400000 token at 3 per 1000000 = 1.2, Output, billed as -, by ours+batch of contract, -",
                "Reasoning: 100000 token at 3 per 1000000 = 0.3, Reasoning, billed as Output, by ours+batch of contract, -",
                "Request: 1 Request at 0.001 per 1 = 0.001, -, billed as -, by  of test, https://card",
                "WebSearch: 3 WebSearch at 0 per 1000 = 0, -, billed as -, by cut of test, https://card",
                "WebSearch: 1002 WebSearch at 9 per 1000 = 9.018, -, billed as -, by cut of test, https://card",
                "MinimumCharge: 1 call at 7.381 per 1 = 7.381, -, billed as -, by  of test, https://card",
                "PercentFee: 20 USD at 5 per 100 = 1, -, billed as -, by payment of test, https://payment",
                "FixedFee: 1 call at 0.3 per 1 = 0.3, -, billed as -, by flat of test, https://card",
            ],
            receipt.Lines.Select(Text));
        Assert.Equal(21.3m, receipt.Total?.Amount);
        Assert.DoesNotContain(receipt.Lines, line => line.IsRounded);
    }

    /// <summary>The amounts that an estimate gives by name are those of the lines.</summary>
    [Fact]
    public void GetAmount_OfEveryLine_IsItsSum()
    {
        CostEstimate estimate = Estimator.Estimate(
            "m",
            new TokenUsage { Input = 1_000_000 },
            new CallContext { ConsumedBefore = MeteredQuantities.Empty },
            [new("WebSearch", 1_005)]);

        // 4 + 0.1; 5 free, 1,000 at 10 per 1,000 x 0.9; nothing of what was not used. 4.1 + 9 + 0.001 = 13.101, 6.899 short of 20.
        Assert.Equal(4.1m, estimate.GetAmount(TokenBucket.Input));
        Assert.Equal(0m, estimate.GetAmount(TokenBucket.Output));
        Assert.Equal(9m, estimate.GetAmount("websearch"));
        Assert.Equal(0.001m, estimate.GetAmount("Request"));
        Assert.Equal(6.899m, estimate.GetAmount("MinimumCharge"));
        Assert.Equal(1m, estimate.GetAmount("PercentFee"));
        Assert.Equal(0.3m, estimate.GetAmount("FixedFee"));
        Assert.Equal(0m, estimate.GetAmount("Second"));
        Assert.Equal(0m, estimate.GetAmount("Input"));
        Assert.Equal(21.3m, estimate.Total?.Amount);
    }

    /// <summary>1 / 3600 has no end: 0.00027777..., rounded at the 28th decimal, and said to be.</summary>
    [Fact]
    public void Explain_AmountWithoutEnd_IsRoundedAndSaysSo()
    {
        CostReceipt receipt = Cards.Estimator("""{ "Currency": "USD", "Models": { "m": { "PerMeter": { "Second": { "Price": 1, "Per": 3600 } } } } }""")
            .Explain("m", default, default, [new("Second", 1)]);

        ReceiptLine line = Assert.Single(receipt.Lines);
        Assert.Equal((0.0002777777777777777777777777778m, true), (line.Amount, line.IsRounded));
        Assert.Equal((CostStatus.Priced, line.Amount), (receipt.Status, receipt.Total!.Value.Amount));
    }

    /// <summary>0.1 x 7 / 100 = 0.007.</summary>
    [Fact]
    public void Explain_FeeOfAnAmount_IsExact()
    {
        CostReceipt receipt = Cards.Model("\"PerMillionTokens\": { \"Input\": 0.1 }, \"Rules\": [ { \"Name\": \"fee\", \"PercentFee\": 7 } ]")
            .Explain("m", new TokenUsage { Input = 1_000_000 });

        Assert.Equal([0.1m, 0.007m], receipt.Lines.Select(line => line.Amount));
        Assert.False(receipt.Lines[1].IsRounded);
    }

    /// <summary>Charges on the call need something that is priced: nothing known and something unknown is not the minimum charge.</summary>
    [Fact]
    public void Explain_NothingPriced_HasNoCharges()
    {
        CostReceipt receipt = Cards.Model("\"PerMillionTokens\": { \"Input\": 1 }, \"MinimumCharge\": 5, \"Rules\": [ { \"Name\": \"fee\", \"FixedFee\": 2 } ]")
            .Explain("m", new TokenUsage { Output = 1 });

        Assert.Empty(receipt.Lines);
        Assert.Equal(CostStatus.Unpriced, receipt.Status);
        Assert.Null(receipt.Total);
    }

    /// <summary>What costs exactly the minimum has no line for it.</summary>
    [Theory]
    [InlineData(4_999_999, "0.000001")]
    [InlineData(5_000_000, null)]
    [InlineData(5_000_001, null)]
    public void Explain_AtTheMinimumCharge_AddsWhatIsShort(long tokens, string? added)
    {
        CostReceipt receipt = Cards.Model("\"PerMillionTokens\": { \"Input\": 1 }, \"MinimumCharge\": 5").Explain("m", new TokenUsage { Input = tokens });

        Assert.Equal(added, receipt.Lines.Skip(1).Select(line => AmountFormat.ToText(line.Amount)).SingleOrDefault());
    }

    /// <summary>A request is counted once, also where the call counts it.</summary>
    [Theory]
    [InlineData(0, "0.5")]
    [InlineData(1, "0.5")]
    [InlineData(3, "1.5")]
    public void Explain_RequestPrice_CountsTheCallUnlessItCountsItself(int requests, string amount)
    {
        CostReceipt receipt = Cards.Model("\"PerMeter\": { \"Request\": 0.5 }").Explain("m", default, default, MeteredQuantities.Empty.With("Request", requests));

        Assert.Equal(amount, AmountFormat.ToText(Assert.Single(receipt.Lines).Amount));
    }

    private static CostEstimator WithOverlay()
    {
        LlmCostModelOptions options = new();
        options.Overlays["contract"] = new()
        {
            Name = "contract",
            Currency = "USD",
            Rules =
            [
                new() { Name = "ours", PerMillionTokens = new() { Output = 6 } },
                new() { Name = "cut", Multiply = 0.9m, On = ["WebSearch"] },
            ],
        };
        return new(options, Cards.Parse(Card));
    }

    private static string Text(ReceiptLine line) =>
        $"{line.Name}: {AmountFormat.ToText(line.Quantity)} {line.Unit} at {AmountFormat.ToText(line.Rate)} per {AmountFormat.ToText(line.Per)}"
        + $" = {AmountFormat.ToText(line.Amount)}, {line.Bucket?.ToString() ?? "-"}, billed as {line.BilledAs?.ToString() ?? "-"}"
        + $", by {string.Join('+', line.Rules)} of {line.RateCard}, {line.Source ?? "-"}";
}
