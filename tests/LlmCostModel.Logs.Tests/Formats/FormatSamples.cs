namespace LlmCostModel.Logs.Tests.Formats;

/// <summary>Made-up logs, one for each kind that other programs write. What is in them is worked out in the tests of their family.</summary>
internal static class FormatSamples
{
    internal const string LiteLlm = """
        [{"request_id":"chatcmpl-a1","call_type":"acompletion","api_key":"hash-of-key","spend":0.00425,"total_tokens":1400,"prompt_tokens":1200,"completion_tokens":200,"startTime":"2026-04-02T09:00:00.250000Z","endTime":"2026-04-02T09:00:04Z","model":"gpt-4o","model_group":"chat","custom_llm_provider":"openai","api_base":"https://api.openai.com/v1/","user":"default","end_user":"ada","team_id":"t-1","request_tags":["blue","green"],"session_id":"s-1","cache_hit":"False","metadata":{"status":"success","user_api_key_alias":"web","user_api_key_team_alias":"search","usage_object":{"prompt_tokens":1200,"completion_tokens":200,"total_tokens":1400,"prompt_tokens_details":{"cached_tokens":600},"completion_tokens_details":{"reasoning_tokens":0}}}},
        {"request_id":"msg-a2","call_type":"anthropic_messages","api_key":"hash-of-key","spend":0.0153,"total_tokens":4100,"prompt_tokens":4000,"completion_tokens":100,"startTime":"2026-04-02T09:01:00Z","endTime":"2026-04-02T09:01:02Z","model":"claude-sonnet-4-5","custom_llm_provider":"anthropic","cache_hit":"False","metadata":{"additional_usage_values":{"prompt_tokens_details":{"cached_tokens":1000},"cache_creation_input_tokens":2000,"cache_read_input_tokens":1000}}},
        {"request_id":"chatcmpl-a3","call_type":"acompletion","api_key":"hash-of-key","spend":0,"total_tokens":1400,"prompt_tokens":1200,"completion_tokens":200,"startTime":"2026-04-02T09:02:00Z","endTime":"2026-04-02T09:02:00Z","model":"gpt-4o","custom_llm_provider":"openai","cache_hit":"True","metadata":{}},
        {"request_id":"chatcmpl-a4","call_type":"acompletion","api_key":"hash-of-key","spend":0,"total_tokens":0,"prompt_tokens":0,"completion_tokens":0,"startTime":"2026-04-02T09:03:00Z","endTime":"2026-04-02T09:03:00Z","model":"gpt-4o","custom_llm_provider":"openai","cache_hit":"None","status":"failure","metadata":{"error_information":{"error_message":"rate limited"}}},
        {"request_id":"chatcmpl-a5","call_type":"acompletion","api_key":"hash-of-key","spend":0.01,"total_tokens":0,"prompt_tokens":0,"completion_tokens":0,"startTime":"2026-04-02T09:04:00Z","endTime":"2026-04-02T09:04:00Z","model":"gpt-4o","custom_llm_provider":"openai","cache_hit":"False","metadata":{}}]
        """;

    internal const string LiteLlmTable =
        "request_id,call_type,api_key,spend,total_tokens,prompt_tokens,completion_tokens,startTime,endTime,model,custom_llm_provider,cache_hit,metadata\n"
        + "chatcmpl-b1,acompletion,k,4.25e-03,1400,1200,200,2026-04-02 09:00:00.25,2026-04-02 09:00:04,gpt-4o,openai,False,"
        + "\"{\"\"usage_object\"\":{\"\"prompt_tokens\"\":1200,\"\"completion_tokens\"\":200,\"\"total_tokens\"\":1400,\"\"prompt_tokens_details\"\":{\"\"cached_tokens\"\":600}}}\"\n"
        + "chatcmpl-b2,acompletion,k,0,1400,1200,200,2026-04-02 09:02:00,2026-04-02 09:02:00,gpt-4o,openai,True,{}\n";

