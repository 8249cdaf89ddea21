using System.Text;

namespace LlmCostModel.Planning.Tests;

/// <summary>What cannot be is refused, in code and in a file, and not made a smaller number (findings A12, C2, C3).</summary>
public class ImpossiblePlanTests
{
    private static readonly ForecastLine Plan = new() { Model = "o1", Requests = 1_000, PromptTokens = 1_000 };

    public static TheoryData<string, Func<ForecastLine>> Impossible => new()
    {
        { "A number of requests, tokens or units is 0 or more.", () => Plan with { Requests = -1 } },
        { "A number of requests, tokens or units is 0 or more.", () => Plan with { PromptTokens = -5 } },
        { "A number of requests, tokens or units is 0 or more.", () => Plan with { OutputTokens = -0.001 } },
        { "A number of requests, tokens or units is 0 or more.", () => Plan with { ReasoningTokens = Uncertain.Uniform(-2, -1) } },
        { "A share is from 0 to 1: 0.6 is 60%.", () => Plan with { HitRate = 2 } },
        { "A share is from 0 to 1: 0.6 is 60%.", () => Plan with { HitRate = -0.1 } },
        { "A share is from 0 to 1: 0.6 is 60%.", () => Plan with { RetryRate = 1.5 } },
        { "Growth a month is a share from -1 to 1: 0.05 is 5% more, 1 twice as many, -1 leaves nothing.", () => Plan with { Growth = -2 } },
        { "Growth a month is a share from -1 to 1: 0.05 is 5% more, 1 twice as many, -1 leaves nothing.", () => Plan with { Growth = 5 } },
        { "A share is from 0 to 1: 0.6 is 60%.", () => Plan with { HitRate = 60 } },
        { "A share is from 0 to 1: 0.6 is 60%.", () => Plan with { HitRate = Uncertain.Uniform(0.5, 1.5) } },
        { "A deviation is from 0 to 1, as a share: 0.3 is 30%.", () => Plan with { GrowthNoise = 5 } },
        { "A deviation is from 0 to 100, as a share: 0.3 is 30%.", () => Plan with { PromptVariation = -0.1 } },
        { "A deviation is from 0 to 10, as a share: 0.3 is 30%.", () => Plan with { Noise = double.NaN } },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Plan_OfWhatCannotBe_IsRefused(string rule, Func<ForecastLine> make) =>
        Assert.StartsWith(rule, Assert.Throws<ArgumentOutOfRangeException>(make).Message, StringComparison.Ordinal);

    [Fact]
    public void Plan_AtItsBounds_IsTaken()
    {
        ForecastLine bounds = Plan with { Requests = 0, PromptTokens = 0, HitRate = 1, RetryRate = 1, Growth = -1 };

        Assert.Equal((0, 1, -1), (bounds.Requests.Exact, bounds.HitRate.Exact, bounds.Growth.Exact));
    }

    [Theory]
    [InlineData("\"promptTokens\": -5", "workload:forecast:promptTokens: '-5' is refused: A number of requests, tokens or units is 0 or more.")]
    [InlineData("\"hitRate\": 2", "workload:forecast:hitRate: '2' is refused: A share is from 0 to 1: 0.6 is 60%.")]
    [InlineData("\"growth\": -2", "workload:forecast:growth: '-2' is refused: Growth a month is a share from -1 to 1: 0.05 is 5% more, 1 twice as many, -1 leaves nothing.")]
    [InlineData("\"growth\": 5", "workload:forecast:growth: '5' is refused: Growth a month is a share from -1 to 1: 0.05 is 5% more, 1 twice as many, -1 leaves nothing.")]
    [InlineData("\"hitRate\": \"60\"", "workload:forecast:hitRate: '60' is not a number. Write a number such as 0.55 with a point and without quotes, or \"5%\" or \"200k\".")]
    [InlineData("\"profile\": { \"hours\": [1, 2] }", "workload:forecast:profile:hours: is refused: A profile has the weights of 24 hours, that from midnight on first: 0 or more each, not all 0.")]
    [InlineData("\"months\": 1.5", "workload:forecast:months: '1.5' is not a whole number from 0 to 2147483647. Write digits only.")]
    [InlineData("\"months\": 121", "workload:forecast:months: '121' is refused: A forecast is for 1 to 120 months.")]
    [InlineData("\"budget\": \"5%\"", "workload:forecast:budget: '5%' is a share. Write an amount of money, such as 1200 or 20k.")]
    [InlineData("\"growth\": { \"p5\": \"-2%\", \"p95\": \"6%\" }", "workload:forecast:growth:p5: '-2%' is not more than 0, as every percentile of a lognormal number is. Write \"low\" and \"high\" for a range that reaches 0 or below.")]
    [InlineData("\"start\": \"9999-11-01\"",
        "workload:forecast:start: '9999-11-01' is so late that the plan ends after the year 9999. Start earlier.")]
    public void File_OfWhatCannotBe_IsRefusedByName(string member, string fault)
    {
        string prompt = member.Contains("promptTokens", StringComparison.Ordinal) ? "" : ", \"promptTokens\": 1000";
        string start = member.Contains("start", StringComparison.Ordinal) ? "" : ", \"start\": \"2026-01-01\"";
        byte[] json = Encoding.UTF8.GetBytes($$"""{ "forecast": { "model": "o1", "requests": 1000{{prompt}}{{start}}, {{member}} } }""");

        WorkloadException refused = Assert.Throws<WorkloadException>(() => WorkloadFile.Read(json, _ => []));

        Assert.Equal(fault, refused.Message);
    }

    [Theory]
    [InlineData("""{ "forecast": { "start": "2026-01-01", "lines": [{ "name": "a", "model": "m", "requests": 1, "promptTokens": 1 }, { "name": "A", "model": "n", "requests": 1, "promptTokens": 1 }] } }""", "lines:1:name: 'A' is the name of another one.")]
    [InlineData("""{ "forecast": { "start": "2026-01-01", "model": "m", "requests": 1, "promptTokens": 1 }, "scenarios": [{ "name": "a", "priceFactor": 2 }, { "name": "a", "priceFactor": 3 }] }""", "scenarios:1:name: 'a' is the name of another one.")]
    [InlineData("""{ "calls": [{ "input": 1 }], "candidates": [{ "label": "a", "model": "m" }, { "label": "a", "model": "n" }] }""", "candidates:1:label: 'a' is the name of another one.")]
    [InlineData("""{ "traffic": { "conversations": 1, "turns": 0.5, "systemTokens": 1, "userTokens": 1, "answerTokens": 1 } }""", "There is at least one in each conversation.")]
    [InlineData("""{ "traffic": { "conversations": 1, "turns": { "mean": 0.5, "variation": 1 } } }""", "There is at least one in each conversation.")]
    [InlineData("""{ "traffic": { "conversations": 1, "turns": { "p5": 0.1, "p95": 0.9 } } }""", "There is at least one in each conversation.")]
    [InlineData("""{ "traffic": { "conversations": 1, "turns": { "low": 0, "high": 0.5 } } }""", "There is at least one in each conversation.")]
    [InlineData("""{ "traffic": { "conversations": 1, "turns": { "observations": [0, 0.5] } } }""", "There is at least one in each conversation.")]
    [InlineData("""{ "traffic": { "conversations": 1, "compactAt": 1000, "compactTo": 5000 } }""", "Role 'model' summarizes what is more than 1000 tokens in 5000, which are not fewer.")]
    public void File_OfTwoThatAreOneOrOfNone_IsRefused(string json, string fault) => Assert.Contains(
        fault, Assert.Throws<WorkloadException>(() => WorkloadFile.Read(Encoding.UTF8.GetBytes(json), _ => [])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"turns\": 2000000000", "has 2000000000 turns; requests are made of at most 2000.")]
    [InlineData("\"turns\": 2000, \"gap\": \"9000000h\"", "The loop ends after the year 9999.")]
    public void File_OfALoopWithoutAnEnd_IsRefused(string members, string fault)
    {
        byte[] json = Encoding.UTF8.GetBytes($$"""{ "agentLoop": { "prefixTokens": 10, "growthTokens": 10, {{members}} } }""");

        Assert.Contains(fault, Assert.Throws<WorkloadException>(() => WorkloadFile.Read(json, _ => [])).Message, StringComparison.Ordinal);
    }

    /// <summary>The longest loop: 1 prefix, and each of 1,999 turns adds a part, so the last prompt has 2,000.</summary>
    [Fact]
    public void Loop_OfTheMostTurns_IsMade() => Assert.Equal(
        2_000,
        new AgentLoop { Turns = AgentLoop.MaxRequests, PrefixTokens = 10, GrowthTokens = 1 }
            .CreateRequests(DateTimeOffset.UnixEpoch, TimeSpan.Zero).Last().Prompt.Length);
}
