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
    [InlineData("usage", 250)]
    public void Merger_KeepsLittleOfACall(string name, int most)
    {
        const int Calls = 20_000;
        SessionWriter writer = SessionWriter.All.Single(one => one.Name == name);
        DateTimeOffset at = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
        CallMerger merger = new();
        LogReader reader = new();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (int part in Enumerable.Range(0, Calls / 1_000))
        {
            IEnumerable<string> lines = writer.Lines([.. Enumerable.Range(part * 1_000, 1_000).Select(number => new MadeCall("0197c0de-7d0c-7a53-a1b2-0123456789ab", number, at.AddSeconds(number), 1000 + number, 50, 20, 300, 0))]);
            foreach (LogRecord record in reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), "log"))
            {
                merger.Add(record with { Text = "" });
            }
        }
        long kept = (GC.GetTotalMemory(forceFullCollection: true) - before) / Calls;
        Assert.InRange(kept, 20, most);
        GC.KeepAlive(merger);
    }
}