    internal const string OpenRouterTable =
        "generation_id,created_at,cost_total,cost_web_search,cost_cache,cost_file_processing,byok_usage_inference,tokens_prompt,tokens_completion,tokens_reasoning,tokens_cached,model_permaslug,provider_name,variant,cancelled,streamed,user,api_key_name\n"
        + "gen-c1,2026-09-01T08:00:00.000Z,0.000285,0,-0.000045,0,0,1000,300,100,600,openai/gpt-4o-mini-2024-07-18,OpenAI,standard,false,true,ada,web\n"
        + "gen-c2,2026-09-01T08:01:00.000Z,0.01,0,0.005,0,0,4000,100,0,0,anthropic/claude-4.5-sonnet-20250929,Anthropic,standard,true,true,,web\n"
        + "gen-c3,2026-09-01T08:02:00.000Z,0.00001,0,0,0,0.0002,1000,300,0,0,openai/gpt-4o-mini-2024-07-18,OpenAI,standard,false,true,,own\n";

    internal const string OpenRouterGeneration = """
        {"data":{"id":"gen-d1","total_cost":0.000285,"created_at":"2026-09-01T08:00:00.123456+00:00","model":"openai/gpt-4o-mini","origin":"https://shop.example","usage":0.000285,"is_byok":false,"upstream_inference_cost":null,"cache_discount":0.000045,"provider_name":"OpenAI","tokens_prompt":990,"tokens_completion":290,"native_tokens_prompt":1000,"native_tokens_completion":300,"native_tokens_reasoning":100,"native_tokens_cached":600,"num_search_results":null,"external_user":"ada","finish_reason":"stop"}}
        """;

    internal const string Langfuse = """
        {"data":[{"id":"o-1","traceId":"t-1","type":"GENERATION","name":"answer","startTime":"2026-04-02T09:00:00.000Z","model":"gpt-4o","usageDetails":{"input":600,"input_cached_tokens":600,"output":150,"output_reasoning_tokens":50,"total":1400},"costDetails":{"total":0.00425},"environment":"production","level":"DEFAULT"},
        {"id":"o-2","traceId":"t-1","type":"SPAN","name":"search","startTime":"2026-04-02T09:00:00.000Z","usageDetails":{},"costDetails":{},"level":"DEFAULT"},
        {"id":"o-3","traceId":"t-2","type":"GENERATION","name":"answer","startTime":"2026-04-02T09:01:00.000Z","model":"gpt-4o","usageDetails":{"input":1200,"cached_tokens":600,"output":200,"total":1400},"costDetails":{},"level":"DEFAULT"},
        {"id":"o-4","traceId":"t-3","type":"GENERATION","name":"answer","startTime":"2026-04-02T09:02:00.000Z","model":"gpt-4o","usageDetails":{},"costDetails":{},"level":"ERROR","statusMessage":"timeout"},
        {"id":"o-5","traceId":"t-4","type":"GENERATION","name":"answer","startTime":"2026-04-02T09:03:00.000Z","model":"gpt-4o","usageDetails":{"input":1200,"input_cached_tokens":600,"output":200,"total":1400},"costDetails":{},"level":"DEFAULT"}],"meta":{"page":1}}
        """;

    internal const string Helicone = """
        {"request_id":"r-1","request_created_at":"2026-04-02T09:00:00.000Z","response_status":200,"provider":"OPENAI","request_model":"gpt-4o","response_model":"gpt-4o-2024-08-06","request_user_id":"ada","request_properties":{"team":"search","Helicone-Session-Id":"s-1"},"prompt_tokens":600,"completion_tokens":200,"total_tokens":1400,"prompt_cache_read_tokens":600,"prompt_cache_write_tokens":0,"costUSD":0.00425,"cache_reference_id":"00000000-0000-0000-0000-000000000000"}
        {"request_id":"r-2","request_created_at":"2026-04-02T09:01:00.000Z","response_status":200,"provider":"OPENAI","request_model":"gpt-4o","prompt_tokens":1,"completion_tokens":1,"costUSD":0.00425,"response_body":{"id":"chatcmpl-e2","object":"chat.completion","model":"gpt-4o-2024-08-06","choices":[],"usage":{"prompt_tokens":1200,"completion_tokens":200,"total_tokens":1400,"prompt_tokens_details":{"cached_tokens":600}}}}
        {"request_id":"r-3","request_created_at":"2026-04-02T09:02:00.000Z","response_status":200,"provider":"OPENAI","request_model":"gpt-4o","prompt_tokens":1200,"completion_tokens":200,"costUSD":0,"cache_reference_id":"11111111-2222-3333-4444-555555555555"}
        {"request_id":"r-4","request_created_at":"2026-04-02T09:03:00.000Z","response_status":429,"provider":"OPENAI","request_model":"gpt-4o","prompt_tokens":0,"completion_tokens":0}
        {"request_id":"r-5","request_created_at":"2026-04-02T09:04:00.000Z","response_status":200,"provider":"CUSTOM","request_model":"gpt-4o","prompt_tokens":1200,"completion_tokens":200,"total_tokens":1400,"prompt_cache_read_tokens":600}
        """;

