using System.Globalization;
using System.Text.Json.Nodes;

namespace LlmCostModel.Logs.Tests.Merging;

/// <summary>A call of a made-up session, with disjoint counts.</summary>
internal sealed record MadeCall(string Session, int Number, DateTimeOffset At, long Input, long CacheRead, long CacheWrite, long Output, long Reasoning)
{
    public string Id => $"{Session}-{Number}";

    public string Time => At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public long AllInput => Input + CacheRead + CacheWrite;

    public long AllOutput => Output + Reasoning;

    public TokenUsage Usage => new() { Input = Input, CacheRead = CacheRead, CacheWrite5m = CacheWrite, Output = Output, Reasoning = Reasoning };
}

/// <summary>Writes the lines of a session as a tool would.</summary>
/// <param name="Name">The tool.</param>
/// <param name="Lines">The lines.</param>
/// <param name="IsOrdered">Whether a line means something only after those before it.</param>
/// <param name="HasWrites">Whether what is written to the cache can be said.</param>
/// <param name="HasReasoning">Whether reasoning can be said.</param>
/// <param name="HasReads">Whether what is read from the cache can be said.</param>
internal sealed record SessionWriter(string Name, Func<IReadOnlyList<MadeCall>, IEnumerable<string>> Lines, bool IsOrdered = false, bool HasWrites = false, bool HasReasoning = true, bool HasReads = true)
{
    /// <summary>Shapes as the tools document them; see the formats for the sources.</summary>
    public static SessionWriter[] All { get; } =
    [
        Each("usage", call => $$"""{"id":"{{call.Id}}","model":"gpt-4o","at":"{{call.Time}}","usage":{"input":{{call.Input}},"cacheRead":{{call.CacheRead}},"cacheWrite5m":{{call.CacheWrite}},"output":{{call.Output}},"reasoning":{{call.Reasoning}} } }""", writes: true),
        Each("ledger", call => System.Text.Json.JsonSerializer.Serialize(ModelCall.FromUsage("gpt-4o", call.Usage) with { At = call.At, Identity = new CallIdentity { ResponseId = call.Id } }), writes: true),
        Each("openai.chat", call => $$$"""{"id":"chatcmpl-{{{call.Id}}}","object":"chat.completion","created":{{{call.At.ToUnixTimeSeconds()}}},"model":"gpt-4o","usage":{{{Chat(call)}}}}"""),
        Each("openai.responses", call => $$$"""{"id":"resp_{{{call.Id}}}","object":"response","created_at":{{{call.At.ToUnixTimeSeconds()}}},"status":"completed","model":"gpt-4o","output":[],"usage":{"input_tokens":{{{call.AllInput}}},"input_tokens_details":{"cached_tokens":{{{call.CacheRead}}}},"output_tokens":{{{call.AllOutput}}},"output_tokens_details":{"reasoning_tokens":{{{call.Reasoning}}}},"total_tokens":{{{call.AllInput + call.AllOutput}}}}}"""),
        Each("openai.batch", call => $$$"""{"id":"batch_req_{{{call.Id}}}","custom_id":"request-{{{call.Number}}}","response":{"status_code":200,"request_id":"req_{{{call.Id}}}","body":{"id":"chatcmpl-{{{call.Id}}}","object":"chat.completion","created":{{{call.At.ToUnixTimeSeconds()}}},"model":"gpt-4o","usage":{{{Chat(call)}}}}},"error":null}"""),
        Each("anthropic.messages", call => $$$"""{"created_at":"{{{call.Time}}}","message":{{{Message(call, call.Output)}}}}""", writes: true, reasoning: false),
        Each("anthropic.batch", call => $$$"""{"custom_id":"request-{{{call.Number}}}","result":{"type":"succeeded","message":{{{Message(call, call.Output)}}}}}""", writes: true, reasoning: false),
        Each("gemini", call => $$$"""{"responseId":"r{{{call.Id}}}","modelVersion":"gemini-2.5-flash","createTime":"{{{call.Time}}}","candidates":[{}],"usageMetadata":{"promptTokenCount":{{{call.Input + call.CacheRead}}},"cachedContentTokenCount":{{{call.CacheRead}}},"candidatesTokenCount":{{{call.Output}}},"thoughtsTokenCount":{{{call.Reasoning}}},"totalTokenCount":{{{call.Input + call.CacheRead + call.AllOutput}}}}}"""),
        Each("gemini.batch", call => $$$"""{"key":"request-{{{call.Number}}}","response":{"modelVersion":"gemini-2.5-flash","candidates":[{"content":"{{{call.Session}}}"}],"usageMetadata":{"promptTokenCount":{{{call.Input + call.CacheRead}}},"cachedContentTokenCount":{{{call.CacheRead}}},"candidatesTokenCount":{{{call.Output}}},"thoughtsTokenCount":{{{call.Reasoning}}},"totalTokenCount":{{{call.Input + call.CacheRead + call.AllOutput}}} } } }"""),
        new("claude-code", calls => calls.SelectMany(call => (IEnumerable<string>)[Transcript(call, 1), Transcript(call, call.Output)]), HasWrites: true, HasReasoning: false),
        new("claude-stream", calls => [.. calls.Select(call => $$$"""{"type":"assistant","session_id":"{{{call.Session}}}","uuid":"u{{{call.Id}}}","message":{{{Message(call, call.Output)}}}}"""), Result(calls)], IsOrdered: true, HasWrites: true, HasReasoning: false),
        new("codex", Codex, IsOrdered: true),
        Each("otel", Spans),
        Each("otel.calls", call => Export(Span(call, $"{call.Number + 1:x16}", null, "chat"))),
        Each("litellm", call => $$$"""{"request_id":"chatcmpl-{{{call.Id}}}","call_type":"acompletion","spend":0.1,"total_tokens":{{{call.AllInput + call.AllOutput}}},"prompt_tokens":{{{call.AllInput}}},"completion_tokens":{{{call.AllOutput}}},"startTime":"{{{call.Time}}}","endTime":"{{{call.Time}}}","model":"gpt-4o","custom_llm_provider":"openai","metadata":{"usage_object":{{{Chat(call)}}}}}"""),
        Each("openrouter", call => $$$"""{"id":"gen-{{{call.Id}}}","total_cost":0.1,"created_at":"{{{call.Time}}}","model":"openai/gpt-4o","native_tokens_prompt":{{{call.AllInput}}},"native_tokens_completion":{{{call.AllOutput}}},"native_tokens_reasoning":{{{call.Reasoning}}},"native_tokens_cached":{{{call.CacheRead}}}}"""),
        Each("langfuse", call => $$$"""{"id":"o-{{{call.Id}}}","traceId":"t","type":"GENERATION","name":"a","startTime":"{{{call.Time}}}","model":"gpt-4o","usageDetails":{"input":{{{call.Input}}},"input_cached_tokens":{{{call.CacheRead}}},"output":{{{call.Output}}},"output_reasoning_tokens":{{{call.Reasoning}}},"total":{{{call.AllInput + call.AllOutput}}}},"costDetails":{},"level":"DEFAULT"}"""),
        Each("helicone", call => $$$"""{"request_id":"r-{{{call.Id}}}","request_created_at":"{{{call.Time}}}","response_status":200,"provider":"OPENAI","request_model":"gpt-4o","prompt_tokens":{{{call.AllInput}}},"completion_tokens":{{{call.AllOutput}}},"response_body":{"object":"chat.completion","model":"gpt-4o","usage":{{{Chat(call)}}}}}"""),
        Each("portkey", call => $$$"""{"id":"p-{{{call.Id}}}","trace_id":"t","created_at":"{{{call.Time}}}","ai_org":"openai","ai_model":"gpt-4o","req_units":{{{call.AllInput}}},"res_units":{{{call.AllOutput}}},"total_units":{{{call.AllInput + call.AllOutput}}},"cost":1,"cost_currency":"USD","is_success":1,"response_status_code":200,"response":{"object":"chat.completion","model":"gpt-4o","usage":{{{Chat(call)}}}}}"""),
        Each("langsmith", call => $$$"""{"id":"run-{{{call.Id}}}","name":"ChatOpenAI","run_type":"llm","start_time":"{{{call.Time}}}","trace_id":"t","dotted_order":"x","session_id":"p","extra":{"metadata":{"ls_provider":"openai","ls_model_name":"gpt-4o"}},"prompt_tokens":{{{call.AllInput}}},"completion_tokens":{{{call.AllOutput}}},"total_tokens":{{{call.AllInput + call.AllOutput}}},"prompt_token_details":{"cache_read":{{{call.CacheRead}}}},"completion_token_details":{"reasoning":{{{call.Reasoning}}}}}"""),
        new("gemini-cli", calls => [$$"""{"sessionId":"{{calls[0].Session}}","projectHash":"p","startTime":"{{calls[0].Time}}","kind":"main"}""", .. calls.Select(call => $$$"""{"id":"{{{call.Id}}}","timestamp":"{{{call.Time}}}","type":"gemini","content":"x","model":"gemini-2.5-pro","tokens":{"input":{{{call.Input + call.CacheRead}}},"output":{{{call.Output}}},"cached":{{{call.CacheRead}}},"thoughts":{{{call.Reasoning}}},"tool":0,"total":{{{call.Input + call.CacheRead + call.AllOutput}}}}}""")], IsOrdered: true),
        Each("opencode", call => $$$"""{"id":"msg_{{{call.Id}}}","sessionID":"{{{call.Session}}}","role":"assistant","time":{"created":{{{call.At.ToUnixTimeMilliseconds()}}}},"modelID":"gpt-4o","providerID":"openai","cost":0,"tokens":{"total":{{{call.AllInput + call.AllOutput}}},"input":{{{call.Input}}},"output":{{{call.Output}}},"reasoning":{{{call.Reasoning}}},"cache":{"read":{{{call.CacheRead}}},"write":0} } }"""),
        new("pi", calls => [$$"""{"type":"session","version":3,"id":"{{calls[0].Session}}","timestamp":"{{calls[0].Time}}","cwd":"/a"}""", .. calls.Select(call => $$$"""{"type":"message","id":"e{{{call.Number}}}","parentId":null,"timestamp":"{{{call.Time}}}","message":{"role":"assistant","content":[],"api":"x","provider":"openai","model":"gpt-4o","usage":{"input":{{{call.Input}}},"output":{{{call.AllOutput}}},"reasoning":{{{call.Reasoning}}},"cacheRead":{{{call.CacheRead}}},"cacheWrite":0,"totalTokens":{{{call.AllInput + call.AllOutput}}}},"timestamp":{{{call.At.ToUnixTimeMilliseconds()}}}}}""")], IsOrdered: true),
        Each("bedrock-log", call => $$$"""{"schemaType":"ModelInvocationLog","schemaVersion":"1.0","timestamp":"{{{call.Time}}}","accountId":"1","region":"us-east-1","requestId":"q-{{{call.Id}}}","operation":"Converse","modelId":"amazon.nova-lite-v1:0","input":{"inputTokenCount":{{{call.Input}}}},"output":{"outputBodyJson":{"usage":{"inputTokens":{{{call.Input}}},"outputTokens":{{{call.Output}}},"totalTokens":{{{call.AllInput + call.Output}}},"cacheReadInputTokens":{{{call.CacheRead}}}}},"outputTokenCount":{{{call.Output}}}}}""", reasoning: false),
        new("cursor", calls => ["Date,User,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost", .. calls.Select(call => $"{call.Time},{call.Session},Included,gpt-4o,No,0,{call.Input},{call.CacheRead},{call.Output},{call.AllInput + call.Output},0")], IsOrdered: true, HasReasoning: false),
        new("csv", calls => ["id,model,created_at,input,cacheRead,output,reasoning", .. calls.Select(call => $"{call.Id},gpt-4o,{call.Time},{call.Input},{call.CacheRead},{call.Output},{call.Reasoning}")], IsOrdered: true),
        Each("cline", call => $$$"""{"ts":{{{call.At.ToUnixTimeMilliseconds()}}},"type":"say","say":"api_req_started","text":"{\"tokensIn\":{{{call.Input}}},\"tokensOut\":{{{call.Output}}},\"cacheWrites\":0,\"cacheReads\":{{{call.CacheRead}}},\"cost\":0.1}","modelInfo":{"modelId":"gpt-4o"}}""", reasoning: false),
        Each("copilot", call => $$$"""{"id":"{{{call.Id}}}","timestamp":"{{{call.Time}}}","type":"assistant.usage","data":{"model":"gpt-4o","inputTokens":{{{call.AllInput}}},"outputTokens":{{{call.AllOutput}}},"cacheReadTokens":{{{call.CacheRead}}},"cacheWriteTokens":0,"reasoningTokens":{{{call.Reasoning}}}}}""") with { HasReads = false },
    ];

