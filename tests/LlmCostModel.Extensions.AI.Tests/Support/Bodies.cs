using System.Globalization;
using static LlmCostModel.Extensions.AI.Tests.LoopbackModel;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>Answers in the shapes of the providers' references.</summary>
internal static class Bodies
{
    internal const string OpenAIUsage = """{"prompt_tokens":1000,"completion_tokens":200,"total_tokens":1200,"prompt_tokens_details":{"cached_tokens":300,"cache_write_tokens":400},"completion_tokens_details":{"reasoning_tokens":120}}""";

    internal const string AnthropicUsage = """{"input_tokens":50,"cache_read_input_tokens":3000,"cache_creation_input_tokens":700,"cache_creation":{"ephemeral_5m_input_tokens":200,"ephemeral_1h_input_tokens":500},"output_tokens":90,"server_tool_use":{"web_search_requests":2,"web_fetch_requests":0},"service_tier":"standard","inference_geo":"us"}""";

    private const string ResponsesAnswer = """{"id":"resp_1","object":"response","created_at":1767225600,"status":"completed","model":"gpt-test","service_tier":"flex","output":[{"type":"message","id":"msg_1","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Hi.","annotations":[]}]}],"usage":{"input_tokens":1000,"input_tokens_details":{"cached_tokens":300,"cache_write_tokens":400},"output_tokens":200,"output_tokens_details":{"reasoning_tokens":120},"total_tokens":1200}}""";

    internal static Reply Chat(string usage = OpenAIUsage, string tier = "flex") => new(
        $$"""{"id":"chat_1","object":"chat.completion","created":1767225600,"model":"gpt-test","service_tier":"{{tier}}","choices":[{"index":0,"message":{"role":"assistant","content":"Hi."},"finish_reason":"stop"}],"usage":{{usage}}}""");

    internal static Reply ChatStream(string usage = OpenAIUsage, string tier = "flex") => new(
        string.Concat(ChatEvents(usage, tier).Select(one => $"data: {one}\n\n")), IsStream: true);

    internal static Reply CutChatStream() => new($"data: {ChatEvents(OpenAIUsage, "flex")[0]}\n\n", IsStream: true, IsCut: true);

    internal static Reply ToolCall(int number, long input, long output) => new(string.Create(CultureInfo.InvariantCulture, $$$"""
        {"id":"chat_{{{number}}}","object":"chat.completion","created":1767225600,"model":"gpt-test","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"call_{{{number}}}","type":"function","function":{"name":"next","arguments":"{}"}}]},"finish_reason":"tool_calls"}],"usage":{{{Counts(input, output)}}}}
        """));

    internal static Reply ToolCallStream(int number, long input, long output) => Reply.Stream(
        string.Create(CultureInfo.InvariantCulture, $$$"""{"id":"chat_{{{number}}}","object":"chat.completion.chunk","created":1767225600,"model":"gpt-test","choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_{{{number}}}","type":"function","function":{"name":"next","arguments":"{}"}}]},"finish_reason":null}]}"""),
        string.Create(CultureInfo.InvariantCulture, $$$"""{"id":"chat_{{{number}}}","object":"chat.completion.chunk","created":1767225600,"model":"gpt-test","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"""),
        string.Create(CultureInfo.InvariantCulture, $$$"""{"id":"chat_{{{number}}}","object":"chat.completion.chunk","created":1767225600,"model":"gpt-test","choices":[],"usage":{{{Counts(input, output)}}}}"""),
        "[DONE]");

    internal static Reply Responses() => new(ResponsesAnswer);

    internal static Reply ResponsesStream() => Reply.NamedStream(
        """{"type":"response.created","sequence_number":0,"response":{"id":"resp_1","object":"response","created_at":1767225600,"status":"in_progress","model":"gpt-test","output":[]}}""",
        $$"""{"type":"response.completed","sequence_number":1,"response":{{ResponsesAnswer}}}""");

    /// <summary>A stream that ends as <c>incomplete</c> or <c>failed</c>.</summary>
    internal static Reply ResponsesStreamEnding(string end) => Reply.NamedStream(
        """{"type":"response.created","sequence_number":0,"response":{"id":"resp_1","object":"response","created_at":1767225600,"status":"in_progress","model":"gpt-test","output":[]}}""",
        $$"""{"type":"response.{{end}}","sequence_number":1,"response":{{ResponsesAnswer.Replace("\"completed\",\"model\"", $"\"{end}\",\"model\"", StringComparison.Ordinal)}}}""");