    internal const string Portkey = """
        {"id":"p-1","trace_id":"tr-1","created_at":"2026-04-02T09:00:00.000Z","ai_org":"openai","ai_model":"gpt-4o","req_units":1200,"res_units":200,"total_units":1400,"cost":0.425,"cost_currency":"USD","is_success":1,"response_status_code":200,"metadata":{"_user":"ada","team":"search"},"response":{"status":200,"body":{"id":"chatcmpl-f1","object":"chat.completion","model":"gpt-4o-2024-08-06","choices":[],"usage":{"prompt_tokens":1200,"completion_tokens":200,"total_tokens":1400,"prompt_tokens_details":{"cached_tokens":600}}}}}
        {"id":"p-2","trace_id":"tr-2","created_at":"2026-04-02T09:01:00.000Z","ai_org":"openai","ai_model":"gpt-4o","req_units":1200,"res_units":200,"total_units":1400,"cost":0.5,"cost_currency":"USD","is_success":1,"response_status_code":200}
        {"id":"p-3","trace_id":"tr-3","created_at":"2026-04-02T09:02:00.000Z","ai_org":"openai","ai_model":"gpt-4o","req_units":0,"res_units":0,"total_units":0,"cost":0,"cost_currency":"USD","is_success":0,"response_status_code":500}
        {"id":"p-4","trace_id":"tr-4","created_at":"2026-04-02T09:03:00.000Z","ai_org":"openai","ai_model":"gpt-4o","req_units":1200,"res_units":200,"total_units":1400,"cost":0,"cache_status":"SEMANTIC HIT","response_status_code":200}
        """;

    internal const string LangSmith = """
        {"id":"run-1","name":"ChatOpenAI","run_type":"llm","start_time":"2026-04-02T09:00:00.123456","trace_id":"tr-1","dotted_order":"x","session_id":"p-1","extra":{"metadata":{"ls_provider":"openai","ls_model_name":"gpt-4o","thread_id":"th-1"}},"prompt_tokens":1200,"completion_tokens":200,"total_tokens":1400,"prompt_token_details":{"cache_read":600},"completion_token_details":{"reasoning":50},"total_cost":"0.00425","outputs":{}}
        {"id":"run-2","name":"RunnableSequence","run_type":"chain","start_time":"2026-04-02T09:00:00","trace_id":"tr-1","dotted_order":"y","session_id":"p-1","prompt_tokens":1200,"completion_tokens":200,"total_tokens":1400}
        {"id":"run-3","name":"ChatAnthropic","run_type":"llm","start_time":"2026-04-02T09:01:00","trace_id":"tr-2","dotted_order":"z","session_id":"p-1","extra":{"metadata":{"ls_provider":"anthropic","ls_model_name":"claude-sonnet-4-5"}},"prompt_tokens":4000,"completion_tokens":100,"total_tokens":4100,"outputs":{"generations":[[{"message":{"kwargs":{"usage_metadata":{"input_tokens":4000,"output_tokens":100,"total_tokens":4100,"input_token_details":{"cache_read":1000,"cache_creation":2000}}}}}]]}}
        {"id":"run-4","name":"ChatOpenAI","run_type":"llm","start_time":"2026-04-02T09:02:00","trace_id":"tr-3","dotted_order":"v","session_id":"p-1","extra":{"metadata":{"ls_model_name":"gpt-4o"}},"prompt_tokens":0,"completion_tokens":0,"total_tokens":0,"error":"RateLimitError"}
        """;

