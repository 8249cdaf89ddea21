using System.Runtime.CompilerServices;

namespace LlmCostModel.Catalog.Tests.Ids;

/// <summary>E1: an id that repeats a path again and again is answered in about the time and memory of any other.</summary>
public sealed class RepeatedPathTests
{
    private static readonly CostEstimator Estimator = BuiltInCatalog.CreateEstimator();

    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    /// <summary>The findings were 605 MB for 3,600 times <c>openrouter/</c>, and a minute and more for 95,000 times.</summary>
    [Theory]
    [InlineData("openrouter/", 3_600)]
    [InlineData("models/", 2_900)]
    [InlineData("openrouter/", 95_000)]
    [InlineData("openrouter/", 90)]
    [InlineData("models/", 140)]
    [InlineData("vertex_ai/groq/", 60)]
    [InlineData("bedrock/us-east-1/", 50)]
    public void E1_RepeatedPath_TakesLittle(string part, int times)
    {
        string id = string.Concat(Enumerable.Repeat(part, times));
        Estimator.Estimate(id + "warm", Million);
        long before = GC.GetAllocatedBytesForCurrentThread();

        CostEstimate estimate = Estimator.Estimate(id + "m", Million);

        Assert.Equal(CostStatus.Unpriced, estimate.Status);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
        Assert.InRange(BuiltInCatalog.IdRules.Normalize(id, null, default).Count(), 0, 64);
        BuiltInCatalog.IdRules.Explain(id, null);
    }

    /// <summary>What gateways really chain has few parts.</summary>
    [Theory]
    [InlineData("openrouter/openai/gpt-4o")]
    [InlineData("models/models/models/models/gemini-2.5-pro")]
    public void E1_AFewParts_AreReadAsBefore(string id) =>
        Assert.Equal(CostStatus.Priced, Estimator.Estimate(id, Million).Status);

    /// <summary>Projects of Vertex AI with 50,000 characters each kept 783 MB.</summary>
    [Fact]
    public void E2_IdsWithHugeProjects_AreNotKept()
    {
        CostEstimator estimator = BuiltInCatalog.CreateEstimator();
        WeakReference<string>[] ids = [.. Enumerable.Range(0, 500).Select(i => Ask(estimator, i))];

        GC.Collect();
        int kept = ids.Count(id => id.TryGetTarget(out _));
        GC.KeepAlive(estimator);
        Assert.InRange(kept, 0, 5); // the last may still be in a register
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<string> Ask(CostEstimator estimator, int i)
    {
        string id = $"projects/{new string('p', 50_000)}{i}/locations/us/publishers/google/models/gemini-2.5-pro";
        estimator.Estimate(id, Million);
        return new WeakReference<string>(id);
    }
}