    private static SessionWriter Each(string name, Func<MadeCall, string> line, bool writes = false, bool reasoning = true) =>
        new(name, calls => calls.Select(line), HasWrites: writes, HasReasoning: reasoning);

    private static string Chat(MadeCall call) => $$$"""{"prompt_tokens":{{{call.AllInput}}},"completion_tokens":{{{call.AllOutput}}},"total_tokens":{{{call.AllInput + call.AllOutput}}},"prompt_tokens_details":{"cached_tokens":{{{call.CacheRead}}}},"completion_tokens_details":{"reasoning_tokens":{{{call.Reasoning}}}}}""";

    private static string Message(MadeCall call, long output) => $$$"""{"id":"msg_{{{call.Id}}}","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[],"usage":{"input_tokens":{{{call.Input}}},"cache_creation_input_tokens":{{{call.CacheWrite}}},"cache_read_input_tokens":{{{call.CacheRead}}},"cache_creation":{"ephemeral_5m_input_tokens":{{{call.CacheWrite}}},"ephemeral_1h_input_tokens":0},"output_tokens":{{{output}}},"service_tier":"standard"}}""";

    private static string Transcript(MadeCall call, long output) => $$$"""{"sessionId":"{{{call.Session}}}","cwd":"/a","gitBranch":"main","type":"assistant","requestId":"req_{{{call.Id}}}","uuid":"u{{{call.Id}}}{{{output}}}","timestamp":"{{{call.Time}}}","message":{{{Message(call, output)}}}}""";

