using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

/// <summary>The one exception from exactness: a price for several units that no finite decimal divides.</summary>
public sealed class RoundedMeterTests
{
    [Theory]
    [InlineData(1, "0.0033333333333333333333333333", true)] // 0.01 / 3, rounded down at the 28th decimal
    [InlineData(2, "0.0066666666666666666666666667", true)] // 0.02 / 3, rounded up
    [InlineData(3, "0.01", false)]
    public void Explain_PerThreePages_IsRoundedAtThe28thDecimalAndSaysSo(int pages, string amount, bool isRounded)
    {
        CostEstimator estimator = new(RateCardJson.Parse("""
            { "Currency": "USD", "Models": { "reader": { "PerMeter": { "Page": { "Price": 0.01, "Per": 3 } } } } }
            """, "card"));

        CostReceipt receipt = estimator.Explain("reader", default, default, MeteredQuantities.Empty.With("Page", pages));

        ReceiptLine line = Assert.Single(receipt.Lines);
        Assert.Equal(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), line.Amount);
        Assert.Equal(isRounded, line.IsRounded);
        Assert.Equal(line.Amount, receipt.Total!.Value.Amount);
    }

    /// <summary>7 s at 1.00 an hour are 0.00194 with 4 for ever. With a request of 10, all 28 decimals are 30 digits: one too many.</summary>
    [Fact]
    public void Estimate_EndlessAmountBesideALargeOne_IsTheSumToTheLastDigitThatFits()
    {
        CostEstimator estimator = Cards.Model("""
            "PerMillionTokens": { "Input": 10 }, "PerMeter": { "AudioInputSecond": { "Price": 1.00, "Per": 3600 } }
            """);
        MeteredQuantities meters = [new("AudioInputSecond", 7)];

        CostEstimate estimate = estimator.Estimate("m", new TokenUsage { Input = 1_000_000 }, meters: meters);
        CostReceipt receipt = estimator.Explain("m", new TokenUsage { Input = 1_000_000 }, meters: meters);

        Assert.Equal(new Money(10.001944444444444444444444444m, "USD"), estimate.Total);
        Assert.Equal(estimate.Total, receipt.Total);
        Assert.Equal([(10m, false), (0.0019444444444444444444444444m, true)], receipt.Lines.Select(line => (line.Amount, line.IsRounded)));
    }

    /// <summary>Twice the greatest count: the amount is a decimal though no number holds the sum of the counts, and the receipt has it too.
    /// Without the cache the call would have more input than can be counted, so nothing is said of savings.</summary>
    [Fact]
    public void Explain_CountsWhoseSumNoNumberHolds_IsTheEstimate()
    {
        CostEstimator estimator = Cards.Model("\"PerMillionTokens\": { \"Input\": 1, \"CacheRead\": 0.5 }");
        TokenUsage usage = new() { Input = long.MaxValue, CacheRead = long.MaxValue };

        CostReceipt receipt = estimator.Explain("m", in usage);

        Assert.Equal(new Money(13_835_058_055_282.1637105m, "USD"), receipt.Total); // 9,223,372,036,854,775,807 x 1.5 millionths
        Assert.Equal(receipt.Total, estimator.Estimate("m", in usage).Total);
        Assert.Null(receipt.CacheSavings);
    }

    /// <summary>Each line has a digit too many, their sum has not: 2^63 - 1 tokens at 1.0000000000005 and at 0.9999999999995 per million are
    /// 18,446,744,073,709.551614.</summary>
    [Fact]
    public void Explain_LinesWithMoreDigitsThanADecimal_SayThatTheyAreRounded()
    {
        CostEstimator estimator = Cards.Model("\"PerMillionTokens\": { \"Input\": 1.0000000000005, \"Output\": 0.9999999999995 }");
        TokenUsage usage = new() { Input = long.MaxValue, Output = long.MaxValue };

        CostReceipt receipt = estimator.Explain("m", in usage);

        Assert.Equal(new Money(18_446_744_073_709.551614m, "USD"), receipt.Total);
        Assert.Equal(receipt.Total, estimator.Estimate("m", in usage).Total);
        Assert.All(receipt.Lines, line => Assert.True(line.IsRounded));
        Assert.Equal(receipt.Lines[0].Amount, estimator.Estimate("m", in usage).GetAmount(TokenBucket.Input));
    }

    /// <summary>7.33 USD at 7.1 to three decimals each, and an endless line: the converted total is that of the converted lines.</summary>
    [Fact]
    public void Convert_EndlessAmounts_AddUp()
    {
        CostReceipt receipt = Cards.Model("""
            "PerMillionTokens": { "Input": 7.33 }, "PerMeter": { "Page": { "Price": 0.01, "Per": 3 } }
            """).Explain("m", new TokenUsage { Input = 1_000_000 }, meters: [new("Page", 1)]);

        CostReceipt converted = receipt.Convert(new ExchangeRate { From = "USD", To = "CNY", Rate = 7.123m, Date = new DateOnly(2026, 1, 2), Source = "a bank" });

        // 7.33 x 7.123 = 52.21159; 0.0033333333333333333333333333 x 7.123 = 0.0237433333333333333333333330959 -> 28 decimals ...3331
        Assert.Equal([52.21159m, 0.0237433333333333333333333331m], converted.Lines.Select(line => line.Amount));
        Assert.Equal(52.235333333333333333333333333m, converted.Total!.Value.Amount); // 52.2353333333333333333333333331
    }

    /// <summary>1 / 2^28 ends, after 28 decimals: with 100 that is 31 digits, two or three more than a decimal has.</summary>
    [Theory]
    [InlineData(268435456, "100.00000000372529029846191406")] // ...1914062500, rounded half to even at the 26th decimal
    [InlineData(134217728, "100.00000000745058059692382812")] // ...2382812500
    [InlineData(3, "100.33333333333333333333333333")]
    public void Estimate_AmountsThatEndTooLate_AreRoundedLikeThoseThatDoNot(long per, string total)
    {
        CostEstimator estimator = Cards.Model($$""" "PerMillionTokens": { "Input": 1 }, "PerMeter": { "Byte": { "Price": 1, "Per": {{per}} } } """);

        CostEstimate estimate = estimator.Estimate("m", new TokenUsage { Input = 100_000_000 }, default, MeteredQuantities.Empty.With("Byte", 1));

        Assert.Equal(decimal.Parse(total, System.Globalization.CultureInfo.InvariantCulture), estimate.Total!.Value.Amount);
    }

    /// <summary>One candidate that cannot be computed does not take the others along.</summary>
    [Fact]
    public void Compare_OneAmountTooLarge_LeavesTheOthers()
    {
        CostEstimator estimator = Cards.Estimator("""
            { "c": { "Currency": "USD", "Models": {
                "huge": { "PerMillionTokens": { "Input": 10000000000000000 } }, "small": { "PerMillionTokens": { "Input": 1 } } } } }
            """);

        IReadOnlyList<CostComparison> ranked = estimator.Compare(["huge", "small"], new TokenUsage { Input = long.MaxValue });

        Assert.Equal(["small", "huge"], ranked.Select(result => result.RequestedId));
        CostIssue issue = Assert.Single(ranked[1].Estimate.Issues);
        Assert.Equal((CostIssueKind.AmountTooLarge, "huge"), (issue.Kind, issue.Subject));
    }
}
