using System.Text.Json;

namespace LlmCostModel.Cli.Tests.Records;

/// <summary>A whole log is priced: lines without a call are passed over, and a sum beside its parts is no call.</summary>
public sealed class QuietLineTests
{
    private const string Usage = """{"inputTokens":1000,"outputTokens":50,"totalTokens":1050}""";
    private const string Step = "{\"type\":\"finish-step\",\"usage\":" + Usage + ",\"response\":{\"id\":\"r\",\"modelId\":\"gpt-5\"}}";
    private const string Copilot = """{"type":"assistant.usage","id":"e","data":{"model":"gpt-5","inputTokens":1000,"outputTokens":50}}""";

    /// <summary>gpt-5: 1,000 x 1.25 + 50 x 10 = 1,750 millionths a call.</summary>
    [Theory]
    [InlineData(1, "0.00175", """{"type":"start"}""", """{"type":"start-step"}""", """{"type":"text-delta","id":"0","text":"usage"}""", Step, "{\"type\":\"finish\",\"totalUsage\":" + Usage + "}")]
    [InlineData(2, "0.0035", Step, """{"type":"finish-step","usage":{"inputTokens":1000,"outputTokens":50,"totalTokens":1050},"response":{"id":"r2","modelId":"gpt-5"}}""", """{"type":"finish","totalUsage":{"inputTokens":2000,"outputTokens":100,"totalTokens":2100}}""")]
    [InlineData(1, "0.00175", """{"type":"finish-step","usage":{"promptTokens":1000,"completionTokens":50,"totalTokens":1050},"response":{"id":"r","modelId":"gpt-5"}}""", """{"type":"finish","usage":{"promptTokens":1000,"completionTokens":50,"totalTokens":1050}}""")]
    [InlineData(1, "0.00175", """{"type":"thread.started","thread_id":"t"}""", """{"type":"turn.started"}""", """{"type":"item.completed","item":{"id":"i","type":"agent_message","text":"x"}}""", """{"type":"turn.completed","usage":{"input_tokens":1000,"cached_input_tokens":0,"output_tokens":50}}""")]
    [InlineData(1, "0.00175", """{"type":"session.start","id":"a","data":{"sessionId":"s"}}""", """{"type":"user.message","id":"b","data":{"content":"x"}}""", Copilot, """{"type":"session.shutdown","id":"c","data":{"modelMetrics":{"gpt-5":{"usage":{"inputTokens":1000,"outputTokens":50}}}}}""")]
    [InlineData(1, "0.00175", """{"messageStart":{"role":"assistant"}}""", """{"contentBlockDelta":{"delta":{"text":"x"},"contentBlockIndex":0}}""", """{"messageStop":{"stopReason":"end_turn"}}""", """{"metadata":{"usage":{"inputTokens":1000,"outputTokens":50,"totalTokens":1050}}}""")]
    [InlineData(1, "0.00175", """{"parts":[{"content":"x","part_kind":"user-prompt"}],"kind":"request"}""", """{"parts":[{"content":"x","part_kind":"text"}],"usage":{"input_tokens":1000,"output_tokens":50,"cache_read_tokens":0,"cache_write_tokens":0,"requests":1},"model_name":"gpt-5","kind":"response"}""")]
    [InlineData(1, "0.00175", """{"ts":1772359200000,"type":"say","say":"text","text":"x"}""", """{"ts":1772359200000,"type":"say","say":"api_req_started","text":"{\"request\":\"x\",\"tokensIn\":1000,\"tokensOut\":50,\"cacheWrites\":0,\"cacheReads\":0}"}""", """{"ts":1772359200001,"type":"ask","ask":"tool","text":"x"}""")]
    [InlineData(1, "0.00175", """{"ts":1772359200000,"type":"say","say":"api_req_started","modelInfo":{"modelId":"gpt-5"},"text":"{\"tokensIn\":1000,\"tokensOut\":50}"}""", """{"ts":1772359200000,"type":"say","say":"api_req_started","text":"{\"request\":\"x\"}"}""")]
    public void Price_WholeLog_HasNoRejectedLine(int calls, string total, params string[] lines)
    {
        (CliResult result, JsonElement group) = Price(lines);

        Assert.Equal((0, 0), (result.Code, result.Json.GetProperty("rejected").GetInt32()));
        Assert.Equal((calls, total), (group.GetProperty("requests").GetInt32(), group.GetProperty("total").GetString()));
    }

    [Fact]
    public void Price_EndOfAStreamWithMoreThanItsSteps_KeepsTheRest()
    {
        (_, JsonElement group) = Price(Step, """{"type":"finish","totalUsage":{"inputTokens":1800,"outputTokens":50,"totalTokens":1850}}""");

        Assert.Equal((1, "0.00275"), (group.GetProperty("partial").GetInt32(), group.GetProperty("total").GetString())); // 800 x 1.25 more
        Assert.Contains("800 input and 0 output tokens more than its steps", group.GetProperty("reasons")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    /// <summary>The total of a session of Codex grows by 8,000 where the last request says 2,000.</summary>
    [Theory]
    [InlineData(8000, 50, 2000, 50, "8000 input_tokens, and last_token_usage says 2000")]
    [InlineData(2000, 60, 2000, 50, "60 output_tokens, and last_token_usage says 50")]
    [InlineData(2000, 50, 2000, 50, null)]
    public void Price_CounterThatContradictsTheLastRequest_IsNamed(int input, int output, int lastInput, int lastOutput, string? named)
    {
        (_, JsonElement group) = Price(
            """{"type":"turn_context","payload":{"model":"gpt-5"}}""",
            $$$"""{"type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{{{Counts(input, output)}}},"last_token_usage":{{{Counts(lastInput, lastOutput)}}} } } }""");

        string reasons = group.GetProperty("reasons").ToString();
        Assert.Equal(named is null ? 0 : 1, group.GetProperty("partial").GetInt32());
        Assert.Contains(named ?? "[]", reasons, StringComparison.Ordinal);
    }

    /// <summary>Where no line has the usage of each call, the sum is not passed over in silence.</summary>
    [Fact]
    public void Price_ShutdownAlone_IsSaid() =>
        Assert.Equal(1, CliRunner.RunWith("""{"type":"session.shutdown","id":"c","data":{"modelMetrics":{"gpt-5":{"usage":{"inputTokens":1000}}}}}""", "price", "-").Code);

    private static string Counts(int input, int output) => $$"""{"input_tokens":{{input}},"output_tokens":{{output}} }""";

    private static (CliResult Result, JsonElement Group) Price(params string[] lines)
    {
        CliResult result = CliRunner.RunWith(string.Join('\n', lines), "price", "-", "--format", "json", "--at", "2026-11-25", "--model", "gpt-5");
        return (result, result.Json.GetProperty("groups")[0]);
    }
}
