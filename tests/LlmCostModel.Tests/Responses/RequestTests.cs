using System.Text;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Responses;

/// <summary>What only a request says of its price, for whoever has both bodies.</summary>
public sealed class RequestTests
{
    private const string Claude = """{"type":"message","model":"m","usage":{"input_tokens":10,"output_tokens":20,"cache_creation_input_tokens":1000}}""";

    private const string Chat = """{"object":"chat.completion","model":"m","service_tier":"default","usage":{"prompt_tokens":10,"completion_tokens":20,"total_tokens":30}}""";

    [Theory]
    [InlineData("""{"messages":[{"content":[{"cache_control":{"type":"ephemeral","ttl":"1h"}}]}]}""", "m: Input 10, CacheWrite1h 1000, Output 20 (Complete)")]
    [InlineData("""{"tools":[{"name":"a","cache_control":{"type":"ephemeral","ttl":"1h"}}]}""", "m: Input 10, CacheWrite1h 1000, Output 20 (Complete)")]
    [InlineData("""{"system":[{"cache_control":{"type":"ephemeral"}}]}""", "m: Input 10, CacheWrite 1000, Output 20 (Complete)")]
    [InlineData("""{"system":[{"cache_control":{"type":"ephemeral"}},{"cache_control":{"ttl":"1h"}}]}""", "m: Input 10, CacheWrite 1000, Output 20 (Partial)")]
    [InlineData("""{"messages":""", "m: Input 10, CacheWrite 1000, Output 20 (Complete)")] // cut off
    public void WithRequest_LifetimeOfWrites_IsThatOfTheRequest(string request, string call) =>
        Assert.Equal(call, ModelCall.FromResponse(Claude).WithRequest(Encoding.UTF8.GetBytes(request)).ToString());

    /// <summary>The request wins over what was known before, and the response over both.</summary>
    [Fact]
    public void WithRequest_TierModelAndAttributes_AreAskedFor()
    {
        ModelCall known = ModelCall.FromResponse(Chat) with { Asked = new CallContext { Tier = "flex", Region = "eu" }, RequestedModel = "n" };
        ModelCall call = known.WithRequest("""{"model":"o","service_tier":"priority","web_search_options":{"search_context_size":"high"}}"""u8);

        Assert.Equal(("o", "priority", "eu"), (call.RequestedModel, call.Asked.Tier, call.Asked.Region));
        Assert.Equal("high", call.Context.Attributes?[AttributeNames.SearchContextSize]);
        Assert.Equal(ServiceTiers.Standard, call.Context.Tier);
        Assert.Equal(known, known.WithRequest("{}"u8));
    }

    /// <summary>Sonar charges a request by the size of its search, which only the request may say: the default of the card is said to be
    /// one.</summary>
    [Fact]
    public void Price_AttributeOfADefault_IsNotedAsAssumed()
    {
        CostEstimator estimator = Cards.Model("""
            "PerMillionTokens": { "Input": 1, "Output": 1 }, "Defaults": { "searchContextSize": "low" }, "Rules": [
              { "Name": "low", "When": { "Attributes": { "searchContextSize": "low" } }, "PerMeter": { "Request": 0.005 } },
              { "Name": "high", "When": { "Attributes": { "searchContextSize": "high" } }, "PerMeter": { "Request": 0.012 } } ]
            """);
        const string Note = "Attribute 'searchContextSize' of the call is not stated: the price of 'low' is assumed, not that of 'high'.";
        ModelCall call = ModelCall.FromResponse(Chat);

        Assert.Contains(Note, estimator.Price(call).Notes);
        PricedCall asked = estimator.Price(call.WithRequest("""{"web_search_options":{"search_context_size":"low"}}"""u8));
        Assert.DoesNotContain(asked.Notes, note => note.Contains("searchContextSize", StringComparison.Ordinal));
        Assert.Equal("0.00503 USD", asked.Total.ToString()); // 0.005 + 30 millionths
    }
}
