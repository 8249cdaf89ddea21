using static LlmCostModel.Planning.Tests.Prompts;

namespace LlmCostModel.Planning.Tests;

/// <summary>Memory follows the number of live entries, and not that of the requests.</summary>
public sealed class CacheMemoryTests
{
    /// <summary>
    /// An entry is 48 bytes of a slot and 36 of a dictionary. Arrays double as they grow, so that up to four times as much has been taken
    /// by then: 336.
    /// </summary>
    private const long BytesPerEntry = 340;

    /// <summary>What a simulator takes before its first request.</summary>
    private const long Fixed = 4_096;

    /// <summary>
    /// What the runtime may take for itself meanwhile: 8.8 KB were seen once, on a busy machine. One entry of 48 bytes left behind by each
    /// of the 3,000 requests of the smallest round would be 144,000.
    /// </summary>
    private const long OfRuntime = 32_768;

    [Theory]
    [InlineData(1_000)]
    [InlineData(10_000)]
    [InlineData(100_000)]
    public void Send_SoManyLive_TakesMemoryForThemOnce(int live)
    {
        // A request a second with a block of its own, which lives for as many seconds as there shall be blocks.
        PrefixCachePolicy policy = new() { TimeToLive = TimeSpan.FromSeconds(live - 1) };
        PromptRequest[][] rounds = [
            .. Enumerable.Range(0, 4).Select(round => Enumerable.Range(round * live, live).Select(i => At(i, Text($"{i}", 10))).ToArray())];
        long before = GC.GetAllocatedBytesForCurrentThread();
        CacheSimulator simulator = new(policy);
        Send(simulator, rounds[0]);
        long grown = GC.GetAllocatedBytesForCurrentThread();
        foreach (PromptRequest[] round in rounds[1..])
        {
            Send(simulator, round);
        }

        Assert.Equal(live, simulator.LiveEntries);
        Assert.InRange(grown - before, live, (BytesPerEntry * live) + Fixed);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - grown, 0, OfRuntime);
    }

    [Fact]
    public void LiveEntries_EverythingExpires_IsOnlyTheLastPrompt()
    {
        CacheSimulator simulator = new(new PrefixCachePolicy { TimeToLive = TimeSpan.FromSeconds(10) });
        for (int i = 0; i < 10_000; i++)
        {
            simulator.Send(At(i * 20, Text($"{i}", 10), Text("end", 10)));
            Assert.Equal(2, simulator.LiveEntries);
        }
    }

    private static void Send(CacheSimulator simulator, PromptRequest[] requests)
    {
        foreach (PromptRequest request in requests)
        {
            simulator.Send(request);
        }
    }
}
