// What a call cost, in a script: dotnet fsi Cost.fsx
#if INTERACTIVE
#r "nuget: LlmCostModel.Catalog"
#endif

open LlmCostModel
open LlmCostModel.Catalog

let body =
    """{"id":"chatcmpl-1","object":"chat.completion","created":1738000000,"model":"gpt-4o-2024-08-06",
        "usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,"prompt_tokens_details":{"cached_tokens":1920}}}"""B

let estimator = BuiltInCatalog.CreateEstimator()
let call = estimator.Price(ModelCall.FromResponse body)

printfn $"{call.Total}, {call.Status}" // 0.005615 USD, Priced