    internal const string GeminiCli = """
        {"sessionId":"g-1","projectHash":"ph-1","startTime":"2026-04-02T09:00:00.000Z","lastUpdated":"2026-04-02T09:00:00.000Z","kind":"main"}
        {"id":"u-1","timestamp":"2026-04-02T09:00:00.000Z","type":"user","content":[{"text":"hello"}]}
        {"id":"a-1","timestamp":"2026-04-02T09:00:05.000Z","type":"gemini","content":"","model":"gemini-2.5-pro","tokens":{"input":5000,"output":20,"cached":4000,"thoughts":80,"tool":0,"total":5100}}
        {"$set":{"lastUpdated":"2026-04-02T09:00:06.000Z"}}
        {"id":"a-1","timestamp":"2026-04-02T09:00:05.000Z","type":"gemini","content":"done","model":"gemini-2.5-pro","tokens":{"input":5000,"output":120,"cached":4000,"thoughts":80,"tool":0,"total":5200}}
        {"$rewindTo":"a-1"}
        {"id":"a-2","timestamp":"2026-04-02T09:01:00.000Z","type":"gemini","content":"cut","model":"gemini-2.5-pro"}
        """;

    internal const string OpenCode = """
        {"id":"msg_1","sessionID":"ses_1","role":"user","time":{"created":1775120400000},"agent":"build"}
        {"id":"msg_2","sessionID":"ses_1","role":"assistant","time":{"created":1775120400000,"completed":1775120405000},"parentID":"msg_1","modelID":"claude-sonnet-4-5","providerID":"anthropic","mode":"build","path":{"cwd":"/src/app","root":"/src"},"cost":0.0123,"tokens":{"input":1000,"output":100,"reasoning":0,"cache":{"read":1000,"write":2000}},"finish":"stop"}
        {"id":"prt_1","sessionID":"ses_1","messageID":"msg_2","type":"step-finish","cost":0.0123,"tokens":{"input":1000,"output":100,"reasoning":0,"cache":{"read":1000,"write":2000}}}
        {"id":"msg_3","sessionID":"ses_1","role":"assistant","time":{"created":1775120460000},"modelID":"gpt-4o","providerID":"openai","cost":0,"tokens":{"total":1400,"input":600,"output":150,"reasoning":50,"cache":{"read":600,"write":0}}}
        {"id":"msg_4","sessionID":"ses_1","role":"assistant","time":{"created":1775120520000},"modelID":"gpt-4o","providerID":"openai","cost":0,"tokens":{"input":600,"output":200,"reasoning":50,"cache":{"read":600,"write":0}}}
        {"id":"msg_5","sessionID":"ses_1","role":"assistant","time":{"created":1775120580000},"modelID":"gpt-4o","providerID":"openai","cost":0,"tokens":{"input":0,"output":0,"reasoning":0,"cache":{"read":0,"write":0}},"error":{"name":"MessageAbortedError"}}
        {"id":"msg_6","sessionID":"ses_1","role":"assistant","time":{"created":1775120640000},"modelID":"gpt-4o","providerID":"openai","cost":0,"tokens":{"input":0,"output":0,"reasoning":0,"cache":{"read":0,"write":0}}}
        """;

