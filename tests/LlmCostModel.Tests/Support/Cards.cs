namespace LlmCostModel.Tests.Support;

/// <summary>Short ways to rate cards and estimators.</summary>
internal static class Cards
{
    /// <summary>The reference example: DeepSeek-R1 and OpenAI o1 in January 2025.</summary>
    public const string January2025 = """
        { "January2025": { "Currency": "USD", "AsOf": "2025-01-27", "Source": "https://api-docs.deepseek.com/quick_start/pricing", "Models": {
          "deepseek-reasoner": { "Aliases": [ "deepseek-r1" ], "PerMillionTokens": { "Input": 0.55, "CacheRead": 0.14, "Output": 2.19 }, "BilledAs": { "Reasoning": "Output" } },
          "o1": { "PerMillionTokens": { "Input": 15, "CacheRead": 7.5, "Output": 60 }, "BilledAs": { "Reasoning": "Output" } } } } }
        """;

    public static IReadOnlyList<RateCard> Parse(string json) => RateCardJson.Parse(json, "test.json");

    public static CostEstimator Estimator(string json) => new(Parse(json));

    /// <summary>An estimator with one model "m" whose version fields are given.</summary>
    public static CostEstimator Model(string versionFields) => Estimator(ModelCard(versionFields));

    public static string ModelCard(string versionFields) => $$"""{ "Currency": "USD", "Provider": "h", "Models": { "m": { {{versionFields}} } } }""";
}
