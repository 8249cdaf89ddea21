namespace LlmCostModel.Planning.Tests.Fitting;

/// <summary>The memory of a fit follows models and days, and not calls. It is measured alone: what other tests keep meanwhile counts for
/// the whole process.</summary>
[CollectionDefinition(nameof(LogFitterMemoryTests), DisableParallelization = true)]
[Collection(nameof(LogFitterMemoryTests))]
public sealed class LogFitterMemoryTests
{
    [Fact]
    public void Add_TenTimesTheCalls_TakesNoMoreMemory()
    {
        LogFitter fitter = new(LogBuilder.Estimator);
        long few = Fill(fitter, 20_000), many = Fill(fitter, 200_000);

        // A byte and a half for each further call would be as much.
        Assert.True(many - few < 300_000, $"{many - few} bytes more after ten times the calls");
        GC.KeepAlive(fitter);
    }

    private static long Fill(LogFitter fitter, int calls)
    {
        DateTimeOffset first = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
        for (int call = 0; call < calls; call++)
        {
            ModelCall made = ModelCall.FromUsage("large", new() { Input = 600, CacheRead = 400, Output = 250 });
            fitter.Add(made with { At = first.AddMinutes(call % (1440 * 28)) }, $"session {call / 5}");
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
