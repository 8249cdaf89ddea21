using System.Text;

namespace LlmCostModel.Extensions.Http.Tests;

/// <summary>Rates by which each thing that only a request or an address says makes another amount.</summary>
internal static class Rates
{
    private const string Cards = """
        { "openai": { "Provider": "openai", "FirstParty": true, "Currency": "USD", "Models": {
            "gpt-test": {
              "PerMillionTokens": { "Input": 2, "CacheRead": 0.5, "CacheWrite": 2.5, "Output": 8 }, "BilledAs": { "Reasoning": "Output" },
              "PerMeter": { "WebSearch": 0.01 }, "Defaults": { "searchContextSize": "low" },
              "Rules": [
                { "Name": "flex", "When": { "Tier": "flex" }, "Multiply": 0.5, "On": [ "Tokens" ] },
                { "Name": "eu", "When": { "Region": "eu" }, "Multiply": 1.1, "On": [ "Tokens" ] },
                { "Name": "large search", "When": { "Attributes": { "searchContextSize": "high" } }, "PerMeter": { "WebSearch": 0.05 } } ] },
            "embed-test": { "PerMillionTokens": { "Input": 0.02 } },
            "picture-test": { "Rules": [ { "Name": "hd", "When": { "Attributes": { "size": "1024x1024", "quality": "hd" } }, "PerMeter": { "Image": 0.08 } } ] },
            "listen-test": { "PerMillionTokens": { "Input": 2.5, "AudioInput": 6, "Output": 10 } },
            "speak-test": { "PerMeter": { "Character": { "Price": 15, "Per": 1000000 } } } } },
          "anthropic": { "Provider": "anthropic", "FirstParty": true, "Currency": "USD", "Models": {
            "claude-test": {
              "PerMillionTokens": { "Input": 3, "CacheRead": 0.3, "CacheWrite5m": 3.75, "CacheWrite1h": 6, "Output": 15 },
              "BilledAs": { "CacheWrite": "CacheWrite5m", "Reasoning": "Output" } } } },
          "azure": { "Provider": "azure", "Currency": "USD", "Models": {
            "gpt-test": { "PerMillionTokens": { "Input": 20, "Output": 80 } } } },
          "azure_ai": { "Provider": "azure_ai", "Currency": "USD", "Models": {
            "claude-test": { "PerMillionTokens": { "Input": 30, "Output": 150 } } } },
          "bedrock": { "Provider": "bedrock", "Currency": "USD", "Models": {
            "vendor.claude-test-v1:0": { "PerMillionTokens": { "Input": 300, "Output": 1500 } } } } }
        """;

    internal static CostEstimator Estimator { get; } = new(RateCardJson.Parse(Encoding.UTF8.GetBytes(Cards), "test.json"));
}
