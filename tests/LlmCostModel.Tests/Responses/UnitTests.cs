namespace LlmCostModel.Tests.Responses;

/// <summary>What is billed by something else than a token, where a body states it.</summary>
public sealed class UnitTests
{
    [Theory]
    // OCR of Mistral: https://docs.mistral.ai/api/#tag/ocr
    [InlineData("""{"pages":[{"index":0,"markdown":"x"}],"model":"mistral-ocr-2512","usage_info":{"pages_processed":8,"doc_size_bytes":132770}}""", "Page 8", ApiFormat.Mistral)]
    [InlineData("""{"pages":[],"model":"m","usage_info":{"pages_processed":3,"pages_processed_annotation":2,"doc_size_bytes":1}}""", "AnnotatedPage 2, Page 3", ApiFormat.Mistral)]
    [InlineData("""{"pages":[],"model":"m","usage_info":{"pages_processed":0}}""", "", ApiFormat.Mistral)]
    // verbose_json of OpenAI and Groq: https://platform.openai.com/docs/api-reference/audio/verbose-json-object
    [InlineData("""{"task":"transcribe","language":"english","duration":8.47,"text":"hi","segments":[]}""", "AudioInputSecond 8.47", ApiFormat.OpenAITranscriptions)]
    [InlineData("""{"text":"hi","duration":"12.5","task":"translate"}""", "AudioInputSecond 12.5", ApiFormat.OpenAITranscriptions)]
    [InlineData("""{"task":"transcribe","duration":8.47,"text":"hi","usage":{"type":"duration","seconds":9}}""", "AudioInputSecond 9", ApiFormat.OpenAITranscriptions)]
    // Speech by the character: MiniMax' t2a_v2 and Alibaba's copy of it
    [InlineData("""{"data":{"audio":"00"},"extra_info":{"audio_length":4067,"usage_characters":34},"base_resp":{"status_code":0}}""", "Character 34", ApiFormat.MiniMax)]
    [InlineData("""{"output":{"data":{"audio":"00"}},"usage":{"characters":34},"request_id":"r"}""", "Character 34", ApiFormat.MiniMax)]
    public void Read_UnitsOtherThanTokens_AreMeters(string body, string meters, ApiFormat api)
    {
        UsageReading reading = UsageReader.Read(body);

        Assert.Equal((meters, api, UsageStatus.Complete), (reading.Meters.Count == 0 ? "" : reading.Meters.ToString(), reading.Api, reading.Status));
        Assert.Equal(default(TokenUsage), reading.Usage);
    }

    /// <summary>Other bodies have durations of something else.</summary>
    [Theory]
    [InlineData("""{"object":"chat.completion","duration":5,"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""")]
    [InlineData("""{"object":"chat.completion","duration":{"ms":5},"task":"chat","usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""")]
    [InlineData("""{"task":"transcribe","duration":5,"usage":{"type":"tokens","input_tokens":1,"output_tokens":1,"total_tokens":2}}""")]
    public void Read_DurationBesideTokens_IsNoMeter(string body) => Assert.Empty(UsageReader.Read(body).Meters);

    /// <summary>A search of OpenAI is billed by the tool that made it, which the body repeats from the request.</summary>
    [Theory]
    [InlineData("web_search", "web_search")]
    [InlineData("web_search_2025_08_26", "web_search")]
    [InlineData("web_search_preview", "web_search_preview")]
    [InlineData("web_search_preview_2025_03_11", "web_search_preview")]
    [InlineData("web_search_20250305", null)] // Anthropic's
    [InlineData("function", null)]
    public void Read_SearchTool_IsAnAttribute(string type, string? tool)
    {
        UsageReading reading = UsageReader.Read($$"""
            { "object": "response", "model": "m", "tools": [ { "type": "function", "name": "f" }, { "type": "{{type}}", "search_context_size": "low" } ],
              "output": [ { "type": "web_search_call", "action": { "type": "search" } } ], "usage": { "input_tokens": 1, "output_tokens": 1, "total_tokens": 2 } }
            """);

        Assert.Equal(tool, reading.Served.Attributes![AttributeNames.WebSearchTool]);
        Assert.Equal("low", reading.Served.Attributes![AttributeNames.SearchContextSize]);
        Assert.Equal("WebSearch 1", reading.Meters.ToString());
    }
}
