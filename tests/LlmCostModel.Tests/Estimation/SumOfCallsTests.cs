using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

/// <summary>Counts that sum several calls: priced where the size of a call cannot matter, a lower bound where it may, with the
/// reason.</summary>
public sealed class SumOfCallsTests
{
    private const string SizeMatters = "The usage is a sum of 100 calls, and the price depends on the size of each, which it does not say. "
        + "It is priced as calls below the threshold.";

    private const string Prices = """ "PerMillionTokens": { "Input": 1, "Output": 10 } """;

    private static readonly CostEstimator Estimator = Cards.Estimator($$$"""
        { "acme": { "Provider": "acme", "Currency": "USD", "Models": {
          "plain": { {{{Prices}}} },
          "long": { {{{Prices}}}, "Rules": [ { "Name": "long context", "When": { "TotalInputAbove": 200000 },
            "PerMillionTokens": { "Input": 2, "Output": 20 } } ] },
          "small": { {{{Prices}}}, "Rules": [ { "Name": "in between", "When": { "TotalInputAbove": 1000, "TotalInputUpTo": 2000 },
            "PerMillionTokens": { "Input": 3, "Output": 10 } } ] },
          "fee": { {{{Prices}}}, "Rules": [ { "Name": "fee", "FixedFee": 0.5 } ] },
          "request": { {{{Prices}}}, "PerMeter": { "Request": 0.01 } } } } }
        """);

    /// <summary>The sum of 100 calls: 1 x 0.5 + 10 x 0.05 = 1 as small calls, 2 x 0.5 + 20 x 0.05 = 2 as one large one.</summary>
    [Theory]
    [InlineData("plain", 500_000, 100L, CostStatus.Priced, "1", null)]
    [InlineData("plain", 500_000, null, CostStatus.Priced, "1", null)]
    [InlineData("long", 500_000, 100L, CostStatus.Partial, "1", SizeMatters)]
    [InlineData("long", 500_000, 1L, CostStatus.Priced, "2", null)]
    [InlineData("long", 200_000, 100L, CostStatus.Priced, "0.7", null)] // 0.2 + 0.5: no call of these can be above
    [InlineData("small", 500_000, 100L, CostStatus.Partial, "1", SizeMatters)] // one in between may be dearer
    [InlineData("fee", 500_000, 100L, CostStatus.Partial, "1.5", "The usage is a sum of 100 calls, and every call has a charge of its own, of which one is priced.")]
    [InlineData("request", 500_000, 100L, CostStatus.Priced, "2", null)] // 1 and 100 x 0.01
    [InlineData("request", 500_000, null, CostStatus.Partial, "1.01", "The usage is a sum of calls, and every call has a charge of its own, of which one is priced.")]
    [InlineData("fee", 500_000, 1L, CostStatus.Priced, "1.5", null)]
    public void Price_Sum_IsPricedWhereTheSizeOfACallDoesNotMatter(
        string model, long input, long? calls, CostStatus status, string total, string? reason)
    {
        ModelCall call = ModelCall.FromUsage(model, new TokenUsage { Input = input, Output = 50_000 });
        PricedCall priced = Estimator.Price(call with { Reading = call.Reading with { Calls = calls } });

        Assert.Equal((status, $"{total} USD"), (priced.Status, priced.Total.ToString()));
        Assert.Equal(reason, priced.Issues.FirstOrDefault()?.Message);
    }

    /// <summary>What is read as a sum, and of how many.</summary>
    [Theory]
    [InlineData("""{"object":"batch","status":"completed","request_counts":{"total":100,"completed":97,"failed":3},"usage":{"input_tokens":5,"output_tokens":5}}""", 97L)]
    [InlineData("""{"object":"batch","status":"completed","request_counts":{"total":1},"usage":{"input_tokens":5,"output_tokens":5}}""", 1L)]
    [InlineData("""{"type":"turn.completed","usage":{"input_tokens":5,"cached_input_tokens":0,"output_tokens":5}}""", null)]
    [InlineData("""{"type":"result","num_turns":2,"modelUsage":{"m":{"inputTokens":5,"outputTokens":5}}}""", null)]
    [InlineData("""{"usage":{"input_tokens":5,"output_tokens":5,"cache_audio_read_tokens":0,"requests":3}}""", 3L)]
    [InlineData("""{"object":"response","usage":{"input_tokens":5,"output_tokens":5}}""", 1L)]
    public void Read_Sum_SaysOfHowManyCalls(string body, long? calls)
    {
        UsageReading reading = UsageReader.Read(body);

        Assert.Equal(calls, reading.Calls);
        string json = System.Text.Json.JsonSerializer.Serialize(reading);
        Assert.Equal(reading, System.Text.Json.JsonSerializer.Deserialize<UsageReading>(json));
    }

    /// <summary>Claude Code's result: the block is that of the first model; 3 x 5 + 22,137 x 0.5 + 2,285 x 6.25 + 358 x 25 = 34,314.75 and
    /// 500 + 37 x 5 = 685 per million, in all 0.03499975, which is what it says itself.</summary>
    [Fact]
    public void Read_ResultOfASession_HasAPartForEveryModel()
    {
        UsageReading reading = UsageReader.Read("""
            {"type":"result","num_turns":2,"total_cost_usd":0.03499975,"usage":{"input_tokens":3,"cache_creation_input_tokens":2285,
             "cache_read_input_tokens":22137,"output_tokens":358,"cache_creation":{"ephemeral_5m_input_tokens":285,"ephemeral_1h_input_tokens":2000}},
             "modelUsage":{"claude-haiku-4-5-20251001":{"inputTokens":500,"outputTokens":37,"cacheReadInputTokens":0,"cacheCreationInputTokens":0,"webSearchRequests":2,"contextWindow":200000},
             "claude-opus-4-6":{"inputTokens":3,"outputTokens":358,"cacheReadInputTokens":22137,"cacheCreationInputTokens":2285,"costUSD":0.03431475}}}
            """);

        Assert.Equal((UsageStatus.Complete, "claude-opus-4-6"), (reading.Status, reading.Model));
        Assert.Equal("Input 3, CacheRead 22137, CacheWrite5m 285, CacheWrite1h 2000, Output 358", reading.Usage.ToString());
        NestedCall other = Assert.Single(reading.Nested);
        Assert.Equal((CallRole.OtherModel, "claude-haiku-4-5-20251001", "Input 500, Output 37"), (other.Role, other.Model, other.Usage.ToString()));
        Assert.Equal(2, other.Meters?[MeterNames.WebSearch]);
        Assert.Equal(0.03499975m, reading.Reported?.Charged.Amount);
    }

    /// <summary>The block is that of no one model, and holds writes for an hour: whose they are is not said.</summary>
    [Fact]
    public void Read_ResultWhoseWritesAreOfNoModel_IsALowerBound()
    {
        UsageReading reading = UsageReader.Read("""
            {"type":"result","usage":{"input_tokens":8,"cache_creation_input_tokens":9,"output_tokens":9,"cache_creation":{"ephemeral_1h_input_tokens":9}},
             "modelUsage":{"a":{"inputTokens":3,"outputTokens":4,"cacheCreationInputTokens":4},"b":{"inputTokens":5,"outputTokens":5,"cacheCreationInputTokens":5}}}
            """);

        Assert.Equal(UsageStatus.Partial, reading.Status);
        Assert.StartsWith("The result does not say for which model the cache keeps writes for an hour", reading.Reason, StringComparison.Ordinal);
        Assert.Equal(("a", "Input 3, CacheWrite 4, Output 4"), (reading.Model, reading.Usage.ToString()));
    }
}
