using LlmCostModel;
using LlmCostModel.Catalog;

// What a provider sent, priced with the built-in catalog at the time that the response states.
PricedCall call = BuiltInCatalog.CreateEstimator().Price(ModelCall.FromResponse("""
    {"id":"chatcmpl-1","object":"chat.completion","created":1738000000,"model":"gpt-4o-2024-08-06",
     "usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,"prompt_tokens_details":{"cached_tokens":1920}}}
    """u8));

Console.WriteLine($"{call.Total}, {call.Status}"); // 0.005615 USD, Priced
