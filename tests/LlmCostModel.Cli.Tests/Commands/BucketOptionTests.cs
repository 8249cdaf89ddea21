using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Cli.Tests;

/// <summary>Every bucket of the enumeration can be given as an option and as a key of a usage record, and comes out by its name.</summary>
public sealed class BucketOptionTests : IDisposable
{
    private readonly CliRunner _cli = new();
    private readonly string _rates;

    // The bucket of value i costs i + 1 USD per million tokens.
    public BucketOptionTests()
    {
        IEnumerable<string> prices = Enum.GetValues<TokenBucket>().Select(bucket => string.Create(CultureInfo.InvariantCulture, $"\"{bucket}\": {(int)bucket + 1}"));
        _rates = _cli.Write("rates.json", $$"""{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { {{string.Join(", ", prices)}} } } } }""");
    }

    public static TheoryData<TokenBucket> Buckets => [.. Enum.GetValues<TokenBucket>()];

    public void Dispose() => _cli.Dispose();

    [Theory]
    [MemberData(nameof(Buckets))]
    public void Estimate_OptionOfABucket_IsItsPrice(TokenBucket bucket)
    {
        string option = Options.UsageOptions.NameOf(TokenBuckets.Get(bucket));

        CliResult result = CliRunner.Run("estimate", "m", option, "1_000_000", "--rates", _rates, "--no-catalog");

        Assert.Equal(((int)bucket + 1).ToString(CultureInfo.InvariantCulture), result.Json.GetProperty("total").GetString());
        JsonElement line = Assert.Single(result.Json.GetProperty("lines").EnumerateArray());
        Assert.Equal(TokenBuckets.Get(bucket).JsonName, line.GetProperty("bucket").GetString());
        Assert.Contains(TokenBuckets.Get(bucket).Description, CliRunner.Run("estimate", "--help").Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TokenBucket.Input, "--input")]
    [InlineData(TokenBucket.CacheWrite5m, "--cache-write-5m")]
    [InlineData(TokenBucket.CacheWrite12h, "--cache-write-12h")]
    [InlineData(TokenBucket.AudioCacheRead, "--audio-cache-read")]
    public void NameOf_ABucket_IsInKebabCase(TokenBucket bucket, string option) => Assert.Equal(option, Options.UsageOptions.NameOf(TokenBuckets.Get(bucket)));

    [Theory]
    [MemberData(nameof(Buckets))]
    public void Price_KeyOfABucket_IsItsPrice(TokenBucket bucket)
    {
        string record = $$"""{ "model": "m", "usage": { "{{TokenBuckets.Get(bucket).JsonName}}": 1000000 } }""";

        CliResult result = CliRunner.RunWith(record, "price", "-", "--rates", _rates, "--no-catalog");

        Assert.True(result.Code == 0, result.Error);
        Assert.Contains($"\"{((int)bucket + 1).ToString(CultureInfo.InvariantCulture)}\"", result.Output, StringComparison.Ordinal);
    }
}
