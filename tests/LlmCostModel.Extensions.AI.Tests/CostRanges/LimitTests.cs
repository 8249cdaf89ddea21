using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>What the limits of a model say of a call before it is sent. Input costs 2, output 8 per million; one token per character.</summary>
public class LimitTests
{
    private const string Reading = """ "AsOf": "2026-11-10" """;

    private static CostRange Range(string limits, int length = 1_000, Action<CostRangeOptions>? configure = null, ChatOptions? options = null)
    {
        CostEstimator estimator = new(RateCardJson.Parse($$"""
            { "Provider": "p", "Currency": "USD", "Models": { "m": {
              "Limits": { {{limits}} },
              "PerMillionTokens": { "Input": 2, "Output": 8 }, "BilledAs": { "Reasoning": "Output" } } } }
            """, "card"));
        return estimator.EstimateRange(
            "m",
            [new(ChatRole.User, new string('u', length))],
            assumed =>
            {
                assumed.CountTokens = text => text.Length;
                configure?.Invoke(assumed);
            },
            options);
    }

    /// <summary>1,016 x 2 + 500 x 8 = 2,032 + 4,000 = 6,032 millionths: 16 tokens for what stands around the message.</summary>
    [Fact]
    public void Ceiling_NoMaxOutputTokens_IsThatOfTheModel()
    {
        CostRange range = Range($$""" "ContextWindow": 4000, "MaxOutputTokens": 500, "ReasoningInOutput": true, {{Reading}} """);

        Assert.Equal(new Money(0.006032m, "USD"), range.Ceiling);
        Assert.True(range.Fits);
        Assert.Equal(
            [
                "1000 input tokens, as the given counter counts the texts.",
                "the output is limited by the model: 500 tokens (read on 2026-11-10).",
                "ceiling: 1016 input tokens at the costliest of fresh and written to a cache, 500 output tokens, reasoning included, one call.",
            ],
            range.Assumptions);
        Assert.Empty(range.Issues);
    }

    /// <summary>The window leaves 1,200 - 1,000 = 200 of the 500 tokens: 1,016 x 2 + 200 x 8 = 2,032 + 1,600 = 3,632 millionths.</summary>
    [Fact]
    public void Ceiling_WindowLeavesLess_IsWhatItLeaves()
    {
        CostRange range = Range(""" "ContextWindow": 1200, "MaxOutputTokens": 500, "ReasoningInOutput": true """);

        Assert.Equal(new Money(0.003632m, "USD"), range.Ceiling);
        Assert.Contains("the output is limited by what the input leaves of the context window of 1200 tokens.", range.Assumptions);
    }

    /// <summary>Reasoning may come on top of the 500, but not out of the window: 3,000 are left. 2,032 + 3,000 x 8 = 26,032 millionths.</summary>
    [Theory]
    [InlineData(""" "ContextWindow": 4000, "MaxOutputTokens": 500 """)]
    [InlineData(""" "ContextWindow": 4000, "MaxOutputTokens": 500, "ReasoningInOutput": false """)]
    public void Ceiling_ReasoningMayComeOnTop_IsWhatTheWindowLeaves(string limits) =>
        Assert.Equal(new Money(0.026032m, "USD"), Range(limits).Ceiling);

    [Fact]
    public void Ceiling_NothingBoundsReasoning_IsNotKnown()
    {
        CostRange range = Range(""" "MaxOutputTokens": 500 """);

        Assert.Null(range.Ceiling);
        Assert.Null(range.Fits);
        Assert.StartsWith("Nothing limits the output", Assert.Single(range.Issues), StringComparison.Ordinal);
    }

    /// <summary>What the caller states wins: 2,032 + 50 x 8 = 2,432 millionths.</summary>
    [Fact]
    public void Ceiling_MaxOutputTokensStated_IsUsed()
    {
        const string Limits = """ "ContextWindow": 4000, "MaxOutputTokens": 500, "ReasoningInOutput": true """;

        Assert.Equal(new Money(0.002432m, "USD"), Range(Limits, options: new ChatOptions { MaxOutputTokens = 50 }).Ceiling);
        Assert.Equal(new Money(0.002432m, "USD"), Range(Limits, configure: assumed => assumed.MaxOutputTokens = 50).Ceiling);
    }

    [Theory]
    [InlineData(""" "ContextWindow": 4000, "MaxInputTokens": 1000 """, 1_000, true)]
    [InlineData(""" "ContextWindow": 4000, "MaxInputTokens": 1000 """, 1_001, false)]
    [InlineData(""" "ContextWindow": 1000 """, 1_000, true)]
    [InlineData(""" "ContextWindow": 1000 """, 1_001, false)]
    [InlineData(""" "MaxInputTokens": 1000 """, 1_001, false)]
    [InlineData(""" "MaxOutputTokens": 1000 """, 1_001, null)]
    public void Fits_Prompt_IsWithinWhatTheModelTakes(string limits, int length, bool? fits)
    {
        CostRange range = Range(limits, length);

        Assert.Equal(fits, range.Fits);
        Assert.Equal(fits == false, range.Issues.Any(issue => issue.StartsWith("The prompt cannot fit", StringComparison.Ordinal)));
    }

    /// <summary>The bounds that the caller made possible stay: 2,000 x 2 + 50 x 8 = 4,400 millionths, and 16 x 2 = 32 around it.</summary>
    [Fact]
    public void EstimateRange_PromptThatCannotFit_SaysSoAndDoesNotThrow()
    {
        CostRange range = Range($$""" "ContextWindow": 1500, {{Reading}} """, 2_000, options: new ChatOptions { MaxOutputTokens = 50 });

        Assert.Equal(
            ["The prompt cannot fit: it has 2000 input tokens, and the model takes at most 1500 (read on 2026-11-10). Shorten it, or choose a model that takes more."],
            range.Issues);
        Assert.Equal(new Money(0.004m, "USD"), range.Floor);
        Assert.Equal(new Money(0.004432m, "USD"), range.Ceiling);
    }
}
