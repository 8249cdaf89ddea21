using CsCheck;
using LlmCostModel.TestData;

namespace LlmCostModel.Planning.Tests.Traffic;

public sealed class ConversationTrafficTests
{
    private static readonly DateTimeOffset December = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TrafficRole Chat = new() { Name = "chat", SystemTokens = 1_000, OutputTokens = 200 };

    private static ConversationTraffic TrafficOf(params TrafficRole[] roles) => new()
    {
        Start = December,
        Conversations = 100,
        Turns = 3,
        UserTokens = 50,
        Roles = [.. roles],
    };

    /// <summary>The prompts of a conversation and what a cache without limits reads of them, a pair per request.</summary>
    private static (long Prompt, long Read)[] Play(ConversationTraffic traffic, long conversation, string? role = null)
    {
        CacheSimulator cache = new(CachePolicies.Unlimited);
        return
        [
            .. traffic.CreateRequests()
                .Where(request => role is null || request.Role == role)
                .Select(request => (request.Conversation, Usage: cache.Send(request.Request)))
                .Where(sent => sent.Conversation == conversation)
                .Select(sent => (sent.Usage.TotalInput, sent.Usage.TotalCacheRead)),
        ];
    }

    /// <summary>
    /// Two conversations of three turns, by hand. The first prompt is 1,000 of instructions and 50 of the user; each turn adds 200 of the
    /// answer and 50 of the user. The cache has what was sent before: nothing, then the prompt before (the answer was never sent). The
    /// second conversation finds the instructions.
    /// </summary>
    [Fact]
    public void Requests_OfTwoConversations_HaveTheTokensWorkedOutByHand()
    {
        ConversationTraffic traffic = TrafficOf(Chat);

        Assert.Equal([(1_050, 0), (1_300, 1_050), (1_550, 1_300)], Play(traffic, 0));
        Assert.Equal([(1_050, 1_000), (1_300, 1_050), (1_550, 1_300)], Play(traffic, 1));
    }

    /// <summary>
    /// 300 tokens retrieved each turn. Behind the conversation and left out later: what was said before is found one turn late
    /// (1,000 + 50 + 200 in the third). Before it: the instructions alone. Kept: the whole prompt before.
    /// </summary>
    [Fact]
    public void Retrieved_DependsOnItsPlace()
    {
        TrafficRole rag = Chat with { RetrievedTokens = 300 };

        Assert.Equal([(1_350, 1_000), (1_600, 1_000), (1_850, 1_250)], Play(TrafficOf(rag), 1));
        Assert.Equal(
            [(1_350, 1_000), (1_600, 1_000), (1_850, 1_000)],
            Play(TrafficOf(rag with { Retrieved = RetrievedPlace.BeforeHistory }), 1));
        Assert.Equal(
            [(1_350, 1_000), (1_900, 1_350), (2_450, 1_900)],
            Play(TrafficOf(rag with { Retrieved = RetrievedPlace.Kept }), 1));
    }

    /// <summary>Each tool call is a request: its 30 tokens and the 500 of its result are in the prompts from then on.</summary>
    [Fact]
    public void ToolCalls_AreRequestsOfTheirOwn()
    {
        TrafficRole agent = Chat with { ToolCalls = 2, ToolCallTokens = 30, ToolResultTokens = 500 };

        Assert.Equal(
            [(1_050, 1_000), (1_580, 1_050), (2_110, 1_580), (2_360, 2_110), (2_890, 2_360), (3_420, 2_890)],
            Play(TrafficOf(agent) with { Turns = 2 }, 1));
        Assert.Equal(
            [30, 30, 200, 30, 30, 200],
            (TrafficOf(agent) with { Turns = 2 }).CreateRequests().Where(one => one.Conversation == 0).Select(one => one.Request.OutputTokens));
    }

    /// <summary>The second prompt would have 1,300: the conversation so far (1,250) is summarized to 100, and the turn starts from there.</summary>
    [Fact]
    public void Compaction_IsARequest_AndShortensThePrompts()
    {
        TrafficRole agent = Chat with { CompactAt = 1_299, CompactTo = 100 };

        Assert.Equal([(1_050, 1_000), (1_250, 1_050), (1_150, 1_000), (1_350, 1_100 + 50), (1_150, 1_000)], Play(TrafficOf(agent), 1));
    }

    /// <summary>Reasoning is paid, and sent again only where a role does so.</summary>
    [Fact]
    public void Reasoning_IsSentAgain_WhereItIsSaid()
    {
        TrafficRole thinker = Chat with { ReasoningTokens = 900 };

        Assert.Equal([1_050, 1_300, 1_550], Play(TrafficOf(thinker), 0).Select(sent => sent.Prompt));
        Assert.Equal([1_050, 2_200, 3_350], Play(TrafficOf(thinker with { ResendsReasoning = true }), 0).Select(sent => sent.Prompt));
        Assert.All(TrafficOf(thinker).CreateRequests(), request => Assert.Equal(900, request.Request.ReasoningTokens));
    }

