using System.Collections.Immutable;
using System.Reflection;

namespace LlmCostModel.Tests.Usage;

/// <summary>The table of buckets is whole, and everything that names buckets has all of them.</summary>
public class TokenBucketsTests
{
    public static TheoryData<TokenBucket> Buckets => [.. Enum.GetValues<TokenBucket>()];

    [Fact]
    public void All_HasEveryMemberOfTheEnumerationOnce() =>
        Assert.Equal(Enum.GetValues<TokenBucket>(), TokenBuckets.All.Select(row => row.Bucket).Order());

    [Theory]
    [MemberData(nameof(Buckets))]
    public void Of_EveryBucket_HasItsNamesAndASentence(TokenBucket bucket)
    {
        TokenBucketInfo row = TokenBuckets.Get(bucket);

        Assert.Equal(bucket.ToString(), row.Name);
        Assert.Equal(bucket.ToString(), row.ToString());
        Assert.Equal(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(bucket.ToString()), row.JsonName);
        Assert.Contains("tokens", row.Description, StringComparison.Ordinal);
        Assert.Single(TokenBuckets.All, other => other.Description == row.Description);
        Assert.NotEqual(bucket, row.BilledLike);
        Assert.True(TokenBuckets.TryParse(row.JsonName, out TokenBucket parsed));
        Assert.Equal(bucket, parsed);
        Assert.False(TokenBuckets.TryParse(((int)bucket).ToString(System.Globalization.CultureInfo.InvariantCulture), out _));
    }

    [Theory]
    [MemberData(nameof(Buckets))]
    public void EveryBucket_IsAPropertyOfUsageAndOfRates(TokenBucket bucket)
    {
        object usage = default(TokenUsage);
        Property(typeof(TokenUsage), bucket).SetValue(usage, 7L);
        Assert.Equal(default(TokenUsage).With(bucket, 7), usage);
        Assert.Equal(7L, Property(typeof(TokenUsage), bucket).GetValue(usage));

        TokenRates rates = new();
        Property(typeof(TokenRates), bucket).SetValue(rates, 7m);
        Assert.Equal(new TokenRates().With(bucket, 7), rates);
        Assert.Equal(7m, Property(typeof(TokenRates), bucket).GetValue(rates));
    }

    [Theory]
    [MemberData(nameof(Buckets))]
    public void EveryBucket_IsInExactlyOneSum(TokenBucket bucket)
    {
        TokenUsage one = default(TokenUsage).With(bucket, 1);

        Assert.Equal(1, one.FreshInput + one.TotalCacheRead + one.TotalCacheWrite + one.TotalOutput);
        Assert.Equal(one.TotalInput, one.FreshInput + one.TotalCacheRead + one.TotalCacheWrite);
        Assert.Equal($"{bucket} 1", one.ToString());
    }

    [Theory]
    [InlineData(TokenBucket.CacheRead, TokenBucket.Input)]
    [InlineData(TokenBucket.AudioCacheRead, TokenBucket.AudioInput)]
    [InlineData(TokenBucket.ImageCacheRead, TokenBucket.ImageInput)]
    [InlineData(TokenBucket.VideoCacheRead, TokenBucket.VideoInput)]
    [InlineData(TokenBucket.CacheWrite, TokenBucket.Input)]
    [InlineData(TokenBucket.CacheWrite12h, TokenBucket.Input)]
    [InlineData(TokenBucket.Input, TokenBucket.Input)]
    [InlineData(TokenBucket.Reasoning, TokenBucket.Reasoning)]
    public void Uncached_IsTheBucketWithoutACache(TokenBucket bucket, TokenBucket uncached)
    {
        Assert.Equal(uncached, TokenBuckets.Get(bucket).Uncached);
        Assert.Equal(default(TokenUsage).With(uncached, 3), default(TokenUsage).With(bucket, 3).WithoutCache());
    }

    [Fact]
    public void CacheWrites_HaveTimesOfTheirOwn()
    {
        TokenBucketInfo[] writes = [.. TokenBuckets.CacheWrites.Select(TokenBuckets.Get)];

        Assert.Equal(
            ["CacheWrite ", "CacheWrite5m 00:05:00", "CacheWrite30m 00:30:00", "CacheWrite1h 01:00:00", "CacheWrite12h 12:00:00"],
            writes.Select(row => $"{row.Name} {row.TimeToLive}"));
        Assert.All(writes, row => Assert.Equal((TokenSide.Input, TokenModality.Text, CacheRole.Write), (row.Side, row.Modality, row.CacheRole)));
    }

    [Fact]
    public void Index_BucketWithoutRow_Throws()
    {
        ImmutableArray<TokenBucketInfo> rows = TokenBuckets.All.Remove(TokenBuckets.Get(TokenBucket.VideoOutput));

        Assert.Equal(
            "TokenBucket.VideoOutput has the value 16 and 0 rows in TokenBuckets.All. Number the members from 0 and give each one row.",
            Assert.Throws<InvalidOperationException>(() => TokenBuckets.Index(rows)).Message);
    }

    [Fact]
    public void Index_BucketWithTwoRows_Throws()
    {
        ImmutableArray<TokenBucketInfo> rows = TokenBuckets.All.Add(TokenBuckets.Get(TokenBucket.CacheRead));

        Assert.Equal(
            "TokenBucket.CacheRead has the value 1 and 2 rows in TokenBuckets.All. Number the members from 0 and give each one row.",
            Assert.Throws<InvalidOperationException>(() => TokenBuckets.Index(rows)).Message);
    }

    private static PropertyInfo Property(Type type, TokenBucket bucket) =>
        type.GetProperty(bucket.ToString()) ?? throw new InvalidOperationException($"{type.Name} has no property {bucket}.");
}
