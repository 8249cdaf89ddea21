namespace LlmCostModel.Planning.Tests;

/// <summary>What docs/planning.md says of its first example, beyond what that prints.</summary>
public sealed class DocumentedExampleTests
{
    /// <summary>OpenAI's models from GPT-5.6 on: a read at a tenth of plain input, a write at 1.25 times
    /// (https://developers.openai.com/api/docs/pricing, read 2026-08-21).</summary>
    [Theory]
    [InlineData(false, 1.25)] // Every prompt is written, none read.
    [InlineData(true, 0.2375)] // 9 x 9,000 are read; 9,000 + 10 x 200 written: (81,000 x 0.1 + 11,000 x 1.25) / 92,000
    public void Implicit_WritesAt125Percent_CostsThisShareOfNoCache(bool breakpoint, decimal expected)
    {
        PromptRequest Call(int number) => new()
        {
            At = DateTimeOffset.UnixEpoch.AddSeconds(number),
            Prompt = [PromptSegment.Create("instructions", 9_000, breakpoint), PromptSegment.Create($"question {number}", 200)],
        };

        TokenUsage usage = default;
        foreach (TokenUsage call in new CacheSimulator(CachePolicies.OpenAIImplicit).Run(Enumerable.Range(0, 10).Select(Call)))
        {
            usage += call;
        }

        decimal cost = usage.Input + (usage.CacheRead * 0.1m) + ((usage.TotalInput - usage.Input - usage.CacheRead) * 1.25m);
        Assert.Equal(92_000, usage.TotalInput);
        Assert.Equal(expected, decimal.Round(cost / 92_000, 4));
    }
}
