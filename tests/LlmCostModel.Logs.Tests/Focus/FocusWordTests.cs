using LlmCostModel.Catalog;

namespace LlmCostModel.Logs.Tests.Focus;

/// <summary>What FOCUS calls tokens, meters, units and providers.</summary>
public class FocusWordTests
{
    [Theory]
    [InlineData(TokenBucket.Input, "Input Tokens", "input")]
    [InlineData(TokenBucket.CacheRead, "Cache Read Input Tokens", "cache-read")]
    [InlineData(TokenBucket.CacheWrite, "Cache Write Input Tokens", "cache-write")]
    [InlineData(TokenBucket.CacheWrite5m, "Cache Write Input Tokens (5m)", "cache-write-5m")]
    [InlineData(TokenBucket.AudioCacheRead, "Cache Read Audio Input Tokens", "audio-cache-read")]
    [InlineData(TokenBucket.Output, "Output Tokens", "output")]
    [InlineData(TokenBucket.Reasoning, "Reasoning Output Tokens", "reasoning")]
    [InlineData(TokenBucket.VideoOutput, "Video Output Tokens", "video-output")]
    public void Bucket_HasAMeterAndASlug(TokenBucket bucket, string meter, string slug)
    {
        string name = TokenBuckets.Get(bucket).Name;

        Assert.Equal((meter, slug), (FocusWords.MeterOf(Line(name, bucket)), FocusWords.SlugOf(name)));
    }

    [Fact]
    public void Buckets_HaveMetersOfTheirOwn() =>
        Assert.Equal(TokenBuckets.All.Length, TokenBuckets.All.Select(row => FocusWords.MeterOf(Line(row.Name, row.Bucket))).Distinct().Count());

    [Theory]
    [InlineData("token", "Tokens")]
    [InlineData("call", "Requests")]
    [InlineData("Request", "Requests")]
    [InlineData("WebSearch", "Searches")]
    [InlineData("cacheStorageTokenSecond", "Token-Seconds")]
    [InlineData("SearchQuery", "Queries")]
    [InlineData("AudioInputSecond", "Seconds")]
    [InlineData("CacheStorageTokenSecond", "Token-Seconds")]
    [InlineData("GigabyteSecond", "GB-Seconds")]
    [InlineData("VcpuSecond", "Core-Seconds")]
    [InlineData("MemoryRecordMonth", "Record-Months")]
    [InlineData("FileSearchCall", "Requests")]
    [InlineData("Pages_read", "Reads")]
    public void Unit_IsInThePlural(string unit, string units) => Assert.Equal(units, FocusWords.UnitsOf(unit));

    /// <summary>A provider of the catalog has a name that people know, and a service.</summary>
    [Fact]
    public void Providers_OfTheCatalog_HaveNames()
    {
        string[] providers = [.. BuiltInCatalog.CreateEstimator().RateCards.Select(card => card.Provider!).Distinct()];

        Assert.InRange(providers.Length, 20, 200);
        Assert.DoesNotContain(providers, provider => !FocusProviders.Knows(provider));
        Assert.Equal(("acme", "acme API"), (FocusProviders.NameOf("acme"), FocusProviders.ServiceOf("acme")));
        Assert.Equal(("AWS", "Amazon Bedrock"), (FocusProviders.NameOf("bedrock"), FocusProviders.ServiceOf("bedrock")));
    }

    private static ReceiptLine Line(string name, TokenBucket? bucket) =>
        new() { Name = name, Bucket = bucket, Quantity = 1, Unit = "token", Rate = 1, Per = 1, Amount = 1, RateCard = "card" };
}
