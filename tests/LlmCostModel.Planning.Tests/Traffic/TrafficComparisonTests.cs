using System.Collections.Immutable;
using System.Text;

namespace LlmCostModel.Planning.Tests.Traffic;

public sealed class TrafficComparisonTests
{
    private static readonly DateTimeOffset December = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Input 1, read 0.1, written 1.25, output 5 a million; the strong model ten times that.</summary>
    private static readonly CostEstimator Acme = new(Prices.Card(
        "acme",
        ("small", new() { Input = 1, CacheRead = 0.1m, CacheWrite5m = 1.25m, Output = 5 }),
        ("large", new() { Input = 10, CacheRead = 1, CacheWrite5m = 12.5m, Output = 50 })));

    private static readonly ConversationTraffic Chat = new()
    {
        Start = December,
        Conversations = 10_000,
        Turns = 3,
        UserTokens = 50,
        Roles = [new() { Name = "chat", SystemTokens = 1_000, OutputTokens = 200 }],
        SampledConversations = 200,
    };

    /// <summary>
    /// Without a cache a conversation has 1,050 + 1,300 + 1,550 = 3,900 prompt tokens and 600 of output: 0.0039 + 0.003 = 0.0069, and a
    /// month 69. All conversations are alike, so the sample has no error.
    /// </summary>
    [Fact]
    public void Compare_AlikeConversations_IsThePriceWorkedOutByHand()
    {
        TrafficCost cost = TrafficComparison.Compare(Acme, Chat, new WorkloadCandidate { Model = "small" })[0];

        Assert.Equal(CostStatus.Priced, cost.Status);
        Assert.Equal(0.0069m, cost.PerConversation!.Value.Amount);
        Assert.Equal(69m, cost.PerMonth!.Value.Amount);
        Assert.Equal(0, cost.SamplingError!.Value, 1e-9);
        Assert.Equal(0.0069m * cost.Conversations, cost.Sampled!.Value.Amount);
        Assert.Equal(3 * cost.Conversations, cost.Roles[0].Cost.Totals.Requests);
    }

    /// <summary>Cheapest first, with the ratio: the large model costs ten times as much in every part.</summary>
    [Fact]
    public void Compare_Candidates_AreRanked()
    {
        TrafficCost[] costs =
        [
            .. TrafficComparison.Compare(
                Acme,
                Chat,
                new WorkloadCandidate { Model = "large" },
                new WorkloadCandidate { Model = "small" },
                new WorkloadCandidate { Model = "small", Cache = CachePolicies.Anthropic5m with { MinimumTokens = 0 }, Label = "cached" }),
        ];

        Assert.Equal(["cached", "small", "large"], costs.Select(cost => cost.Candidate.Name));
        Assert.Equal(10m, costs[2].Sampled!.Value.Amount / costs[1].Sampled!.Value.Amount);
        Assert.Equal(1m, costs[0].Ratio);
    }

    /// <summary>
    /// An architect at the large model (as above, 0.069 a conversation) and an editor at the small one, three times 400 + 200 tokens in and
    /// 100 out: 0.0018 + 0.0015 = 0.0033. Together 0.0723.
    /// </summary>
    [Fact]
    public void Compare_SeveralModelsInOneTask_AreAdded()
    {
        TrafficRole editor = new() { Name = "editor", Follows = "chat", Reads = RoleInput.Answer, SystemTokens = 400, OutputTokens = 100 };
        TrafficCandidate both = new() { Default = new() { Model = "small" }, Roles = new Dictionary<string, WorkloadCandidate> { ["chat"] = new() { Model = "large" } }.ToImmutableSortedDictionary() };

        TrafficCost cost = TrafficComparison.Compare(Acme, Chat with { Roles = [Chat.Roles[0], editor] }, both)[0];

        Assert.Equal(0.0723m, cost.PerConversation!.Value.Amount);
        Assert.Equal(["large", "small"], cost.Roles.Select(role => role.Cost.Candidate.Model));
        Assert.Equal("small + large", cost.Candidate.Name);
    }

