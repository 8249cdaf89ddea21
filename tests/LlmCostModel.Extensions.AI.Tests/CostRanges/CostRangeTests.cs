using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI.Tests;

public class CostRangeTests
{
    private static readonly ChatMessage[] Messages = [new(ChatRole.System, new string('s', 400)), new(ChatRole.User, new string('u', 600))];

    /// <summary>One token per character: 1,000 counted, 2 x 16 for framing.</summary>
    [Fact]
    public void EstimateRange_TextOnly_GivesFloorExpectedAndCeiling()
    {
        using IChatClient client = new ScriptedChatClient(1, 1).AsBuilder().UseCostTracking(TestRates.Estimator).Build();

        CostRange range = client.EstimateRange(
            Messages,
            options =>
            {
                options.CountTokens = text => text.Length;
                options.ExpectedOutputTokens = 100;
                options.ExpectedCacheHitRate = 0.4m;
            },
            new ChatOptions { MaxOutputTokens = 500 });

        Assert.Equal(new Money(0.0005m, "USD"), range.Floor); // 1,000 x 0.5, all from the cache
        Assert.Equal(new Money(0.0022m, "USD"), range.Expected); // 600 x 2 + 400 x 0.5 + 100 x 8
        Assert.Equal(new Money(0.00658m, "USD"), range.Ceiling); // 1,032 x 2.5, all written to the cache, + 500 x 8
        Assert.Equal(
            [
                "1000 input tokens, as the given counter counts the texts.",
                "expected: 400 of the input tokens read from a cache, 100 output tokens.",
                "ceiling: 1032 input tokens at the costliest of fresh and written to a cache, 500 output tokens, reasoning included, one call.",
            ],
            range.Assumptions);
        Assert.Empty(range.Issues);
    }

    [Fact]
    public void EstimateRange_NothingLimitsTheOutput_HasNoCeiling()
    {
        CostRange range = TestRates.Estimator.EstimateRange("gpt-test", Messages, options => options.CountTokens = text => text.Length);

        Assert.Null(range.Ceiling);
        Assert.Null(range.Expected);
        Assert.Equal(["Nothing limits the output, so there is no ceiling. Set ChatOptions.MaxOutputTokens or CostRangeOptions.MaxOutputTokens."], range.Issues);
    }

    /// <summary>What a tool loop sends again: calls with their arguments and results, as JSON where they are not text.</summary>
    [Fact]
    public void EstimateRange_CallsOfTools_AreCounted()
    {
        ChatMessage[] messages =
        [
            new(ChatRole.Assistant, [new FunctionCallContent("c1", "add", new Dictionary<string, object?> { ["a"] = 1, ["b"] = "x" })]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", new Dictionary<string, object?> { ["sum"] = 12 }), new FunctionResultContent("c2", "done")]),
        ];

        CostRange range = TestRates.Estimator.EstimateRange("gpt-test", messages, options =>
        {
            options.CountTokens = text => text.Length;
            options.MaxOutputTokens = 10;
        });

        // The JSON is indented: "c1 add " and 24 characters, "c1 " and 15, "c2 done" are 31 + 18 + 7 = 56; and 16 for each of 2 messages and 3 parts
        Assert.Equal((56L, 146L), (range.CountedInputTokens, range.CeilingTokens)); // 56 + 80 + 10
        Assert.Equal(new Money(0.00042m, "USD"), range.Ceiling); // (56 + 80) x 2.5 + 10 x 8
    }

    [Fact]
    public void EstimateRange_ResultOfAToolThatIsAPicture_NeedsABoundForIt()
    {
        ChatMessage[] messages = [new(ChatRole.Tool, [new FunctionResultContent("c1", new UriContent("https://example.com/a.png", "image/png"))])];

        CostRange range = TestRates.Estimator.EstimateRange("gpt-test", messages, options =>
        {
            options.CountTokens = text => text.Length;
            options.MaxOutputTokens = 10;
        });

        Assert.Null(range.Ceiling);
        Assert.Null(range.CeilingTokens);
    }

    [Fact]
    public void EstimateRange_Image_NeedsABoundForIt()
    {
        ChatMessage[] messages = [new(ChatRole.User, [new UriContent("https://example.com/a.png", "image/png")])];
        CostRange Range(long? uncounted) => TestRates.Estimator.EstimateRange("gpt-test", messages, options =>
        {
            options.CountTokens = text => text.Length;
            options.MaxOutputTokens = 10;
            options.UncountedInputTokens = uncounted;
        });

        Assert.Null(Range(null).Ceiling);
        Assert.Equal(new Money(0.00258m, "USD"), Range(1_000).Ceiling); // 1,000 x 2.5 + 10 x 8
    }

    [Fact]
    public void EstimateRange_HostedTool_HasNoCeiling()
    {
        ChatOptions options = new() { MaxOutputTokens = 10, Tools = [new HostedWebSearchTool()] };

        Assert.Null(TestRates.Estimator.EstimateRange("gpt-test", Messages, assumed => assumed.CountTokens = text => text.Length, options).Ceiling);
    }

    [Fact]
    public void EstimateRange_UnknownModel_HasNoBoundsAndSaysWhy()
    {
        CostRange range = TestRates.Estimator.EstimateRange("no-such-model", Messages, options => options.CountTokens = text => text.Length, new ChatOptions { MaxOutputTokens = 1 });

        Assert.Equal((null, null, null), (range.Floor, range.Expected, range.Ceiling));
        Assert.StartsWith("No price for model 'no-such-model'.", Assert.Single(range.Issues), StringComparison.Ordinal);
    }

    [Fact]
    public void EstimateRange_WithoutCounter_Throws() =>
        Assert.Throws<ArgumentException>(() => TestRates.Estimator.EstimateRange("gpt-test", Messages, _ => { }));

    /// <summary>Whatever the call then consumes within the assumptions, it costs no less than the floor and no more than the ceiling.</summary>
    [Fact]
    public void Ceiling_AnyMixtureOfInput_IsNotExceeded()
    {
        Random random = new(1);
        int beyondTheTier = 0;
        for (int i = 0; i < 1_000; i++)
        {
            int length = random.Next(1, 400_000);
            int most = random.Next(0, 10_000);
            CostRange range = TestRates.Estimator.EstimateRange(
                "gpt-test",
                [new(ChatRole.User, new string('u', length))],
                options => options.CountTokens = text => text.Length,
                new ChatOptions { MaxOutputTokens = most });

            long read = random.Next(0, length + 1);
            long written = random.Next(0, (int)(length - read) + 1);
            long output = random.Next(0, most + 1);
            long reasoning = random.Next(0, (int)output + 1);
            decimal actual = TestRates.Estimator.Estimate("gpt-test", TokenUsage.FromInclusive(length, output, cacheRead: read, cacheWrite: written, reasoning: reasoning)).GetRequiredTotal().Amount;
            Assert.InRange(actual, range.Floor!.Value.Amount, range.Ceiling!.Value.Amount);
            beyondTheTier += length > 200_000 ? 1 : 0;
        }

        Assert.InRange(beyondTheTier, 400, 600);
    }
}
