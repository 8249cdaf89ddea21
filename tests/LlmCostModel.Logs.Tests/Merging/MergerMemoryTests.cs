using System.Runtime.CompilerServices;
using System.Text;

namespace LlmCostModel.Logs.Tests.Merging;

[CollectionDefinition(nameof(MergerMemoryTests), DisableParallelization = true)]
[Collection(nameof(MergerMemoryTests))]
public class MergerMemoryTests
{
    /// <summary>What the pages say of the memory of a call, with the tags of a session.</summary>
    [Theory]
    [InlineData("claude-code", 1_200)]
    [InlineData("openai.chat", 800)]
    [InlineData("usage", 200)]
    public void Merger_KeepsLittleOfACall(string name, int most)
    {
        const int calls = 20_000;
        CallMerger?[] held = new CallMerger?[1]; // an element: unoptimized code keeps what a variable held
        Fill(held, SessionWriter.All.Single(one => one.Name == name), calls);

        // What goes with the merger, measured at once: what other tests left behind may go at any time.
        long with = Settled();
        held[0] = null;
        long kept = (with - Settled()) / calls;

        Assert.InRange(kept, 20, most);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fill(CallMerger?[] held, SessionWriter writer, int calls)
    {
        DateTimeOffset at = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
        CallMerger merger = new();
        LogReader reader = new();
        foreach (int part in Enumerable.Range(0, calls / 1_000))
        {
            IEnumerable<string> lines = writer.Lines([.. Enumerable.Range(part * 1_000, 1_000).Select(number => new MadeCall("0197c0de-7d0c-7a53-a1b2-0123456789ab", number, at.AddSeconds(number), 1000 + number, 50, 20, 300, 0))]);
            foreach (LogRecord record in reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), "log"))
            {
                merger.Add(record with { Text = "" });
            }
        }

        held[0] = merger;
    }

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
