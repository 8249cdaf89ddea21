namespace LlmCostModel.Logs.Tests.Formats;

/// <summary>Sessions of Claude Code: what is a call in them, and what is not.</summary>
public class ClaudeCodeFormatTests
{
    private const string Message = """{"type":"assistant","session_id":"s1","uuid":"u1","message":{"id":"msg_1","type":"message","model":"claude-opus-4-6","usage":{"input_tokens":1000,"output_tokens":3}}}""";

    /// <summary>Lines of the tool itself, and what says of a request that failed.</summary>
    [Theory]
    [InlineData("""{"type":"assistant","sessionId":"s1","uuid":"x","isApiErrorMessage":true,"message":{"id":"a","model":"<synthetic>","type":"message","usage":{"input_tokens":0,"output_tokens":0}}}""")]
    [InlineData("""{"type":"stream_event","session_id":"s1","uuid":"x","event":{"type":"message_delta","delta":{},"usage":{"input_tokens":1000,"output_tokens":7}}}""")]
    [InlineData("""{"type":"rate_limit_event","session_id":"s1","uuid":"x","rate_limit_info":{"status":"allowed"}}""")]
    [InlineData("""{"type":"pr-link","sessionId":"s1","prNumber":12,"prUrl":"https://example.com/12"}""")]
    [InlineData("""{"type":"file-history-snapshot","messageId":"m","snapshot":{}}""")]
    public void Line_OfTheToolItself_IsNoCall(string line) => Assert.Empty(TextLog.Read(line));

    /// <summary>A message that still streams says 3 tokens of output where the result says 500, and the small model prints no line: both are
    /// a sum of their own, whose calls are not known. 500 - 3 of output are 0.012425 at 25 USD; 400 and 20 of Haiku are 0.0005 at 1 and
    /// 5.</summary>
    [Fact]
    public void Result_ThatHasMoreThanItsMessages_SaysTheRest()
    {
        LogRecord[] records = TextLog.Read(Message + "\n" + Result("r1", 1000, 500, ""","claude-haiku-4-5-20251001":{"inputTokens":400,"outputTokens":20,"cacheReadInputTokens":0,"cacheCreationInputTokens":0}"""));

        Assert.Equal(2, records.Length);
        PricedCall rest = TextLog.Price(records[1]);
        Assert.Equal((CostStatus.Partial, 0.012425m + 0.0005m), (rest.Status, rest.Total!.Value.Amount));
        Assert.Contains("The result of the session states 917 tokens more than its messages.", records[1].Call!.Reading.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Result_ThatIsTheSumOfItsMessages_SaysNothing() =>
        Assert.Single(TextLog.Read(Message + "\n" + Message.Replace("\"output_tokens\":3", "\"output_tokens\":500", StringComparison.Ordinal) + "\n" + Result("r1", 1000, 500)), record => record.Call?.Reading.Usage?.Output == 500);

    /// <summary>A result without its messages is the sum of them; a copy of it is the same.</summary>
    [Fact]
    public void Result_Alone_CountsOnce()
    {
        CallMerger merger = new();

        Assert.All(TextLog.Read(Result("r1", 1000, 500) + "\n" + Result("r1", 1000, 500) + "\n" + Result("r2", 1000, 500)), record => Assert.False(merger.Add(record)));

        Assert.Equal((2, 1), (merger.Finish().Count(), merger.Merged));
    }

    private static string Result(string id, int input, int output, string others = "") => $$$$"""{"type":"result","subtype":"success","session_id":"s1","uuid":"{{{{id}}}}","num_turns":1,"modelUsage":{"claude-opus-4-6":{"inputTokens":{{{{input}}}},"outputTokens":{{{{output}}}},"cacheReadInputTokens":0,"cacheCreationInputTokens":0}{{{{others}}}}}}""";
}
