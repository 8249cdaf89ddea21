namespace LlmCostModel.Tests.Responses;

/// <summary>Tools that the provider ran are metered wherever the body lists or counts them, or named.</summary>
public sealed class HostedToolTests
{
    private const string Responses = """ "object":"response","usage":{"input_tokens":10,"output_tokens":5,"total_tokens":15} """;
    private const string Xai = """ "input_tokens":10,"output_tokens":5,"total_tokens":15,"cost_in_usd_ticks":1 """;
    private const string Interactions = """ "usage":{"total_input_tokens":10,"total_output_tokens":5,"total_tokens":15} """;
    private const string Claude = """ "type":"message","model":"m","usage":{"input_tokens":10,"output_tokens":5} """;
    private const string Chain = """ "usage_metadata":{"input_tokens":10,"output_tokens":5,"total_tokens":15} """;
    private const string Vercel = """ "usage":{"inputTokens":10,"outputTokens":5,"totalTokens":15,"reasoningTokens":0} """;

    [Theory]

    // Interactions: each query of a search is billed; maps once a prompt
    [InlineData("{" + Interactions + ""","outputs":[{"type":"google_search_call","arguments":{"queries":["a","b"]}}]}""", "GroundedPrompt 1, GroundedQuery 2")]
    [InlineData("{" + Interactions + ""","steps":[{"type":"google_search_call","arguments":{"queries":["a","b"]}},{"type":"google_search_call","arguments":{"queries":["c"]}},{"type":"model_output"}]}""", "GroundedPrompt 1, GroundedQuery 3")]
    [InlineData("{" + Interactions + ""","steps":[{"type":"google_maps_call"},{"type":"google_maps_call"}]}""", "MapsGroundedPrompt 1")]
    [InlineData("""{"usage":{"total_input_tokens":10,"total_output_tokens":5,"grounding_tool_count":[{"type":"google_search","count":2}]}}""", "GroundedPrompt 1, GroundedQuery 2")]
    [InlineData("""{"usage":{"total_input_tokens":10,"total_output_tokens":5,"grounding_tool_count":[{"count":1,"type":"google_maps"}]}}""", "MapsGroundedPrompt 1")]
    [InlineData("{" + Interactions + ""","steps":[{"type":"file_search_call"},{"type":"code_execution_call"},{"type":"url_context_call"}]}""", "")]

    // xAI: by name, by its list, by its map
    [InlineData("{\"object\":\"response\",\"output\":[{\"type\":\"web_search_call\"},{\"type\":\"custom_tool_call\",\"name\":\"x_keyword_search\"}],\"usage\":{" + Xai + ",\"num_server_side_tools_used\":2}}", "WebSearch 1, XSearch 1")]
    [InlineData("{\"object\":\"response\",\"server_side_tool_usage\":{\"SERVER_SIDE_TOOL_WEB_SEARCH\":3,\"SERVER_SIDE_TOOL_MCP\":2},\"usage\":{" + Xai + "}}", "WebSearch 3")]
    [InlineData("""{"object":"chat.completion","choices":[{}],"server_side_tool_usage":{"SERVER_SIDE_TOOL_X_SEARCH":3},"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}""", "XSearch 3")]
    [InlineData("{\"object\":\"response\",\"usage\":{" + Xai + ",\"num_server_side_tools_used\":2,\"server_side_tool_usage_details\":{\"mcp_calls\":1,\"x_search_calls\":1}}}", "XSearch 1")]

    // OpenAI: counted beside the list
    [InlineData("{" + Responses + ""","output":[{"type":"web_search_call"}],"tool_usage":{"web_search":{"num_requests":3}}}""", "WebSearch 3")]
    [InlineData("{" + Responses + ""","tool_usage":{"web_search":{"num_requests":2},"image_gen":{"input_tokens":0,"output_tokens":0}}}""", "WebSearch 2")]
    [InlineData("{" + Responses + ""","output":[{"type":"custom_tool_call","name":"x_keyword_search"}]}""", "")]

