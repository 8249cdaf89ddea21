using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

/// <summary>The total alone is that of the estimate, or there is none; and versions begin and end where they say.</summary>
public class TotalAloneTests
{
    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    private static readonly CostEstimator Estimator = Cards.Estimator("""
        { "Provider": "h", "Currency": "USD", "Models": {
          "fine": { "PerMillionTokens": { "Input": 8.333333333333334e-2, "Output": 60 } },
          "charged": { "PerMillionTokens": { "Input": 1 }, "PerMeter": { "Request": 0.5 } },
          "dated": { "Versions": [
            { "From": "2025-01-01", "Until": "2025-02-01", "PerMillionTokens": { "Input": 1 } },
            { "From": "2025-03-01", "PerMillionTokens": { "Input": 2 } },
            { "From": "2025-04-01", "PerMillionTokens": { "Input": 3 } },
            { "From": "2025-05-01", "Status": "announced", "PerMillionTokens": { "Input": 4 } } ] } } }
        """);

    /// <summary>From is inclusive, until exclusive; an announced version applies only when asked for.</summary>
    /// <summary>The sum of the counts is more than a number of 64 bits holds; what is missing is said all the same.</summary>
    [Fact]
    public void Issues_OfCountsWhoseSumOverflows_AreWritten()
    {
        CostEstimate estimate = Cards.Model("\"PerMillionTokens\": { \"Input\": 1 }")
            .Estimate("m", new TokenUsage { Input = 1_000_000, CacheRead = long.MaxValue, CacheWrite5m = long.MaxValue });

        Assert.Equal((CostStatus.Partial, "1 USD"), (estimate.Status, estimate.Total.ToString()));
        Assert.Equal(["CacheRead", "CacheWrite5m"], estimate.Issues.Select(issue => issue.Subject));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)] // as many as are compared at once
    [InlineData(9)]
    [InlineData(40)]
    public void TryGetTotal_ManyVersions_FindsTheOneInForceToTheTick(int count)
    {
        // Version n costs n and holds from the n-th of January 2020, in days, until the next one; the last one ends a day after its beginning.
        string versions = string.Join(", ", Enumerable.Range(1, count).Select(n => FormattableString.Invariant(
            $$"""{ "From": "{{Begin(n):yyyy-MM-dd}}T00:00:00Z", {{(n == count ? $"\"Until\": \"{Begin(n + 1):yyyy-MM-dd}T00:00:00Z\"," : "")}} "PerMillionTokens": { "Input": {{n}} } }""")));
        PricedModel model = Cards.Model($"\"Versions\": [ {versions} ]").GetModel("m");
        TokenUsage million = new() { Input = 1_000_000 };

        Assert.False(model.TryGetTotal(in million, new CallContext { At = Begin(1).AddTicks(-1) }, out _));
        for (int n = 1; n <= count; n++)
        {
            Assert.True(model.TryGetTotal(in million, new CallContext { At = Begin(n) }, out decimal first));
            Assert.True(model.TryGetTotal(in million, new CallContext { At = Begin(n + 1).AddTicks(-1) }, out decimal last));
            Assert.Equal((n, n), (first, last));
        }

        Assert.False(model.TryGetTotal(in million, new CallContext { At = Begin(count + 1) }, out _));

        static DateTimeOffset Begin(int n) => new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(n - 1);
    }

    [Theory]
    [InlineData("2024-12-31T23:59:59.9999999Z", false, null)]
    [InlineData("2025-01-01T00:00:00Z", false, 1)]
    [InlineData("2025-01-01T01:00:00+01:00", false, 1)]
    [InlineData("2025-01-31T23:59:59.9999999Z", false, 1)]
    [InlineData("2025-02-01T00:00:00Z", false, null)]
    [InlineData("2025-02-28T23:59:59.9999999Z", false, null)]
    [InlineData("2025-03-01T00:00:00Z", false, 2)]
    [InlineData("2025-03-31T23:59:59.9999999Z", false, 2)]
    [InlineData("2025-04-01T00:00:00Z", false, 3)]
    [InlineData("2025-05-01T00:00:00Z", false, 3)]
    [InlineData("2025-04-30T23:59:59.9999999Z", true, 3)]
    [InlineData("2025-05-01T00:00:00Z", true, 4)]
    [InlineData("9999-12-31T23:59:59Z", true, 4)]
    [InlineData("0001-01-01T00:00:00Z", true, null)]
    public void TryGetTotal_AtAnEdgeOfAVersion_HasItsPrice(string at, bool includeAnnounced, int? expected)
    {
        CallContext context = new() { At = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), IncludeAnnounced = includeAnnounced };

        Assert.Equal(expected is not null, Estimator.GetModel("dated").TryGetTotal(Million, context, out decimal total));
        Assert.Equal(expected ?? 0, total);
        Assert.Equal(expected, Estimator.Estimate("dated", Million, context).Total?.Amount);
    }

    /// <summary>3 x 0.00000008333333333333334 = 0.00000025000000000000002: a price of 16 digits, beyond the factors of 32 bits.</summary>
    [Fact]
    public void TryGetTotal_FinePrice_IsExact()
    {
        Assert.True(Estimator.TryGetTotal("fine", new TokenUsage { Input = 3 }, default, out decimal total));
        Assert.Equal(0.00000025000000000000002m, total);

        // 5,000,000,000 x 0.00006 = 300,000: a count of more than 32 bits.
        Assert.True(Estimator.TryGetTotal("fine", new TokenUsage { Output = 5_000_000_000 }, default, out total));
        Assert.Equal(300_000m, total);

        // 4,294,967,295 x 0.00006 = 257,698.0377, and one more: the largest count of 32 bits, and the smallest beyond.
        Assert.Equal(257_698.0377m, Cards.Model("\"PerMillionTokens\": { \"Output\": 60 }").Estimate("m", new TokenUsage { Output = uint.MaxValue }).Total?.Amount);
        Assert.Equal(257_698.03776m, Cards.Model("\"PerMillionTokens\": { \"Output\": 60 }").Estimate("m", new TokenUsage { Output = uint.MaxValue + 1L }).Total?.Amount);
    }

    [Fact]
    public void TryGetTotal_PriceOfTheRequest_IsIncluded()
    {
        Assert.True(Estimator.GetModel("charged").TryGetTotal(Million, out decimal total));
        Assert.Equal(1.5m, total); // 1,000,000 x 1 / 1,000,000 + 0.5
    }

    /// <summary>Strictness is for those who want an exception; this way says no.</summary>
    [Fact]
    public void TryGetTotal_Strict_ReturnsFalse()
    {
        LlmCostModelOptions options = new() { Strict = true };
        options.AddJson("""{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1 } } } }"""u8.ToArray(), "test.json");
        CostEstimator estimator = new(options);
        TokenUsage partial = new() { Input = 1, Output = 1 };

        Assert.False(estimator.TryGetTotal("m", partial, default, out decimal total));
        Assert.Equal(0, total);
        Assert.False(estimator.TryGetTotal("unknown", partial, default, out _));
        Assert.False(estimator.GetModel("m").TryGetTotal(Million, new CallContext { Tier = "flex" }, out _));
        Assert.Throws<UnpricedException>(() => estimator.Estimate("m", partial));
    }

    [Fact]
    public void TryGetTotal_BeyondDecimal_Throws() => Assert.Throws<OverflowException>(
        () => Cards.Model("\"PerMillionTokens\": { \"Input\": 123.456789013 }").TryGetTotal("m", new TokenUsage { Input = long.MaxValue }, default, out _));
}