    /// <summary>A forecast of the lines costs what the month costs, whatever the cache and its writes: the means are the same.</summary>
    [Theory]
    [InlineData(false, RetrievedPlace.AfterHistory)]
    [InlineData(false, RetrievedPlace.Kept)]
    [InlineData(true, RetrievedPlace.AfterHistory)]
    [InlineData(true, RetrievedPlace.BeforeHistory)]
    public void Lines_OfTraffic_ForecastTheSameMonth(bool isAutomatic, RetrievedPlace place)
    {
        ConversationTraffic traffic = Chat with
        {
            Turns = Varying.Geometric(4),
            Roles = [Chat.Roles[0] with { RetrievedTokens = Varying.Uniform(100, 900), Retrieved = place }],
            SampledConversations = 2_000,
        };
        EntryCachePolicy policy = CachePolicies.Anthropic5m with { MinimumTokens = 0, AutomaticBreakpoint = isAutomatic };

        TrafficCost cost = TrafficComparison.Compare(Acme, traffic, new WorkloadCandidate { Model = "small", Cache = policy })[0];
        Forecast forecast = Forecaster.Run(Acme, new ForecastPlan { Start = December, Months = 1, Lines = cost.ToForecastLines(), Samples = 1_000 });

        double month = (double)cost.PerMonth!.Value.Amount;
        Assert.InRange((double)forecast.Total.Mean, month * 0.998, month * 1.002);
        Assert.InRange(cost.SamplingError!.Value, 0.005, 0.05);
    }

    /// <summary>Growth and bursts are those of the line that is given; the requests keep the uncertainty of the conversations.</summary>
    [Fact]
    public void Lines_OfUncertainTraffic_KeepWhatIsGiven()
    {
        TrafficCost cost = TrafficComparison.Compare(
            Acme, Chat with { Conversations = Uncertain.Between(8_000, 20_000) }, new WorkloadCandidate { Model = "small" })[0];

        ForecastLine line = cost.ToForecastLines(new ForecastLine { Model = "", Requests = 0, PromptTokens = 0, Growth = 0.05, RetryRate = 0.01 })[0];

        Assert.Equal(Uncertain.Between(8_000, 20_000).Times(3), line.Requests); // three requests a conversation
        Assert.Equal(1_300, line.PromptTokens.Exact);
        Assert.Equal((Uncertain)0.05, line.Growth);
        Assert.Equal((Uncertain)0.01, line.RetryRate);
    }

    /// <summary>What is drawn stands for endless conversations: of 40 samples, the true mean lies within twice the stated error in most.</summary>
    [Fact]
    public void SamplingError_OfManySeeds_IsTheSpreadOfTheirMeans()
    {
        TrafficCost[] costs =
        [
            .. Enumerable.Range(0, 40).Select(seed => TrafficComparison.Compare(
                Acme, Chat with { Turns = Varying.Geometric(4), SampledConversations = 300, Seed = seed }, new WorkloadCandidate { Model = "small" })[0]),
        ];

        // By hand: E[T] = 4, E[T (T - 1)] / 2 = (1 - p) / p^2 = 12: 4 x 1,050 + 12 x 250 = 7,200 in, 800 out: 0.0072 + 0.004 = 0.0112.
        int covered = costs.Count(cost => Math.Abs((double)cost.PerConversation!.Value.Amount - 0.0112) <= 2 * cost.SamplingError!.Value * 0.0112);
        Assert.InRange(covered, 34, 40);
    }

    [Fact]
    public void Compare_WhatCannotBe_IsRefused()
    {
        TrafficCandidate none = new() { Label = "none" };
        ArgumentException error = Assert.Throws<ArgumentException>(() => TrafficComparison.Compare(Acme, Chat, none));
        Assert.StartsWith("'none' has no model for the role 'chat'. Name one, or a model for all.", error.Message, StringComparison.Ordinal);

        ConversationTraffic rare = Chat with { Conversations = 0.0001 };
        error = Assert.Throws<ArgumentException>(() => TrafficComparison.Compare(Acme, rare, new WorkloadCandidate { Model = "small" }));
        Assert.StartsWith("No conversation was drawn in 52 weeks:", error.Message, StringComparison.Ordinal);
    }