    // In the content
    [InlineData("{" + Claude + ""","content":[{"type":"server_tool_use","name":"web_search"},{"type":"text"},{"type":"server_tool_use","name":"web_search"}]}""", "WebSearch 2")]
    [InlineData("{" + Claude + ""","content":[{"type":"server_tool_use","name":"web_fetch"},{"type":"tool_use","name":"web_search"}]}""", "WebFetch 1")]
    [InlineData("{" + Claude + ""","content":[{"type":"server_tool_use","name":"tool_search_tool_bm25"}]}""", "")]
    [InlineData("{" + Chain + ""","content":[{"type":"web_search_call"},{"type":"text"}],"response_metadata":{"model_name":"gpt-5"}}""", "WebSearch 1")]
    [InlineData("{" + Chain + ""","content":[{"type":"server_tool_call","name":"web_search"}]}""", "WebSearch 1")]
    [InlineData("{" + Chain + ""","content":"x","additional_kwargs":{"tool_outputs":[{"type":"file_search_call"},{"type":"web_search_call"}]}}""", "FileSearchCall 1, WebSearch 1")]
    [InlineData("{" + Vercel + ""","toolCalls":[{"toolName":"web_search","providerExecuted":true},{"toolName":"web_search"}]}""", "WebSearch 1")]
    [InlineData("{" + Vercel + ""","content":[{"type":"tool-call","toolName":"web_search","providerExecuted":true}],"toolCalls":[{"toolName":"web_search","providerExecuted":true}]}""", "WebSearch 1")]
    [InlineData("""{"candidates":[{"grounding_metadata":{"web_search_queries":["a","b"]}}],"usage_metadata":{"prompt_token_count":10,"candidates_token_count":5,"total_token_count":15}}""", "GroundedPrompt 1, GroundedQuery 2")]

    // Mistral's Conversations
    [InlineData("""{"object":"conversation.response","outputs":[{"type":"tool.execution","name":"web_search"},{"type":"message.output","model":"m"}],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}""", "WebSearch 1")]
    [InlineData("""{"object":"conversation.response","usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"connectors":{"web_search":2}}}""", "WebSearch 2")]
    public void Read_ToolsThatTheProviderRan_AreMetered(string body, string meters)
    {
        UsageReading reading = UsageReader.Read(body);

        Assert.Equal((meters, null), (InWords(reading), reading.Reason));
    }

    [Theory]
    [InlineData("{" + Interactions + ""","outputs":[{"type":"google_search_call"}]}""", "output.google_search_call 1")]
    [InlineData("{" + Interactions + ""","steps":[{"type":"hologram_call"}]}""", "output.hologram_call 1")]
    [InlineData("""{"usage":{"total_input_tokens":10,"total_output_tokens":5,"grounding_tool_count":[{"type":"hologram","count":2}]}}""", "grounding_tool_count.hologram 2")]
    [InlineData("{\"object\":\"response\",\"usage\":{" + Xai + ",\"num_server_side_tools_used\":2}}", "The server called 2 tools, and the response says of 0 which they were")]
    [InlineData("{\"object\":\"response\",\"usage\":{" + Xai + ",\"num_server_side_tools_used\":5,\"server_side_tool_usage_details\":{\"web_search_calls\":2}}}", "The server called 5 tools, and the response says of 2 which they were")]
    [InlineData("{\"object\":\"response\",\"server_side_tool_usage\":{\"SERVER_SIDE_TOOL_HOLOGRAM\":3},\"usage\":{" + Xai + "}}", "server_side_tool_usage.SERVER_SIDE_TOOL_HOLOGRAM 3")]
    [InlineData("{" + Responses + ""","tool_usage":{"image_gen":{"input_tokens":27,"output_tokens":515}}}""", "tool_usage.image_gen.input_tokens 27, tool_usage.image_gen.output_tokens 515")]
    [InlineData("{" + Responses + ""","tool_usage":{"hologram":{"num_requests":3}}}""", "tool_usage.hologram.num_requests 3")]
    [InlineData("{" + Responses + ""","output":[{"type":"web_search_call"},{"type":"web_search_call"}],"tool_usage":{"web_search":{"num_requests":1}}}""", "lists 2 searches and counts 1")]
    [InlineData("{" + Claude + ""","content":[{"type":"server_tool_use","name":"bash_code_execution"}]}""", "output.bash_code_execution 1")]
    [InlineData("{" + Vercel + ""","toolCalls":[{"toolName":"hologram","providerExecuted":true}]}""", "output.hologram 1")]
    [InlineData("""{"object":"chat.completion","choices":[{"message":{"content":"x","executed_tools":[{"type":"search","index":0},{"type":"python","index":1}]}}],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}""", "executed_tools.python 1, executed_tools.search 1")]
    [InlineData("""{"object":"chat.completion","choices":[{"message":{"executed_tools":[{"type":"browser_search"}]}}],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15},"usage_breakdown":{"models":[{"model":"a","usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}]}}""", "executed_tools.browser_search 1")]
    [InlineData("""{"object":"conversation.response","usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"connectors":{"web_search_premium":2}}}""", "connectors.web_search_premium 2")]
    public void Read_ToolsWithoutAMeter_AreNamed(string body, string named)
    {
        UsageReading reading = UsageReader.Read(body);

        Assert.Equal(UsageStatus.Partial, reading.Status);
        Assert.Contains(named, reading.Reason, StringComparison.Ordinal);
    }