    internal static Reply ResponsesWithoutTotal() => new(ResponsesAnswer.Replace(",\"total_tokens\":1200", "", StringComparison.Ordinal));

    internal static Reply Messages(string usage = AnthropicUsage) => new(
        $$"""{"id":"msg_1","type":"message","role":"assistant","model":"claude-test","content":[{"type":"text","text":"Hi."}],"stop_reason":"end_turn","stop_sequence":null,"usage":{{usage}}}""");

    /// <summary>Lifetimes and place only in the first event, as the API does.</summary>
    internal static Reply MessagesStream() => Reply.NamedStream(
        """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-test","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":50,"cache_read_input_tokens":3000,"cache_creation_input_tokens":700,"cache_creation":{"ephemeral_5m_input_tokens":200,"ephemeral_1h_input_tokens":500},"output_tokens":1,"service_tier":"standard","inference_geo":"us"}}}""",
        """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi."}}""",
        """{"type":"content_block_stop","index":0}""",
        """{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"input_tokens":50,"cache_read_input_tokens":3000,"cache_creation_input_tokens":700,"output_tokens":90,"server_tool_use":{"web_search_requests":2,"web_fetch_requests":0}}}""",
        """{"type":"message_stop"}""");

    /// <summary>One answer of a tool loop: a call of the tool, or the last text.</summary>
    internal static Reply MessagesOfLoop(int number, long input, long output, bool isLast, bool streaming)
    {
        string content = isLast ? """{"type":"text","text":"Hi."}""" : string.Create(CultureInfo.InvariantCulture, $$$"""{"type":"tool_use","id":"toolu_{{{number}}}","name":"next","input":{}}""");
        string reason = isLast ? "end_turn" : "tool_use";
        string usage = string.Create(CultureInfo.InvariantCulture, $$$"""{"input_tokens":{{{input}}},"cache_read_input_tokens":0,"cache_creation_input_tokens":0,"output_tokens":{{{output}}},"service_tier":"standard"}""");
        string message = string.Create(CultureInfo.InvariantCulture, $$$""" "id":"msg_{{{number}}}","type":"message","role":"assistant","model":"claude-test","stop_sequence":null""");
        return streaming
            ? Reply.NamedStream(
                $$$"""{"type":"message_start","message":{{{{message}}},"content":[],"stop_reason":null,"usage":{{{usage}}}}}""",
                $$$"""{"type":"content_block_start","index":0,"content_block":{{{(isLast ? """{"type":"text","text":""}""" : content)}}}}""",
                isLast
                    ? """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi."}}"""
                    : """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{}"}}""",
                """{"type":"content_block_stop","index":0}""",
                string.Create(CultureInfo.InvariantCulture, $$$"""{"type":"message_delta","delta":{"stop_reason":"{{{reason}}}","stop_sequence":null},"usage":{"output_tokens":{{{output}}}}}"""),
                """{"type":"message_stop"}""")
            : new($$$"""{{{{message}}},"content":[{{{content}}}],"stop_reason":"{{{reason}}}","usage":{{{usage}}}}""");
    }

    /// <summary>The first three of six events.</summary>
    internal static Reply CutMessagesStream()
    {
        Reply whole = MessagesStream();
        return whole with { Body = string.Concat(whole.Body.Split("\n\n")[..3].Select(one => one + "\n\n")), IsCut = true };
    }

    internal static Reply AnthropicTooManyRequests() => new("""{"type":"error","error":{"type":"rate_limit_error","message":"Slow down."}}""", Status: 429);

    internal static Reply TooManyRequests() => new("""{"error":{"message":"Rate limit reached.","type":"requests","code":"rate_limit_exceeded"}}""", Status: 429);

    internal static string Counts(long input, long output) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"prompt_tokens":{{input}},"completion_tokens":{{output}},"total_tokens":{{input + output}}}""");

    private static string[] ChatEvents(string usage, string tier) =>
    [
        $$"""{"id":"chat_1","object":"chat.completion.chunk","created":1767225600,"model":"gpt-test","service_tier":"{{tier}}","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi."},"finish_reason":null}]}""",
        $$"""{"id":"chat_1","object":"chat.completion.chunk","created":1767225600,"model":"gpt-test","service_tier":"{{tier}}","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""",
        $$"""{"id":"chat_1","object":"chat.completion.chunk","created":1767225600,"model":"gpt-test","service_tier":"{{tier}}","choices":[],"usage":{{usage}}}""",
        "[DONE]",
    ];
}