    private static string Result(IReadOnlyList<MadeCall> calls) => $$$$"""{"type":"result","subtype":"success","session_id":"{{{{calls[0].Session}}}}","uuid":"r","total_cost_usd":1,"usage":{},"modelUsage":{"claude-sonnet-4-5":{"inputTokens":{{{{calls.Sum(call => call.Input)}}}},"outputTokens":{{{{calls.Sum(call => call.Output)}}}},"cacheReadInputTokens":{{{{calls.Sum(call => call.CacheRead)}}}},"cacheCreationInputTokens":{{{{calls.Sum(call => call.CacheWrite)}}}},"webSearchRequests":0,"costUSD":1}}}""";

    private static IEnumerable<string> Codex(IReadOnlyList<MadeCall> calls)
    {
        yield return $$$"""{"timestamp":"{{{calls[0].Time}}}","type":"session_meta","payload":{"id":"{{{calls[0].Session}}}","cwd":"/a"}}""";
        yield return $$$"""{"timestamp":"{{{calls[0].Time}}}","type":"turn_context","payload":{"cwd":"/a","model":"gpt-5.1-codex"}}""";
        (long input, long cached, long output, long reasoning) = (0, 0, 0, 0);
        foreach (MadeCall call in calls)
        {
            (input, cached, output, reasoning) = (input + call.AllInput, cached + call.CacheRead, output + call.AllOutput, reasoning + call.Reasoning);
            yield return $$$$"""{"timestamp":"{{{{call.Time}}}}","type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{{{{Counts(input, cached, output, reasoning).ToJsonString()}}}},"last_token_usage":{{{{Counts(call.AllInput, call.CacheRead, call.AllOutput, call.Reasoning).ToJsonString()}}}}}}}""";
        }

        static JsonNode Counts(long input, long cached, long output, long reasoning) => new JsonObject
        {
            ["input_tokens"] = input,
            ["cached_input_tokens"] = cached,
            ["output_tokens"] = output,
            ["reasoning_output_tokens"] = reasoning,
            ["total_tokens"] = input + output,
        };
    }