    /// <summary>What a file says is what the types have.</summary>
    [Fact]
    public void File_WithTraffic_IsRead()
    {
        WorkloadFile file = Read("""
            { "traffic": { "start": "2026-12-01", "conversations": "20k", "turns": { "mean": 4 }, "gap": { "median": "1m", "p95": "10m" }, "userTokens": { "observations": [ 10, 20 ] },
                "profile": { "timeZone": "Europe/Berlin" }, "sample": 500, "seed": 3,
                "roles": {
                  "plan": { "systemTokens": "4k", "retrievedTokens": 3000, "retrieved": "beforeHistory", "toolCalls": 2.5, "step": "3s", "compactAt": "100k", "compactTo": 2000, "resendsReasoning": true },
                  "edit": { "follows": "plan", "probability": "20%", "reads": "answer", "outputTokens": { "mean": 300, "variation": 0.5 } } } },
              "candidates": [ { "label": "both", "model": "small", "roles": { "plan": { "model": "large", "cache": "anthropic-5m" } } }, { "model": "small" } ],
              "forecast": { "candidate": "both", "months": 6, "growth": "5%", "budget": 900 } }
            """);

        ConversationTraffic traffic = file.Traffic!;
        Assert.Equal((20_000, Varying.Geometric(4), Varying.FromMedian(60, 600), Varying.OneOf([10, 20])), (traffic.Conversations.Exact, traffic.Turns, traffic.GapSeconds, traffic.UserTokens));
        Assert.Equal(("Europe/Berlin", 500, 3, December), (traffic.Profile.TimeZone.Id, traffic.SampledConversations, traffic.Seed, traffic.Start));
        Assert.Equal(
            new TrafficRole
            {
                Name = "plan",
                SystemTokens = 4_000,
                RetrievedTokens = 3_000,
                Retrieved = RetrievedPlace.BeforeHistory,
                ToolCalls = 2.5,
                StepSeconds = 3,
                CompactAt = 100_000,
                CompactTo = 2_000,
                ResendsReasoning = true,
            },
            traffic.Roles[0]);
        Assert.Equal(
            new TrafficRole { Name = "edit", Follows = "plan", Probability = 0.2, Reads = RoleInput.Answer, OutputTokens = Varying.FromMean(300, 0.5) },
            traffic.Roles[1]);
        Assert.Equal(("large", "small"), (file.TrafficCandidates[0].GetModel("plan").Model, file.TrafficCandidates[0].GetModel("edit").Model));
        Assert.Equal(("both", 6, December, 900m, 0.05), (file.TrafficForecast!.Candidate.Label, file.TrafficForecast.Plan.Months, file.TrafficForecast.Plan.Start, file.TrafficForecast.Plan.Budget, file.TrafficForecast.Plan.Lines[0].Growth.Exact));
    }

    /// <summary>Every mistake is told, with its path, all at once.</summary>
    [Fact]
    public void File_WithMistakes_TellsThemAll()
    {
        WorkloadException error = Assert.Throws<WorkloadException>(() => Read("""
            { "traffic": { "conversations": -5, "turns": { "mean": 9000 }, "gap": 90, "tunrs": 4, "userTokens": { "p5": 10 },
                "roles": { "plan": { "systemTokens": -1, "toolCalls": "many", "compactAt": 5 }, "edit": { "reads": "answers", "probability": 7, "step": "soon" } } },
              "calls": [ { "input": 5 } ],
              "candidates": [ { "roles": { "plan": { "model": "small" }, "editor": { "model": "small" } } } ],
              "forecast": { "candidate": "other", "promptTokens": 5, "growth": 5 } }
            """));

        string[] paths =
        [
            "workload:traffic:start", "workload:traffic:conversations", "workload:traffic:turns", "workload:traffic:gap", "workload:traffic:tunrs",
            "workload:traffic:userTokens", "workload:traffic:roles:plan:systemTokens", "workload:traffic:roles:plan:toolCalls",
            "workload:traffic:roles:plan:compactTo", "workload:traffic:roles:edit:reads", "workload:traffic:roles:edit:probability",
            "workload:traffic:roles:edit:step", "workload:traffic:roles", "workload:calls", "workload:forecast:candidate", "workload:forecast:promptTokens", "workload:forecast:growth",
        ];
        string[] missing = [.. paths.Where(path => !error.Message.Contains(path + ":", StringComparison.Ordinal))];
        Assert.True(missing.Length == 0, string.Join(' ', missing) + "\n" + error.Message);
    }

    /// <summary>A candidate names the roles of the traffic, and all of them unless it has a model for the rest.</summary>
    [Fact]
    public void Candidates_OfOtherRoles_AreTold()
    {
        WorkloadException error = Assert.Throws<WorkloadException>(() => Read("""
            { "traffic": { "start": "2026-12-01", "conversations": 5, "roles": { "plan": {}, "edit": { "follows": "plan" } } },
              "candidates": [ { "roles": { "plan": { "model": "small" }, "editor": { "model": "small" } } }, { "cache": "auto", "roles": { "plan": { "model": "x" } } } ] }
            """));

        Assert.Equal(
            """
            workload:candidates:0:roles:editor: is not a role of the traffic. Its roles: plan, edit.
            workload:candidates:0:roles:edit: is missing. Name the model of this role, or give the candidate a model for all.
            workload:candidates:1:cache: the name 'cache' is not known. Known here: label, roles.
            workload:candidates:1:roles:edit: is missing. Name the model of this role, or give the candidate a model for all.
            """.ReplaceLineEndings("\n"),
            error.Message);
    }

    private static WorkloadFile Read(string json) => WorkloadFile.Read(Encoding.UTF8.GetBytes(json), _ => []);
}