    internal const string Pi = """
        {"type":"session","version":3,"id":"pi-1","timestamp":"2026-04-02T09:00:00.000Z","cwd":"/src/app"}
        {"type":"model_change","id":"e0","parentId":null,"timestamp":"2026-04-02T09:00:00.000Z","provider":"anthropic","modelId":"claude-sonnet-4-5"}
        {"type":"message","id":"e1","parentId":"e0","timestamp":"2026-04-02T09:00:00.000Z","message":{"role":"user","content":"hi","timestamp":1775120400000}}
        {"type":"message","id":"e2","parentId":"e1","timestamp":"2026-04-02T09:00:05.000Z","message":{"role":"assistant","content":[],"api":"anthropic-messages","provider":"anthropic","model":"claude-sonnet-4-5","usage":{"input":1000,"output":100,"cacheRead":1000,"cacheWrite":2000,"cacheWrite1h":2000,"totalTokens":4100,"cost":{"input":0.003,"output":0.0015,"cacheRead":0.0003,"cacheWrite":0.012,"total":0.0168}},"stopReason":"stop","timestamp":1775120405000}}
        {"type":"message","id":"e3","parentId":"e2","timestamp":"2026-04-02T09:00:06.000Z","message":{"role":"toolResult","toolCallId":"c","toolName":"bash","content":[],"isError":false,"timestamp":1775120406000}}
        {"type":"message","id":"e4","parentId":"e3","timestamp":"2026-04-02T09:00:07.000Z","message":{"role":"assistant","content":[],"api":"openai-responses","provider":"openai","model":"gpt-4o","usage":{"input":600,"output":200,"cacheRead":600,"cacheWrite":0,"reasoning":50,"totalTokens":1400,"cost":{"total":0}},"stopReason":"stop","responseId":"resp_9"}}
        {"type":"message","id":"e5","parentId":"e4","timestamp":"2026-04-02T09:00:08.000Z","message":{"role":"assistant","content":[],"api":"openai-responses","provider":"openai","model":"gpt-4o","usage":{"input":0,"output":0,"cacheRead":0,"cacheWrite":0,"totalTokens":0,"cost":{"total":0}},"stopReason":"error","errorMessage":"overloaded","timestamp":1775120408000}}
        """;

    internal const string BedrockLog = """
        {"schemaType":"ModelInvocationLog","schemaVersion":"1.0","timestamp":"2026-04-02T09:00:00Z","accountId":"111122223333","identity":{"arn":"arn:aws:sts::111122223333:assumed-role/app/web"},"region":"us-east-1","requestId":"q-1","operation":"Converse","modelId":"arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0","requestMetadata":{"team":"search"},"input":{"inputContentType":"application/json","inputBodyJson":{"messages":[]},"inputTokenCount":1000,"cacheReadInputTokenCount":500},"output":{"outputContentType":"application/json","outputBodyJson":{"output":{"message":{"role":"assistant","content":[]}},"stopReason":"end_turn","usage":{"inputTokens":1000,"outputTokens":200,"totalTokens":1700,"cacheReadInputTokens":500}},"outputTokenCount":200}}
        {"schemaType":"ModelInvocationLog","schemaVersion":"1.0","timestamp":"2026-04-02T09:01:00Z","accountId":"111122223333","region":"us-east-1","requestId":"q-2","operation":"InvokeModel","modelId":"amazon.nova-lite-v1:0","input":{"inputContentType":"application/json","inputTokenCount":1000},"output":{"outputContentType":"application/json","outputTokenCount":200}}
        {"schemaType":"ModelInvocationLog","schemaVersion":"1.0","timestamp":"2026-04-02T09:02:00Z","accountId":"111122223333","region":"us-east-1","requestId":"q-3","operation":"InvokeModelWithResponseStream","modelId":"anthropic.claude-sonnet-4-5-20250929-v1:0","input":{"inputContentType":"application/json","inputTokenCount":7},"output":{"outputContentType":"application/json","outputBodyJson":[{"type":"message_start","message":{"id":"msg_bdrk_1","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929","content":[],"usage":{"input_tokens":1000,"output_tokens":1,"cache_read_input_tokens":1000,"cache_creation_input_tokens":0}}},{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":100}},{"type":"message_stop"}],"outputTokenCount":100}}
        {"schemaType":"ModelInvocationLog","schemaVersion":"1.0","timestamp":"2026-04-02T09:03:00Z","accountId":"111122223333","region":"us-east-1","requestId":"q-4","operation":"Converse","modelId":"amazon.nova-lite-v1:0","errorCode":"ThrottlingException","input":{"inputContentType":"application/json"}}
        """;

