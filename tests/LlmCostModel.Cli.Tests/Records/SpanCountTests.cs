using System.Text.Json;

namespace LlmCostModel.Cli.Tests.Records;

/// <summary>Every count of a span is priced or named, by whichever convention it is written.</summary>
public sealed class SpanCountTests
{
    private const string GenAI = "gen_ai.usage.input_tokens=1000 gen_ai.usage.output_tokens=50 ";
    private const string AI = "ai.usage.inputTokens=1000 ai.usage.outputTokens=50 ";

    /// <summary>gemini-2.5-flash: 0.3 and 2.5; gpt-5: 1.25 and 10, read 0.125; claude-sonnet-4-5: 3 and 15, a search 0.01.</summary>
    [Theory]
    [InlineData("gemini-2.5-flash", GenAI + AI + "ai.usage.reasoningTokens=500 ai.usage.totalTokens=1550", "0.001675")] // 300 + 550 x 2.5
    [InlineData("gemini-2.5-flash", AI + "ai.usage.reasoningTokens=500 ai.usage.totalTokens=1550", "0.001675")]
    [InlineData("gemini-2.5-flash", GenAI + "gen_ai.usage.total_tokens=1550", "0.001675")] // only thoughts are hidden there
    [InlineData("gemini-2.5-flash", "llm.token_count.prompt=1000 llm.token_count.completion=50 llm.token_count.total=1550", "0.001675")]
    [InlineData("gpt-5", GenAI + AI + "ai.usage.cachedInputTokens=400 ai.usage.totalTokens=1050", "0.0013")] // 600 x 1.25 + 400 x 0.125 + 500
    [InlineData("gpt-5", GenAI + "ai.usage.cachedInputTokens=400", "0.0013")]
    [InlineData("gpt-5", GenAI + "gen_ai.usage.input_tokens.cached=400", "0.0013")]
    [InlineData("gpt-5", GenAI + "gen_ai.usage.details.cache_read_tokens=400", "0.0013")]
    [InlineData("gpt-5", GenAI + "gen_ai.usage.cache_read_input_tokens=400 llm.usage.total_tokens=1050", "0.0013")]
    [InlineData("gpt-5", AI + "ai.usage.inputTokenDetails.cacheReadTokens=400 ai.usage.inputTokenDetails.noCacheTokens=600", "0.0013")]
    [InlineData("gpt-5", "ai.usage.promptTokens=1000 ai.usage.completionTokens=50", "0.00175")] // 1,250 + 500
    [InlineData("gpt-5", GenAI + "gen_ai.usage.total_tokens=1050 gen_ai.usage.cost=0.5", "0.00175")]
    [InlineData("gpt-5", GenAI + "gen_ai.usage.hologram.input_tokens=0", "0.00175")]
    [InlineData("claude-sonnet-4-5", GenAI + "gen_ai.usage.server_tool_use.web_search_requests=2", "0.02375")] // 3,000 + 750 + 2 x 10,000
    public void Price_CountOfASpan_IsPriced(string model, string counts, string total)
    {
        (int code, JsonElement group) = Price(model, counts);

        Assert.Equal((0, total), (code, group.GetProperty("total").GetString()));
    }

    [Theory]
    [InlineData("gpt-5", GenAI + "gen_ai.usage.total_tokens=1550", "500 tokens that no count explains")]
    [InlineData("gpt-5", GenAI + "llm.token_count.total=1550", "500 tokens that no count explains")]
    [InlineData("gpt-5", GenAI + "gen_ai.usage.hologram.input_tokens=77", "gen_ai.usage.hologram.input_tokens 77")]
    [InlineData("gpt-5", GenAI + "ai.usage.hologramTokens=77", "ai.usage.hologramTokens 77")]
    [InlineData("gpt-5", GenAI + "llm.token_count.prompt_details.audio=77", "llm.token_count.prompt_details.audio 77")]
    [InlineData("gpt-5", GenAI + "gen_ai.usage.server_tool_use.code_execution_requests=2", "code_execution_requests 2")]
    [InlineData("gpt-5", GenAI + "ai.usage.outputTokens=550", "50 as gen_ai.usage.output_tokens and 550 as ai.usage.outputTokens")]
    [InlineData("gpt-5", GenAI + "gen_ai.usage.total_tokens=900", "900")]
    public void Price_CountThatIsNotUnderstood_IsNamed(string model, string counts, string named)
    {
        (int code, JsonElement group) = Price(model, counts);

        Assert.Equal((1, 1), (code, group.GetProperty("partial").GetInt32()));
        Assert.Contains(named, group.GetProperty("reasons")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    private static (int Code, JsonElement Group) Price(string model, string counts)
    {
        IEnumerable<string> attributes = counts.Trim().Split(' ').Select(count => count.Split('='))
            .Select(count => $$$"""{"key":"{{{count[0]}}}","value":{"intValue":"{{{count[1]}}}"}}""")
            .Append($$$"""{"key":"ai.model.id","value":{"stringValue":"{{{model}}}"}}""");
        string export = $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{"spanId":"a","attributes":[{{string.Join(',', attributes)}}]}]}]}]}""";
        CliResult result = CliRunner.RunWith(export, "price", "-", "--format", "json", "--at", "2026-11-25");
        return (result.Code, result.Json.GetProperty("groups")[0]);
    }
}
