namespace LlmCostModel.Logs.Tests.Formats;

/// <summary>gpt-4o costs 2.50 a million tokens of input, 1.25 from the cache and 10 of output; claude-sonnet-4-5 3, 0.30, 3.75 to write and
/// 15.</summary>
public class TracerFormatTests
{
    [Fact]
    public void Langfuse_TypesAreDisjoint()
    {
        LogRecord[] records = TextLog.Read(FormatSamples.Langfuse);

        Assert.Equal(["o-1", "o-3", "o-4", "o-5"], records.Select(record => record.Call!.Identity.RequestId));
        Assert.Equal(new TokenUsage { Input = 600, CacheRead = 600, Output = 150, Reasoning = 50 }, TextLog.UsageOf(records[0]));
        Assert.Equal(0.00425m, TextLog.TotalOf(records[0])); // 1500 + 750 + 2000
        Assert.Equal(0m, TextLog.Price(records[0]).Drift!.Value.Difference);
        Assert.Equal(("answer", "production"), (TextLog.TagOf(records[0], "feature"), TextLog.TagOf(records[0], "environment")));
    }

    [Fact]
    public void Langfuse_TypesOfTheApplicationsOwn()
    {
        LogRecord[] records = TextLog.Read(FormatSamples.Langfuse);

        Assert.Equal(UsageStatus.Partial, records[1].Call!.Reading.Status);
        Assert.Contains("cached_tokens 600", records[1].Call!.Reading.Reason, StringComparison.Ordinal);
        Assert.Equal(UsageStatus.Unknown, records[2].Call!.Reading.Status);
        Assert.Contains("timeout", records[2].Call!.Reading.Reason, StringComparison.Ordinal);

        // The total says that the input holds the cache.
        Assert.Equal((UsageStatus.Complete, 0.00425m), (records[3].Call!.Reading.Status, TextLog.TotalOf(records[3])!.Value));
    }

    [Fact]
    public void Langfuse_TotalOfNeither_IsPartial()
    {
        string text = FormatSamples.Langfuse.Replace("\"output_reasoning_tokens\":50,\"total\":1400", "\"output_reasoning_tokens\":50,\"total\":7", StringComparison.Ordinal);

        Assert.Equal(
            "The types add up to 1400 tokens, and the total is 7: which of them overlap is not known.",
            TextLog.Read(text)[0].Call!.Reading.Reason);
    }

    /// <summary>Before there were types.</summary>
    [Fact]
    public void Langfuse_OldUsage()
    {
        LogRecord[] records = TextLog.Read("""
            {"id":"o","traceId":"t","type":"GENERATION","startTime":"2026-04-02T09:00:00Z","model":"gpt-4o","usage":{"input":600,"output":200,"total":800,"unit":"TOKENS","inputCost":0.0015},"calculatedTotalCost":0.0035}
            {"id":"p","traceId":"t","type":"GENERATION","startTime":"2026-04-02T09:00:00Z","model":"gpt-4o","usage":{"input":600,"output":200,"total":800,"unit":"CHARACTERS"},"calculatedTotalCost":0}
            """);

        Assert.Equal(0.0035m, TextLog.TotalOf(records[0])); // 1500 + 2000
        Assert.Equal("The usage is in CHARACTERS, not in tokens.", records[1].Call!.Reading.Reason);
    }

    [Fact]
    public void LangSmith_RunsOfModelsAlone()
    {
        LogRecord[] records = TextLog.Read(FormatSamples.LangSmith);

        Assert.Equal(["run-1", "run-3", "run-4"], records.Select(record => record.Call!.Identity.RequestId));
        Assert.Equal(new TokenUsage { Input = 600, CacheRead = 600, Output = 150, Reasoning = 50 }, TextLog.UsageOf(records[0]));
        Assert.Equal((0.00425m, UsageStatus.Complete), (TextLog.TotalOf(records[0])!.Value, records[0].Call!.Reading.Status));
        Assert.Equal(("th-1", "p-1"), (TextLog.TagOf(records[0], "conversation"), TextLog.TagOf(records[0], "project")));

        // 1000 x 3 + 1000 x 0.30 + 2000 x 3.75 + 100 x 15
        Assert.Equal(new TokenUsage { Input = 1000, CacheRead = 1000, CacheWrite = 2000, Output = 100 }, TextLog.UsageOf(records[1]));
        Assert.Equal(0.0123m, TextLog.TotalOf(records[1]));
        Assert.Equal("The call failed, and what it consumed is not stated: RateLimitError", records[2].Call!.Reading.Reason);
    }

    [Fact]
    public void LangSmith_WithoutDetails_IsPartial()
    {
        LogRecord record = Assert.Single(TextLog.Read("""
            {"id":"r","run_type":"llm","start_time":"2026-04-02T09:00:00","trace_id":"t","extra":{"metadata":{"ls_provider":"azure","ls_model_name":"gpt-4o"}},"prompt_tokens":1200,"completion_tokens":200,"total_tokens":1400}
            """));

        Assert.Equal((UsageStatus.Partial, "azure"), (record.Call!.Reading.Status, record.Call.Asked.Provider));
    }
}
