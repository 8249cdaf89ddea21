using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Responses;

/// <summary>Why a cache missed, where the provider says so, and what that cost.</summary>
public sealed class CacheMissTests
{
    private static readonly CostEstimator Estimator = Cards.Model(
        """ "PerMillionTokens": { "Input": 4, "CacheRead": 0.4, "CacheWrite": 5, "CacheWrite5m": 5, "CacheWrite1h": 8, "Output": 20 }, "BilledAs": { "Reasoning": "Output" } """);

    /// <summary>The shapes that providers document, whole and as events.</summary>
    [Theory]
    [InlineData("""{"object":"response","model":"m","prompt_cache_diagnostics":{"type":"cache_miss","reason":"tools_changed","comparison_reusable_tokens":900,"cache_missed_tokens":500},"usage":{"input_tokens":1000,"output_tokens":1,"total_tokens":1001,"input_tokens_details":{"cached_tokens":0}}}""",
        "tools_changed (500 tokens)", "0.0018 USD")] // 500 x (4 - 0.4)
    [InlineData("""{"type":"response.completed","response":{"object":"response","model":"m","prompt_cache_diagnostics":{"type":"cache_miss","reason":"input_changed","cache_missed_tokens":500},"usage":{"input_tokens":1000,"output_tokens":1,"total_tokens":1001,"input_tokens_details":{"cached_tokens":0,"cache_write_tokens":300}}}}""",
        "input_changed (500 tokens)", "0.0021 USD")] // 300 x (5 - 0.4) + 200 x (4 - 0.4)
    [InlineData("""{"object":"response","model":"m","prompt_cache_diagnostics":{"type":"cache_hit"},"usage":{"input_tokens":1000,"output_tokens":1,"total_tokens":1001,"input_tokens_details":{"cached_tokens":900}}}""",
        null, null)]
    [InlineData("""{"type":"message","model":"m","diagnostics":{"cache_miss_reason":{"type":"system_changed","cache_missed_input_tokens":500}},"usage":{"input_tokens":10,"output_tokens":1,"cache_creation_input_tokens":1000,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":1000}}}""",
        "system_changed (500 tokens)", "0.0038 USD")] // 500 x (8 - 0.4)
    [InlineData("""{"type":"message","model":"m","diagnostics":{"cache_miss_reason":{"type":"unavailable"}},"usage":{"input_tokens":10,"output_tokens":1}}""",
        "unavailable", null)]
    [InlineData("""{"type":"message","model":"m","diagnostics":null,"usage":{"input_tokens":10,"output_tokens":1}}""", null, null)]
    [InlineData("""{"type":"message","model":"m","diagnostics":{"cache_miss_reason":null},"usage":{"input_tokens":10,"output_tokens":1}}""", null, null)]
    [InlineData("""{"type":"message","model":"other","diagnostics":{"cache_miss_reason":{"type":"model_changed","cache_missed_input_tokens":5}},"usage":{"input_tokens":10,"output_tokens":1}}""",
        "model_changed (5 tokens)", null)] // no price, so none of the miss
    [InlineData("""{"type":"message","model":"m","diagnostics":{"cache_miss_reason":{"type":"model_changed","cache_missed_input_tokens":5000}},"usage":{"input_tokens":10,"output_tokens":1}}""",
        "model_changed (5000 tokens)", "0.000036 USD")] // the estimate is above what there was: 10 x (4 - 0.4)
    public void Price_MissThatIsStated_IsReadAndHasItsPrice(string body, string? miss, string? cost)
    {
        PricedCall priced = Estimator.Price(ModelCall.FromResponse(body));

        Assert.Equal(miss, priced.Call.Reading.CacheMiss?.ToString());
        Assert.Equal(cost, priced.CacheMissCost?.ToString());
    }

    /// <summary>Anthropic says it in the first event of a stream, or in a later one once the comparison is done.</summary>
    [Theory]
    [InlineData(""","diagnostics":{"cache_miss_reason":{"type":"tools_changed","cache_missed_input_tokens":321}}""", "")]
    [InlineData(""","diagnostics":{"cache_miss_reason":null}""", ""","diagnostics":{"cache_miss_reason":{"type":"tools_changed","cache_missed_input_tokens":321}}""")]
    public void ReadStream_MissInAnEvent_IsKept(string first, string later)
    {
        UsageStreamReader reader = new();
        reader.AppendEvent(System.Text.Encoding.UTF8.GetBytes(
            $$$"""{"type":"message_start","message":{"type":"message","id":"msg_1","model":"m","usage":{"input_tokens":500,"output_tokens":1}{{{first}}}}}"""));
        reader.AppendEvent(System.Text.Encoding.UTF8.GetBytes(
            $$$"""{"type":"message_delta","delta":{"stop_reason":"end_turn"{{{later}}}},"usage":{"output_tokens":5}}"""));

        Assert.Equal("tools_changed (321 tokens)", reader.Finish().CacheMiss?.ToString());
    }
}
