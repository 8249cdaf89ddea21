using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

/// <summary>How long a cache keeps what was written is often in the request alone: then the price is that of the default, and says so
/// where another one would differ.</summary>
public sealed class AssumedLifetimeTests
{
    private const string Chat = """{"object":"chat.completion","created":1790000000,"model":"m","usage":{"prompt_tokens":100,"completion_tokens":0,"total_tokens":100,"prompt_tokens_details":{"cache_write_tokens":40}}}""";

    [Theory]
    [InlineData(""" "CacheWrite": 5, "CacheWrite12h": 10 """, "How long the cache keeps the 40 written tokens is not stated: the price of the provider's default is assumed, not that of 12h.")]
    [InlineData(""" "CacheWrite": 5, "CacheWrite5m": 5, "CacheWrite1h": 8, "CacheWrite12h": 10 """, "How long the cache keeps the 40 written tokens is not stated: the price of the provider's default is assumed, not that of 1h or 12h.")]
    [InlineData(""" "CacheWrite": 5 """, null)]
    [InlineData(""" "CacheWrite": 5, "CacheWrite12h": 5 """, null)]
    public void Price_LifetimeThatNobodyStates_IsNamedAsAssumed(string prices, string? note)
    {
        CostEstimator estimator = Cards.Model($$""" "PerMillionTokens": { "Input": 4, "Output": 1, {{prices}} } """);

        PricedCall priced = estimator.Price(ModelCall.FromResponse(Chat));

        Assert.Equal("0.00044 USD", priced.Total.ToString()); // 60 x 4 + 40 x 5
        Assert.Equal(note ?? "", string.Join(" ", priced.Notes));
    }

    [Theory]
    [InlineData("""{"object":"response","created_at":1790000000,"model":"m","prompt_cache_options":{"ttl":"12h"},"usage":{"input_tokens":100,"output_tokens":0,"total_tokens":100,"input_tokens_details":{"cached_tokens":0,"cache_write_tokens":40}}}""", "0.00064 USD")] // 60 x 4 + 40 x 10
    [InlineData("""{"object":"response","created_at":1790000000,"model":"m","usage":{"input_tokens":100,"output_tokens":0,"total_tokens":100,"input_tokens_details":{"cached_tokens":0,"cache_write_tokens":0}}}""", "0.0004 USD")]
    public void Price_LifetimeThatIsStatedOrDoesNotMatter_HasNoNote(string body, string total)
    {
        CostEstimator estimator = Cards.Model(""" "PerMillionTokens": { "Input": 4, "Output": 1, "CacheWrite": 5, "CacheWrite12h": 10 } """);

        PricedCall priced = estimator.Price(ModelCall.FromResponse(body));

        Assert.Equal((total, 0), (priced.Total.ToString(), priced.Notes.Length));
    }
}