    /// <summary>The usage of Anthropic counts what succeeded, and wins over the list.</summary>
    [Fact]
    public void Read_SearchesThatTheUsageCounts_AreThose() => Assert.Equal(
        "WebSearch 1",
        InWords(UsageReader.Read("""{"type":"message","content":[{"type":"server_tool_use","name":"web_search"},{"type":"server_tool_use","name":"web_search"}],"usage":{"input_tokens":1,"output_tokens":1,"server_tool_use":{"web_search_requests":1}}}""")));

    [Fact]
    public void ReadStream_PartsOneByOne_AddUp()
    {
        Assert.Equal("GroundedPrompt 1, GroundedQuery 3", InWords(UsageReader.ReadStream("""
            {"event_type":"step.start","index":0,"step":{"type":"google_search_call"}}
            {"event_type":"step.delta","index":0,"delta":{"type":"google_search_call","arguments":{"queries":["a","b"]}}}
            {"event_type":"step.delta","index":1,"delta":{"type":"google_search_call","arguments":{"queries":["c"]}}}
            {"event_type":"interaction.completed","interaction":{"status":"completed","usage":{"total_input_tokens":10,"total_output_tokens":5}}}
            """u8)));
        Assert.Equal("WebSearch 1", InWords(UsageReader.ReadStream("""
            {"type":"message_start","message":{"type":"message","usage":{"input_tokens":10,"output_tokens":1}}}
            {"type":"content_block_start","content_block":{"type":"server_tool_use","name":"web_search"}}
            {"type":"message_delta","usage":{"output_tokens":5}}
            {"type":"message_stop"}
            """u8)));
    }

    /// <summary>Conversations name the model in the answer alone.</summary>
    [Fact]
    public void Read_Conversation_NamesItsModel() => Assert.Equal(
        "mistral-medium-latest",
        UsageReader.Read("""{"object":"conversation.response","outputs":[{"type":"message.output","model":"mistral-medium-latest"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""").Model);

    /// <summary>The same as thoughts by another name.</summary>
    [Fact]
    public void Read_ReasoningOfInteractions_IsReasoning()
    {
        UsageReading reading = UsageReader.Read("""{"usage":{"total_input_tokens":10,"total_output_tokens":5,"total_reasoning_tokens":30,"total_tokens":45}}""");

        Assert.Equal(("Input 10, Output 5, Reasoning 30", null), (reading.Usage.ToString(), reading.Reason));
    }

    private static string InWords(UsageReading reading) => string.Join(
        ", ",
        reading.Meters.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value:0}")).Order(StringComparer.Ordinal));
}
