namespace LlmCostModel.Tests.Responses;

/// <summary>How a call was served, what was metered and what the provider says it cost, out of what the body states.</summary>
public sealed class ServedTests
{
    /// <summary>Tier and speed as Anthropic states them, and what was served: a speed is a tier of its own unless it is the standard one.</summary>
    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("standard", null, "standard", false)]
    [InlineData("priority", null, "priority", false)]
    [InlineData("batch", null, "standard", true)]
    [InlineData(null, "fast", "fast", null)]
    [InlineData("standard", "fast", "fast", false)]
    [InlineData("batch", "fast", "fast", true)]
    [InlineData("priority", "standard", "priority", false)]
    [InlineData("batch", "standard", "standard", true)]
    [InlineData(null, "standard", "standard", null)]
    [InlineData(null, "normal", "standard", null)]
    [InlineData(null, "turbo", "turbo", null)]
    [InlineData("auto", null, null, null)]
    public void Read_TierAndSpeed_AreHowItWasServed(string? tier, string? speed, string? served, bool? batch)
    {
        string usage = Field("service_tier", tier) + Field("speed", speed);
        CallContext context = Read($$"""{ "type": "message", "usage": { {{usage}}"input_tokens": 1, "output_tokens": 1 } }""").Served;

        Assert.Equal((served, batch), (context.Tier, context.Batch));
    }

    /// <summary>Only where the tier is also the name of the batch does another tier say that there was none.</summary>
    [Theory]
    [InlineData("""{ "object": "chat.completion", "service_tier": "default", "usage": { "prompt_tokens": 1, "completion_tokens": 1 } }""", "standard", null)]
    [InlineData("""{ "service_tier": "batch", "object": "chat.completion", "usage": { "prompt_tokens": 1, "completion_tokens": 1 } }""", "standard", true)]
    [InlineData("""{ "custom_id": "1", "response": { "body": { "service_tier": "flex", "usage": { "prompt_tokens": 1, "completion_tokens": 1 } } } }""", "flex", true)]
    [InlineData("""{ "object": "batch", "usage": { "input_tokens": 1, "output_tokens": 1 } }""", null, true)]
    [InlineData("""{ "usage": { "inputTokens": 1, "outputTokens": 1 }, "serviceTier": { "type": "priority" } }""", "priority", null)]
    [InlineData("""{ "usage": { "inputTokens": 1, "outputTokens": 1 }, "serviceTier": "priority" }""", null, null)]
    [InlineData("""{ "service_tier": "FLEX", "usage": { "service_tier": "", "inputTokens": 1, "outputTokens": 1 } }""", "flex", null)]
    public void Read_OtherApis_SayHowTheyServed(string body, string? tier, bool? batch)
    {
        CallContext context = Read(body).Served;

        Assert.Equal((tier, batch), (context.Tier, context.Batch));
    }

    /// <summary>A list called data holds images or embeddings; images that are billed by the token are not billed by the piece.</summary>
    [Theory]
    [InlineData(ApiFormat.OpenAIImages, """{ "background": "opaque", "data": [{}, {}] }""", "Image 2")]
    [InlineData(ApiFormat.OpenAIImages, """{ "data": [{}], "usage": { "input_tokens": 1 } }""", "Image 1")]
    [InlineData(ApiFormat.OpenAIImages, """{ "data": [{}], "usage": { "input_tokens": 1, "output_tokens": 1 } }""", "")]
    [InlineData(ApiFormat.OpenAIEmbeddings, """{ "data": [{}], "usage": { "total_tokens": 1 } }""", "")]
    [InlineData(ApiFormat.Cohere, """{ "usage": { "billed_units": { "images": 3, "search_units": 1 } } }""", "Image 3, SearchUnit 1")]
    [InlineData(ApiFormat.OpenAITranscriptions, """{ "usage": { "seconds": 7.25 } }""", "AudioInputSecond 7.25")]
    [InlineData(ApiFormat.GeminiGenerateContent,
        """{ "candidates": [{ "groundingMetadata": { "webSearchQueries": [""] } }], "usageMetadata": { "promptTokenCount": 1 } }""", "")]
    [InlineData(ApiFormat.GeminiGenerateContent,
        """{ "candidates": [{ "groundingMetadata": { "webSearchQueries": ["a"] } }], "usageMetadata": { "promptTokenCount": 1 } }""",
        "GroundedPrompt 1, GroundedQuery 1")]

    // A count that the usage block states wins over counting the calls in the output.
    [InlineData(ApiFormat.XaiResponses,
        """
        { "output": [{ "type": "web_search_call" }, { "type": "file_search_call" }],
          "usage": { "input_tokens": 1, "output_tokens": 1, "server_side_tool_usage_details": { "web_search_calls": 5 } } }
        """,
        "FileSearchCall 1, WebSearch 5")]
    public void Read_Meters_AreWhatIsBilled(ApiFormat api, string body, string meters) =>
        Assert.Equal(meters.Length == 0 ? MeteredQuantities.Empty.ToString() : meters, UsageReader.Read(body, api).Meters.ToString());

    /// <summary>Without a currency it is the dollar of OpenRouter, xAI and Perplexity.</summary>
    [Theory]
    [InlineData(""" "cost": 0.5 """, "0.5 USD")]
    [InlineData(""" "cost": { "total_cost": 0.5, "currency": "" } """, "0.5 USD")]
    [InlineData(""" "cost": { "total_cost": 0.5, "currency": " " } """, "0.5 USD")]
    [InlineData(""" "cost": { "total_cost": 0.5, "currency": "eur" } """, "0.5 EUR")]
    [InlineData(""" "cost": 0.5, "cost_details": { "upstream_inference_cost": 0.25 } """, "0.5 USD, and 0.25 USD upstream")]
    [InlineData(""" "cost": 0.5, "is_byok": true """, "0.5 USD, and what is paid upstream")]
    [InlineData(""" "cost": 0.5, "is_byok": false """, "0.5 USD")]
    [InlineData(""" "cost_details": { "upstream_inference_cost": 0.25 } """, "")]
    [InlineData(""" "cost": { "currency": "EUR" } """, "")]
    public void Read_Cost_IsWhatTheProviderSays(string usage, string reported) =>
        Assert.Equal(reported, $"{Read($$"""{ "usage": { "prompt_tokens": 1, "completion_tokens": 1, {{usage}} } }""").Reported}");

    private static string Field(string name, string? value) => value is null ? "" : $"\"{name}\": \"{value}\", ";

    private static UsageReading Read(string body) => UsageReader.Read(body);
}