    internal const string OpenAIUsage = """
        {"object":"page","data":[{"object":"bucket","start_time":1775088000,"end_time":1775174400,"results":[{"object":"organization.usage.completions.result","input_tokens":12000,"output_tokens":2000,"input_cached_tokens":6000,"input_audio_tokens":0,"output_audio_tokens":0,"num_model_requests":10,"project_id":"proj_a","user_id":null,"api_key_id":"key_a","model":"gpt-4o-2024-08-06","batch":false,"service_tier":"default"},{"object":"organization.usage.completions.result","input_tokens":100000,"output_tokens":10000,"input_cached_tokens":0,"num_model_requests":100,"project_id":"proj_a","model":"gpt-4o-2024-08-06","batch":true}]},{"object":"bucket","start_time":1775174400,"end_time":1775260800,"results":[]},{"object":"bucket","start_time":1775260800,"end_time":1775347200,"results":[{"object":"organization.usage.completions.result","input_tokens":10,"output_tokens":1,"num_model_requests":1,"model":null,"batch":null}]}],"has_more":false,"next_page":null}
        """;

    internal const string AnthropicUsage = """
        {"data":[{"starting_at":"2026-04-02T00:00:00Z","ending_at":"2026-04-03T00:00:00Z","results":[{"uncached_input_tokens":1000,"cache_creation":{"ephemeral_1h_input_tokens":2000,"ephemeral_5m_input_tokens":0},"cache_read_input_tokens":1000,"output_tokens":100,"server_tool_use":{"web_search_requests":3},"api_key_id":"key_a","workspace_id":"ws_a","model":"claude-opus-4-6","service_tier":"standard","context_window":"0-200k","inference_geo":"not_available"},{"uncached_input_tokens":100000,"cache_creation":{"ephemeral_1h_input_tokens":0,"ephemeral_5m_input_tokens":0},"cache_read_input_tokens":0,"output_tokens":10000,"server_tool_use":{"web_search_requests":0},"api_key_id":null,"workspace_id":null,"model":"claude-opus-4-6","service_tier":"batch","context_window":null}]},{"starting_at":"2026-04-03T00:00:00Z","ending_at":"2026-04-04T00:00:00Z","results":[]}],"has_more":false,"next_page":null}
        """;

    internal const string Cursor =
        "Date,User,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost\r\n"
        + "\"2026-04-02T09:00:00.000Z\",\"ada@example.com\",\"Included\",\"claude-4.5-sonnet\",\"No\",\"2000\",\"1000\",\"1000\",\"100\",\"4100\",\"Included\"\r\n"
        + "\"2026-04-02T09:01:00.000Z\",\"ada@example.com\",\"On-Demand\",\"gpt-5\",\"No\",\"0\",\"1000\",\"1000\",\"200\",\"2200\",\"$0.01\"\r\n"
        + "\"2026-04-02T09:02:00.000Z\",\"ada@example.com\",\"Errored, No Charge\",\"gpt-5\",\"No\",\"0\",\"1000\",\"0\",\"0\",\"1000\",\"0\"\r\n"
        + "\"2026-04-02T09:03:00.000Z\",\"ada@example.com\",\"On-Demand\",\"gpt-5\",\"No\",\"0\",\"1000\",\"0\",\"200\",\"1500\",\"0.01\"\r\n";

    internal const string OpenAICosts = """
        {"object":"page","data":[{"object":"bucket","start_time":1775088000,"end_time":1775174400,"results":[{"object":"organization.costs.result","amount":{"value":1.5,"currency":"usd"},"line_item":"gpt-4o, input","project_id":null}]}],"has_more":false}
        """;

    internal static TheoryData<string, string> All => new()
    {
        { "litellm", LiteLlm },
        { "litellm", LiteLlmTable },
        { "openrouter", OpenRouterTable },
        { "openrouter", OpenRouterGeneration },
        { "langfuse", Langfuse },
        { "helicone", Helicone },
        { "portkey", Portkey },
        { "langsmith", LangSmith },
        { "gemini-cli", GeminiCli },
        { "opencode", OpenCode },
        { "pi", Pi },
        { "bedrock-log", BedrockLog },
        { "openai-usage", OpenAIUsage },
        { "anthropic-usage", AnthropicUsage },
        { "cursor", Cursor },
    };
}
