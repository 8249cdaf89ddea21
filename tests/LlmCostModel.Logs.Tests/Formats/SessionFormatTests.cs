namespace LlmCostModel.Logs.Tests.Formats;

/// <summary>gemini-2.5-pro costs 1.25 a million tokens of input, 0.125 from the cache and 10 of output; claude-sonnet-4-5 3, 0.30, 3.75 to
/// write (6 for an hour) and 15; gpt-4o 2.50, 1.25 and 10.</summary>
public class SessionFormatTests
{
    [Fact]
    public void GeminiCli_LastLineOfAMessageCounts()
    {
        LogRecord[] records = TextLog.Read(FormatSamples.GeminiCli);

        Assert.Equal(2, records.Length);
        Assert.Equal(new TokenUsage { Input = 1000, CacheRead = 4000, Output = 120, Reasoning = 80 }, TextLog.UsageOf(records[0]));
        Assert.Equal(0.00375m, TextLog.TotalOf(records[0])); // 1250 + 500 + 2000
        Assert.Equal(("g-1", "ph-1"), (TextLog.TagOf(records[0], "session"), TextLog.TagOf(records[0], "project")));
        Assert.Equal(UsageStatus.Unknown, records[1].Call!.Reading.Status);
    }

    /// <summary>Until 2026 a session was one object.</summary>
    [Fact]
    public void GeminiCli_OneObject()
    {
        LogRecord record = Assert.Single(TextLog.Read("""
            {"sessionId":"g","projectHash":"p","startTime":"2026-04-02T09:00:00Z","messages":[
              {"id":"1","timestamp":"2026-04-02T09:00:00Z","type":"user","content":"a"},
              {"id":"2","timestamp":"2026-04-02T09:00:01Z","type":"gemini","content":"b","model":"gemini-2.5-pro","tokens":{"input":1000,"output":100,"cached":0,"thoughts":0,"tool":0,"total":1100}}]}
            """));

        Assert.Equal(0.00225m, TextLog.TotalOf(record)); // 1250 + 1000
        Assert.Equal("gemini-cli", record.Format);
    }

    [Fact]
    public void OpenCode_MessagesAndNotTheirParts()
    {
        LogRecord[] records = TextLog.Read(FormatSamples.OpenCode);

        Assert.Equal(["msg_2", "msg_3", "msg_4", "msg_5"], records.Select(record => record.Call!.Identity.RequestId));
        Assert.Equal(0.0123m, TextLog.TotalOf(records[0])); // 3000 + 300 + 7500 + 1500
        Assert.Equal(
            ("ses_1", "build", "/src"),
            (TextLog.TagOf(records[0], "session"), TextLog.TagOf(records[0], "agent"), TextLog.TagOf(records[0], "project")));
        Assert.Equal(new DateTimeOffset(2026, 4, 2, 9, 0, 0, TimeSpan.Zero), records[0].Call!.At);
    }

    /// <summary>600 x 2.50 + 600 x 1.25 + 200 x 10, however the reasoning is counted.</summary>
    [Fact]
    public void OpenCode_ReasoningByTheTotal()
    {
        LogRecord[] records = TextLog.Read(FormatSamples.OpenCode);

        Assert.Equal(new TokenUsage { Input = 600, CacheRead = 600, Output = 150, Reasoning = 50 }, TextLog.UsageOf(records[1]));
        Assert.Equal((UsageStatus.Complete, 0.00425m), (records[1].Call!.Reading.Status, TextLog.TotalOf(records[1])!.Value));
        Assert.Null(records[1].Call!.Reading.Reported); // a plan covers it
        Assert.Equal(TextLog.UsageOf(records[1]), TextLog.UsageOf(records[2]));
        Assert.Equal(UsageStatus.Partial, records[2].Call!.Reading.Status);
        Assert.Equal("The call ended with MessageAbortedError, and what it consumed is not stated.", records[3].Call!.Reading.Reason);
    }

    [Fact]
    public void OpenCode_Export()
    {
        string message = FormatSamples.OpenCode.Split('\n')[1];

        LogRecord record = Assert.Single(TextLog.Read($$"""{"info":{"id":"ses_1","title":"x"},"messages":[{"info":{{message}},"parts":[]}]}"""));

        Assert.Equal(("opencode", 0.0123m), (record.Format, TextLog.TotalOf(record)!.Value));
    }

    [Fact]
    public void Pi_AnswersAlone()
    {
        LogRecord[] records = TextLog.Read(FormatSamples.Pi);

        // 1000 x 3 + 1000 x 0.30 + 2000 x 6 + 100 x 15
        Assert.Equal(new TokenUsage { Input = 1000, CacheRead = 1000, CacheWrite1h = 2000, Output = 100 }, TextLog.UsageOf(records[0]));
        Assert.Equal(0.0168m, TextLog.TotalOf(records[0]));
        Assert.Equal(0m, TextLog.Price(records[0]).Drift!.Value.Difference);
        Assert.Equal(("pi-1", "/src/app"), (TextLog.TagOf(records[0], "session"), TextLog.TagOf(records[0], "project")));

        Assert.Equal(new TokenUsage { Input = 600, CacheRead = 600, Output = 150, Reasoning = 50 }, TextLog.UsageOf(records[1]));
        Assert.Equal((0.00425m, "resp_9"), (TextLog.TotalOf(records[1])!.Value, records[1].Call!.Identity.ResponseId));
        Assert.Equal("The call failed, and what it consumed is not stated: overloaded", records[2].Call!.Reading.Reason);
        Assert.Equal(3, records.Length);
    }

    [Fact]
    public void Pi_SummaryIsACallOfAnUnknownModel()
    {
        string text = FormatSamples.Pi + """

            {"type":"compaction","id":"e9","timestamp":"2026-04-02T10:00:00.000Z","summary":"s","usage":{"input":100,"output":10,"cacheRead":0,"cacheWrite":0,"totalTokens":110,"cost":{"total":0.001}}}
            """;

        LogRecord record = TextLog.Read(text)[^1];

        Assert.Null(record.Call!.Reading.Model);
        Assert.Equal(100, TextLog.UsageOf(record).Input);
    }

    /// <summary>A session of Codex that branched off has the lines of the first, with times of its own, and one more: 100 and 50, then
    /// 30.</summary>
    [Fact]
    public void CodexSession_ThatBranchedOff_HasItsOwnCallAlone()
    {
        string first = Meta("a", null) + Counter(5, 100) + Counter(9, 150);
        string second = Meta("b", "a") + Meta("a", null) + Counter(30, 100) + Counter(30, 150) + Counter(40, 180);
        CallMerger merger = new();
        LogReader reader = new();
        foreach (string file in (string[])[first, second])
        {
            Assert.All(reader.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(file)), "log"), record => Assert.False(merger.Add(record)));
        }

        Assert.Equal([100, 50, 30], merger.Finish().Select(record => TextLog.UsageOf(record).Input));

        static string Meta(string id, string? from) => $$$"""{"timestamp":"2026-05-01T10:00:00Z","type":"session_meta","payload":{"id":"{{{id}}}","forked_from_id":{{{(from is null ? "null" : $"\"{from}\"")}}} } }""" + "\n"
            + """{"timestamp":"2026-05-01T10:00:00Z","type":"turn_context","payload":{"model":"gpt-5.1-codex"}}""" + "\n";

        static string Counter(int second, int input) => $$$"""{"timestamp":"2026-05-01T10:00:{{{second:00}}}Z","type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{"input_tokens":{{{input}}},"output_tokens":0,"total_tokens":{{{input}}} } } } }""" + "\n";
    }
}