    /// <summary>A span of an agent around that of the request: it states the same.</summary>
    private static string Spans(MadeCall call) =>
        Export(Span(call, $"{(call.Number * 2) + 1:x16}", $"{(call.Number * 2) + 2:x16}", "chat") + "," + Span(call, $"{(call.Number * 2) + 2:x16}", null, "invoke_agent"));

    private static string Export(string spans) => $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{spans}}]}]}]}""";

    private static string Span(MadeCall call, string id, string? parent, string operation)
    {
        string trace = Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(call.Session.PadRight(16, 'x')[..16]));
        string attributes = string.Join(',', (string[])
        [
            $$"""{"key":"gen_ai.operation.name","value":{"stringValue":"{{operation}}"} }""",
            """{"key":"gen_ai.response.model","value":{"stringValue":"gpt-4o"}}""",
            .. new (string, long)[] { ("input_tokens", call.AllInput), ("output_tokens", call.AllOutput), ("cache_read.input_tokens", call.CacheRead), ("reasoning.output_tokens", call.Reasoning) }
                .Select(one => $$"""{"key":"gen_ai.usage.{{one.Item1}}","value":{"intValue":"{{one.Item2}}"} }"""),
        ]);
        return $$"""{"traceId":"{{trace}}","spanId":"{{id}}","parentSpanId":"{{parent}}","name":"{{operation}}","startTimeUnixNano":"{{call.At.ToUnixTimeMilliseconds()}}000000","attributes":[{{attributes}}]}""";
    }
}
