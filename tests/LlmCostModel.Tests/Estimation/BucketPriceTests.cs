using System.Globalization;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

/// <summary>Every bucket of the enumeration has its own price, from the rate card to the receipt. A new one cannot be forgotten.</summary>
public class BucketPriceTests
{
    private const long Million = 1_000_000;

    public static TheoryData<TokenBucket> Buckets => [.. Enum.GetValues<TokenBucket>()];

    // The bucket of value i costs i + 1 USD per million, so a million of its tokens cost i + 1.
    [Theory]
    [MemberData(nameof(Buckets))]
    public void Explain_EveryBucket_HasALineWithItsOwnPrice(TokenBucket bucket)
    {
        CostEstimator estimator = Cards.Model(Prices(Enum.GetValues<TokenBucket>()));
        TokenUsage usage = default(TokenUsage).With(bucket, Million);
        decimal expected = (int)bucket + 1;

        CostReceipt receipt = estimator.Explain("m", in usage);

        ReceiptLine line = Assert.Single(receipt.Lines);
        Assert.Equal((bucket, bucket.ToString(), Million, expected, expected), (line.Bucket, line.Name, line.Quantity, line.Rate, line.Amount));
        Assert.Equal((CostStatus.Priced, expected), (receipt.Status, receipt.Total?.Amount));
        Assert.Equal(expected, estimator.Estimate("m", in usage).Total?.Amount);
        Assert.Equal(expected, estimator.Estimate("m", in usage).GetAmount(bucket));
    }

    // 1 + 2 + ... + n = n (n + 1) / 2
    [Fact]
    public void Explain_AllBuckets_AddUp()
    {
        TokenUsage usage = default;
        foreach (TokenBucket bucket in Enum.GetValues<TokenBucket>())
        {
            usage = usage.With(bucket, Million);
        }

        CostReceipt receipt = Cards.Model(Prices(Enum.GetValues<TokenBucket>())).Explain("m", in usage);

        decimal n = Enum.GetValues<TokenBucket>().Length;
        Assert.Equal(n * (n + 1) / 2, receipt.Total?.Amount);
        Assert.Equal(TokenBuckets.All.Select(row => row.Name), receipt.Lines.Select(line => line.Name));
    }

    [Theory]
    [MemberData(nameof(Buckets))]
    public void Estimate_BucketWithoutPrice_IsNamedAndNeverNothing(TokenBucket bucket)
    {
        TokenBucket other = bucket == TokenBucket.Input ? TokenBucket.Output : TokenBucket.Input;
        CostEstimator estimator = Cards.Model(Prices([.. Enum.GetValues<TokenBucket>().Where(one => one != bucket)]));

        CostEstimate alone = estimator.Estimate("m", default(TokenUsage).With(bucket, 1));
        CostEstimate partly = estimator.Estimate("m", default(TokenUsage).With(bucket, 1).With(other, Million));

        Assert.Equal((CostStatus.Unpriced, null), (alone.Status, alone.Total?.Amount));
        Assert.Equal((CostStatus.Partial, (int)other + 1), (partly.Status, partly.Total?.Amount));
        CostIssue issue = Assert.Single(partly.Issues);
        Assert.Equal((CostIssueKind.UnknownTokenPrice, bucket.ToString()), (issue.Kind, issue.Subject));
        Assert.StartsWith($"No price of 'm' for {bucket} tokens. Add '{bucket}' to its PerMillionTokens", issue.Message, StringComparison.Ordinal);
    }

    // A million at i + 1, of which a rule for this bucket alone charges three times.
    [Theory]
    [MemberData(nameof(Buckets))]
    public void Estimate_RuleForOneBucket_ChangesOnlyThatOne(TokenBucket bucket)
    {
        string rule = $$""", "Rules": [ { "Name": "r", "Multiply": 3, "On": [ "{{bucket}}" ] } ]""";
        CostEstimator estimator = Cards.Model(Prices(Enum.GetValues<TokenBucket>()) + rule);

        Assert.All(Enum.GetValues<TokenBucket>(), one =>
        {
            decimal factor = one == bucket ? 3 : 1;
            Assert.Equal(((int)one + 1) * factor, estimator.Estimate("m", default(TokenUsage).With(one, Million)).Total?.Amount);
        });
    }

    private static string Prices(TokenBucket[] buckets)
    {
        IEnumerable<string> prices = buckets.Select(bucket => string.Create(CultureInfo.InvariantCulture, $"\"{bucket}\": {(int)bucket + 1}"));
        return $$"""
            "PerMillionTokens": { {{string.Join(", ", prices)}} }
            """;
    }
}
