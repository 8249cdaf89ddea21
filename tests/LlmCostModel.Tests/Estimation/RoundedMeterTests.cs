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
}
