namespace LlmCostModel.Tests.Responses;

/// <summary>Whole bodies in the shape of three providers.</summary>
internal static class SampleBodies
{
    public const string Chat = """
        {"id":"chatcmpl-1","object":"chat.completion","created":1738000000,"model":"gpt-4o-2024-08-06","choices":[{"index":0,"message":{"role":"assistant","content":"Caf\u00e9 \"quoted\" {\"usage\":{\"prompt_tokens\":7}}","tool_calls":[{"id":"t","type":"function","function":{"name":"f","arguments":"{\"a\":[1,2,{\"b\":null}]}"}}]},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,"completion_tokens":500,"total_tokens":1500,"prompt_tokens_details":{"cached_tokens":600,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":120}},"service_tier":"default"}
        """;

    public const string Anthropic = """
        {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929","content":[{"type":"text","text":"usage: {\"input_tokens\": 5}"}],"stop_reason":"end_turn","usage":{"input_tokens":10,"cache_creation_input_tokens":7,"cache_read_input_tokens":100,"cache_creation":{"ephemeral_5m_input_tokens":5,"ephemeral_1h_input_tokens":2},"output_tokens":50,"service_tier":"standard"}}
        """;

    public const string Gemini = """
        {"candidates":[{"content":{"parts":[{"text":"a"}],"role":"model"},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":400,"candidatesTokenCount":50,"totalTokenCount":450,"cachedContentTokenCount":260,"promptTokensDetails":[{"modality":"TEXT","tokenCount":400}],"cacheTokensDetails":[{"modality":"TEXT","tokenCount":260}]},"modelVersion":"gemini-2.5-flash","responseId":"r"}
        """;
}
