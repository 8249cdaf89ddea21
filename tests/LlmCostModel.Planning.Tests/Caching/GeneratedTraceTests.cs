using System.Globalization;

namespace LlmCostModel.Planning.Tests;

/// <summary>A trace made by a rule, so that its numbers follow from the rule; it needs no file.</summary>
public sealed class GeneratedTraceTests
{
    private const int Conversations = 200;
    private const int Turns = 10;

    [Fact]
    public void Send_Unlimited_HitsWhatTheRuleSays()
    {
        // Turn t of a conversation has 2 shared blocks and 3t of its own. All hit but the last 3 of each turn, and the very first 2:
        // blocks = 200 x (10 x 2 + 3 x 55) = 37,000; missed = 2 + 200 x 10 x 3 = 6,002.
        CacheTotals totals = CacheTotals.Sum(new CacheSimulator(CachePolicies.Unlimited).Run(MooncakeTrace.Read(Lines())));

        Assert.Equal(37_000 * 512, totals.PromptTokens);
        Assert.Equal((37_000 - 6_002) * 512, totals.Usage.CacheRead);
        Assert.Equal(Conversations * Turns * 7, totals.Usage.Output);
    }

    [Theory]
    [InlineData(10_000, true, 30_998)] // turns of one conversation are 10 s apart
    [InlineData(9_999, true, 3_998)] // only the 2 shared blocks survive: 2 x 2000 requests, less the first 2
    public void Send_TimeToLive_CutsAtTheGap(int milliseconds, bool refresh, long hitBlocks)
    {
        PrefixCachePolicy policy = new() { TimeToLive = TimeSpan.FromMilliseconds(milliseconds), RefreshOnRead = refresh };

        Assert.Equal(hitBlocks * 512, CacheTotals.Sum(new CacheSimulator(policy).Run(MooncakeTrace.Read(Lines()))).Usage.CacheRead);
    }

    /// <summary>Conversations in step: all first turns within 10 s, then all second turns, and so on.</summary>
    private static IEnumerable<string> Lines() =>
        from turn in Enumerable.Range(1, Turns)
        from conversation in Enumerable.Range(0, Conversations)
        let own = Enumerable.Range(0, 3 * turn).Select(block => 1_000 + (conversation * 100) + block)
        let ids = string.Join(',', Enumerable.Range(0, 2).Concat(own))
        select string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"timestamp":{{(turn * 10_000) + (conversation * 50)}},"input_length":{{((3 * turn) + 2) * 512}},"output_length":7,"hash_ids":[{{ids}}]}""");
}
