using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Responses;

/// <summary>What Anthropic bills where one model took over from another:
/// https://platform.claude.com/docs/en/build-with-claude/refusals-and-fallback.</summary>
public sealed class FallbackBillingTests
{
    private static readonly CostEstimator Estimator = Cards.Estimator("""
        { "c": { "Provider": "anthropic", "Currency": "USD", "Models": {
            "first": { "PerMillionTokens": { "Input": 10, "CacheRead": 1, "CacheWrite": 12.5, "CacheWrite5m": 12.5, "CacheWrite1h": 20, "Output": 50 } },
            "second": { "PerMillionTokens": { "Input": 5, "CacheRead": 0.5, "CacheWrite": 6.25, "CacheWrite5m": 6.25, "CacheWrite1h": 10, "Output": 25 } } } } }
        """);

    /// <summary>The split of the top level is the declined attempt's: what the answer wrote is in the list of attempts.</summary>
    [Theory]
    [InlineData(0, "", "0.03261 USD")] // second: 1,000 x 5 + 100 x 25 = 7,500; first: 10 x 10 + 1,000 x 20 + 100 x 50 + 10 x 1 = 25,110
    [InlineData(400, ""","cache_creation":{"ephemeral_5m_input_tokens":300,"ephemeral_1h_input_tokens":100}""", "0.035485 USD")] // + 300 x 6.25 + 100 x 10
    [InlineData(400, "", "0.03511 USD")] // + 400 x 6.25, as no split that fits is stated
    public void Read_StaleSplitOfADeclinedAttempt_IsNotTheAnswers(int written, string split, string total)
    {
        PricedCall priced = Price($$$"""
            { "type": "message", "model": "second", "usage": { "input_tokens": 1000, "output_tokens": 100, "cache_creation_input_tokens": {{{written}}},
              "cache_creation": { "ephemeral_5m_input_tokens": 0, "ephemeral_1h_input_tokens": 1000 },
              "iterations": [
                { "type": "message", "model": "first", "input_tokens": 10, "output_tokens": 100, "cache_read_input_tokens": 10,
                  "cache_creation_input_tokens": 1000, "cache_creation": { "ephemeral_5m_input_tokens": 0, "ephemeral_1h_input_tokens": 1000 } },
                { "type": "fallback_message", "model": "second", "input_tokens": 1000, "output_tokens": 100, "cache_creation_input_tokens": {{{written}}} {{{split}}} } ] } }
            """);

        Assert.Equal((CostStatus.Priced, total), (priced.Status, priced.Total.ToString()));
    }

    /// <summary>Without a fallback a split that exceeds the whole is what it was: a contradiction.</summary>
    [Fact]
    public void Read_SplitAboveTheWholeWithoutFallback_IsRefused() => Assert.Throws<UsageFormatException>(() => UsageReader.Read("""
        { "type": "message", "model": "second", "usage": { "input_tokens": 1, "output_tokens": 1, "cache_creation_input_tokens": 0,
          "cache_creation": { "ephemeral_1h_input_tokens": 1000 } } }
        """));

    [Theory]
    [InlineData("""{ "status": { "type": "redeemed" } }""", CostStatus.Partial)]
    [InlineData("""{ "status": { "type": "not_applied", "reason": "not_enabled" } }""", CostStatus.Priced)]
    [InlineData("null", CostStatus.Priced)]
    public void Read_CreditOfADeclinedAttempt_IsOnlyPartlyKnown(string credit, CostStatus status)
    {
        PricedCall priced = Price($$$"""
            { "type": "message", "model": "second", "usage": { "input_tokens": 1000, "output_tokens": 100, "fallback_credit": {{{credit}}} } }
            """);

        Assert.Equal((status, "0.0075 USD"), (priced.Status, priced.Total.ToString())); // 1,000 x 5 + 100 x 25 millionths
        Assert.Equal(status == CostStatus.Partial, priced.Issues.Any(issue => issue.Message.Contains("usage.fallback_credit", StringComparison.Ordinal)));
    }

    /// <summary>A refusal before any output is free, though its tokens are stated; one in the middle of an answer is billed, and so are
    /// attempts before it that had output.</summary>
    [Theory]
    [InlineData("refusal", 0, "", "0 USD")]
    [InlineData("refusal", 5, "", "0.005125 USD")] // 1,000 x 5 + 5 x 25
    [InlineData("end_turn", 0, "", "0.005 USD")]
    [InlineData("refusal", 0, ""","iterations":[{"type":"message","model":"first","input_tokens":10,"output_tokens":100},{"type":"fallback_message","model":"second","input_tokens":1000,"output_tokens":0}]""", "0.0051 USD")] // 10 x 10 + 100 x 50
    public void Read_Refusal_IsBilledOnlyBehindOutput(string reason, int output, string iterations, string total)
    {
        string body = $$$"""{ "type": "message", "model": "second", "stop_reason": "{{{reason}}}", "usage": { "input_tokens": 1000, "output_tokens": {{{output}}} {{{iterations}}} } }""";
        UsageStreamReader stream = new();
        stream.AppendEvent(System.Text.Encoding.UTF8.GetBytes(
            """{ "type": "message_start", "message": { "type": "message", "model": "second", "usage": { "input_tokens": 1000, "output_tokens": 0 } } }"""));
        stream.AppendEvent(System.Text.Encoding.UTF8.GetBytes(
            $$$"""{ "type": "message_delta", "delta": { "stop_reason": "{{{reason}}}" }, "usage": { "output_tokens": {{{output}}} {{{iterations}}} } }"""));

        Assert.Equal((CostStatus.Priced, total), (Price(body).Status, Price(body).Total.ToString()));
        Assert.Equal(total, Estimator.Price(new ModelCall { Reading = stream.Finish() }).Total.ToString());
    }

    private static PricedCall Price(string body) => Estimator.Price(ModelCall.FromResponse(body));
}
