using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Compilation;

/// <summary>Which version is in force, for every number of versions up to twice as many as are compared at once.</summary>
public sealed class VersionsInTimeTests
{
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    public static TheoryData<int> Counts => [.. Enumerable.Range(1, 17)];

    /// <summary>Every version lasts for half of its day; the first has no beginning.</summary>
    [Theory]
    [MemberData(nameof(Counts))]
    public void Find_AfterTheEndOfAVersion_IsNone(int count)
    {
        CostEstimator estimator = Make(Enumerable.Range(0, count).Select(i => Version(i, i + 0.5) with { From = i == 0 ? null : Start.AddDays(i) }));

        Assert.Equal(1, PriceAt(estimator, DateTimeOffset.MinValue).Total?.Amount);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(i + 1, PriceAt(estimator, Start.AddDays(i + 0.5).AddTicks(-1)).Total?.Amount);
            Assert.Equal(CostStatus.Unpriced, PriceAt(estimator, Start.AddDays(i + 0.5)).Status);
        }
    }

    private static PriceVersion Version(int day, double? untilDay) => new()
    {
        From = Start.AddDays(day),
        Until = untilDay is { } until ? Start.AddDays(until) : null,
        PerMillionTokens = new TokenRates { Input = day + 1 },
    };

    /// <summary>Versions in any order: the last is listed first.</summary>
    private static CostEstimator Make(IEnumerable<PriceVersion> versions) =>
        new(new RateCard { Name = "card", Currency = "USD", Models = [new ModelPricing { Id = "m", Versions = [.. versions.Reverse()] }] });

    private static CostEstimate PriceAt(CostEstimator estimator, DateTimeOffset at) => estimator.Estimate("m", Million, new CallContext { At = at });
}
