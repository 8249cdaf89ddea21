using System.Runtime.CompilerServices;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Rates.Resolution;

/// <summary>E1 and E2: ids that no provider writes take neither time nor memory that grows with them.</summary>
public sealed class OddIdTests
{
    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    [Fact]
    public void E1_LongerIdThan1024Characters_IsAnUnknownModel_ThatSaysSo()
    {
        CostEstimate estimate = Cards.Model(""" "PerMillionTokens": { "Input": 1 } """).Estimate(new string('x', 1_000_000), Million);

        Assert.Equal(CostStatus.Unpriced, estimate.Status);
        CostIssue issue = Assert.Single(estimate.Issues);
        Assert.Equal(CostIssueKind.UnknownModel, issue.Kind);
        Assert.Equal(new string('x', 64) + "...", issue.Subject);
        Assert.Equal(
            $"No price for model '{new string('x', 64)}...': it has 1000000 characters, and an id has at most 1024. Pass the id of the model alone.",
            issue.Message);
    }

    [Theory]
    [InlineData(1024, 1)]
    [InlineData(1025, 0)]
    public void E1_OtherForms_AreLookedForUpToTheLimit(int length, int calls)
    {
        PathNormalizer path = new();
        PriceIndex index = Indexes.Of("own: at a: m", settings: new PriceIndexSettings { Normalizers = [path] });

        index.Find("path/" + new string('x', length - 5), default);

        Assert.Equal(calls, path.Calls);
    }

    /// <summary>What someone lists, they get: the limit is on guessing.</summary>
    [Fact]
    public void E1_LongIdOfACardOrDeployment_IsFound()
    {
        string id = new('x', 256); // a card may have no longer one
        string deployment = new('d', 5_000);
        LlmCostModelOptions options = new();
        options.Deployments[deployment] = new ModelDeployment { Model = id };
        CostEstimator estimator = new(options, Cards.Parse($$"""{ "Currency": "USD", "Models": { "{{id}}": { "PerMillionTokens": { "Input": 1 } } } }"""));

        Assert.Equal(1, estimator.Estimate(id, Million).Total?.Amount);
        Assert.Equal(1, estimator.Estimate(deployment, Million).Total?.Amount);
    }

    /// <summary>A stream of ids with a long path each: what is remembered of them has an end.</summary>
    [Fact]
    public void E2_ManyOddIds_DoNotFillTheMemory()
    {
        PathNormalizer path = new()
        {
            Form = candidate => new ModelIdCandidate
            {
                ModelId = "m",
                Steps = [.. Enumerable.Range(0, 16).Select(step => $"step {step} of {candidate.ModelId}")],
            },
        };
        PriceIndex index = Indexes.Of("own: at a: m", settings: new PriceIndexSettings { Normalizers = [path] });
        List<WeakReference<string>> ids = [];
        for (int i = 0; i < 20_000; i++)
        {
            ids.Add(Ask(index, $"path/{i,200}", null));
            ids.Add(Ask(index, $"path/{i,200}", $"a{i % 16}"));
            ids.Add(Ask(index, $"path/{i,900}", null));
            ids.Add(Ask(index, i % 100 == 0 ? $"path/{i,30_000}" : $"odd/{i,200}", null));
        }

        GC.Collect();
        int kept = ids.Count(id => id.TryGetTarget(out _));
        GC.KeepAlive(index);
        Assert.InRange(kept, 1, 6_000); // 4 Mi characters, of which an id of 200 and its answer without any steps take over 700
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<string> Ask(PriceIndex index, string id, string? provider)
    {
        index.Find(id, new CallContext { Provider = provider });
        return new WeakReference<string>(id);
    }

    /// <summary>After any number of odd ids a usual one is worked out once again, and then remembered.</summary>
    [Fact]
    public void E2_AfterManyOddIds_AUsualOneIsRememberedAgain()
    {
        PathNormalizer path = new();
        PriceIndex index = Indexes.Of("own: at a: m", settings: new PriceIndexSettings { Normalizers = [path] });
        for (int i = 0; i < 20_000; i++)
        {
            index.Find($"path/{i}", default);
        }

        ResolvedModel first = index.Find("path/m", default);
        int calls = path.Calls;
        Assert.Same(first, index.Find("path/m", default));
        Assert.Equal(calls, path.Calls);
    }
}