    /// <summary>An editor reads its instructions (400) and the plan (200), never the conversation; the conversation has the plan.</summary>
    [Fact]
    public void Editor_ReadsTheAnswerAlone()
    {
        TrafficRole editor = new() { Name = "editor", Follows = "chat", Reads = RoleInput.Answer, SystemTokens = 400, OutputTokens = 700 };
        ConversationTraffic traffic = TrafficOf(Chat, editor);

        Assert.Equal([1_050, 1_300, 1_550], Play(traffic, 0, "chat").Select(sent => sent.Prompt));
        Assert.Equal([(600, 400), (600, 400), (600, 400)], Play(traffic, 1, "editor"));
    }

    /// <summary>A stronger model is asked in one of four turns; then its answer (600) is in the conversation, not that of the first.</summary>
    [Fact]
    public void Cascade_AsksTheSecondWithItsProbability()
    {
        TrafficRole strong = new() { Name = "strong", Follows = "chat", Probability = 0.25, SystemTokens = 1_000, OutputTokens = 600 };
        TrafficRequest[] requests = [.. (TrafficOf(Chat, strong) with { SampledConversations = 500 }).CreateRequests()];

        int chat = requests.Count(request => request.Role == "chat"), asked = requests.Length - chat;
        Assert.InRange((double)asked / chat, 0.25 - (4 * Math.Sqrt(0.1875 / chat)), 0.25 + (4 * Math.Sqrt(0.1875 / chat)));
        foreach (IGrouping<long, TrafficRequest> conversation in requests.GroupBy(request => request.Conversation))
        {
            TrafficRequest[] own = [.. conversation];
            for (int i = 1; i < own.Length; i++)
            {
                long before = own[i - 1].Request.Prompt.Sum(segment => segment.Tokens);
                long expected = own[i].Role == "strong" ? before : before + 50 + (own[i - 1].Role == "strong" ? 600 : 200);
                Assert.Equal(expected, own[i].Request.Prompt.Sum(segment => segment.Tokens));
            }
        }
    }

    /// <summary>Of T turns, the prompts have T (S + U) + (U + O) T (T - 1) / 2 tokens, and all but the last one are read again; the
    /// instructions are read by every conversation but the first.</summary>
    [Fact]
    public void Totals_OfFixedTurns_AreTheClosedForm() =>
        Gen.Select(Gen.Int[1, 12], Gen.Long[1, 5_000], Gen.Long[1, 500], Gen.Long[0, 900], Gen.Int[0, 99]).Sample(
            (turns, system, user, output, seed) =>
            {
                ConversationTraffic traffic = TrafficOf(Chat with { SystemTokens = system, OutputTokens = output }) with
                {
                    Turns = turns,
                    UserTokens = user,
                    SampledConversations = 20,
                    Seed = seed,
                };
                TrafficRequest[] requests = [.. traffic.CreateRequests()];
                CacheTotals totals = CacheTotals.Sum(new CacheSimulator(CachePolicies.Unlimited).Run(requests.Select(request => request.Request)));

                long conversations = requests.Select(request => request.Conversation).Distinct().Count();
                long prompts = (turns * (system + user)) + ((user + output) * turns * (turns - 1) / 2);
                long last = system + (turns * user) + ((turns - 1) * output);
                Assert.Equal(conversations * turns, totals.Requests);
                Assert.Equal(conversations * prompts, totals.PromptTokens);
                Assert.Equal((conversations * (prompts - last + system)) - system, totals.Usage.TotalCacheRead);
            },
            iter: SampleSize.Of(200));

    /// <summary>The stream is in order, the same for the same seed and another for another one.</summary>
    [Fact]
    public void Requests_AreInOrder_AndRepeatWithTheSeed()
    {
        ConversationTraffic traffic = TrafficOf(Chat with { ToolCalls = Varying.Geometric(2) }) with
        {
            Turns = Varying.Geometric(4),
            GapSeconds = Varying.FromMedian(60, 900),
            Conversations = 5_000,
        };
        PromptRequest[] requests = [.. traffic.CreateRequests().Select(one => one.Request)];

        Assert.Equal(requests, traffic.CreateRequests().Select(one => one.Request));
        Assert.NotEqual(requests.Take(50), (traffic with { Seed = 1 }).CreateRequests().Select(one => one.Request).Take(50));
        Assert.Equal(requests.OrderBy(request => request.At).Select(request => request.At), requests.Select(request => request.At));
    }

    /// <summary>Poisson arrivals: as many as stated, within four standard deviations, at the hours of the profile alone.</summary>
    [Theory]
    [InlineData(300, 52)]
    [InlineData(20_000, 1)]
    [InlineData(1_000_000, 1)]
    public void Arrivals_AreAsManyAsStated_AtTheHoursOfTheProfile(double conversations, int weeks)
    {
        TrafficProfile night = new() { Hours = [0, 0, 1, 2, .. Enumerable.Repeat(0.0, 20)], Weekdays = [1, 1, 1, 1, 1, 0, 0] };
        ConversationTraffic traffic = TrafficOf(Chat) with { Turns = 1, Conversations = conversations, Profile = night, SampledConversations = 4_000 };

        DateTimeOffset[] arrivals = [.. traffic.CreateRequests().Select(request => request.Request.At)];

        // December 2026 has 23 working days; a week has 5.
        double expected = conversations * 5 / 23 * weeks / traffic.Thinning;
        Assert.Equal(weeks, traffic.SampledWeeks);
        Assert.InRange(arrivals.Length, expected - (4 * Math.Sqrt(expected)), expected + (4 * Math.Sqrt(expected)));
        Assert.All(arrivals, at => Assert.True(at.Hour is 2 or 3 && at.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)));
        Assert.InRange((double)arrivals.Count(at => at.Hour == 3) / arrivals.Length, 0.6, 0.73); // two thirds
    }

    /// <summary>Means of what is drawn are the means that were stated, fractions included.</summary>
    [Fact]
    public void Varying_OfManyDraws_HasItsMean()
    {
        (Varying Number, double Mean, double Deviation, long Least)[] numbers =
        [
            (0.4, 0.4, 0.49, 0), (2.5, 2.5, 0.5, 0), (Varying.Geometric(4), 4, 3.47, 1), (Varying.Geometric(0.5), 0.5, 0.87, 0),
            (Varying.Geometric(1), 1, 0, 1), (Varying.FromMean(100, 0.5), 100, 50, 0), (Varying.Uniform(0, 9), 4.5, 2.7, 0),
            (Varying.OneOf([1, 2, 9]), 4, 3.6, 0),
        ];
        const int Draws = 20_000;
        foreach ((Varying number, double mean, double deviation, long least) in numbers)
        {
            TrafficDraws draws = new(seed: 3, number: 5);
            double drawn = Enumerable.Range(0, Draws).Average(_ => (double)number.Count(draws, least));
            Assert.InRange(drawn, mean - (4 * (deviation + 0.01) / Math.Sqrt(Draws)), mean + (4 * (deviation + 0.01) / Math.Sqrt(Draws)));
        }
    }

    /// <summary>Breakpoints stand where they save: behind the instructions, and behind what will be sent again.</summary>
    [Fact]
    public void Breakpoints_AreWhereAClientSetsThem()
    {
        string Marks(TrafficRole role) => string.Concat(
            TrafficOf(role).CreateRequests().First(request => request is { Conversation: 0, Turn: 2 }).Request.Prompt
                .Select(segment => segment.Breakpoint ? '|' : '.'));

        Assert.Equal("|..|", Marks(Chat)); // instructions, user, answer, user
        Assert.Equal("|.|..", Marks(Chat with { RetrievedTokens = 10 })); // ..., retrieved, user: will not come back
        Assert.Equal("|....|", Marks(Chat with { RetrievedTokens = 10, Retrieved = RetrievedPlace.Kept }));
        Assert.Equal("|....", Marks(Chat with { RetrievedTokens = 10, Retrieved = RetrievedPlace.BeforeHistory }));
        Assert.Equal("|.", string.Concat((TrafficOf(Chat) with { Turns = 1 }).CreateRequests().First().Request.Prompt.Select(one => one.Breakpoint ? '|' : '.'))); // a single question
        Assert.Equal("|.|.|", Marks(Chat with { RetrievedTokens = 10, ToolCalls = 0.0001 }));
    }

    [Theory]
    [InlineData("Traffic has at least one role.")]
    [InlineData("Role 'chat' is given twice.", "chat", null, "chat", "chat")]
    [InlineData("Role 'chat' is the first and cannot follow 'x'.", "chat", "x")]
    [InlineData("Role 'b' must say which role it follows.", "chat", null, "b", null)]
    [InlineData("Role 'b' follows 'x', which is not a role before it.", "chat", null, "b", "x")]
    public void Roles_ThatCannotBe_AreRefused(string message, params string?[] namesAndFollows)
    {
        TrafficRole[] roles = [.. namesAndFollows.Chunk(2).Select(pair => new TrafficRole { Name = pair[0]!, Follows = pair[1] })];

        ArgumentException error = Assert.Throws<ArgumentException>(() => TrafficOf(roles));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
