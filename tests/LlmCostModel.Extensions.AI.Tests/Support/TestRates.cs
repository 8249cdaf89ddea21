using System.Text;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>Rates that make every kind of token tell.</summary>
internal static class TestRates
{
    private const string Card = """
        {
          "Currency": "USD",
          "Models": {
            "gpt-test": {
              "PerMillionTokens": { "Input": 2, "CacheRead": 0.5, "CacheWrite": 2.5, "Output": 8 },
              "BilledAs": { "Reasoning": "Output" },
              "Rules": [
                { "Name": "long context", "When": { "TotalInputAbove": 200000 }, "PerMillionTokens": { "Input": 4, "Output": 12 } },
                { "Name": "flex", "When": { "Tier": "flex" }, "Multiply": 0.5 } ]
            },
            "claude-test": {
              "PerMillionTokens": { "Input": 3, "CacheRead": 0.3, "CacheWrite5m": 3.75, "CacheWrite1h": 6, "Output": 15 },
              "BilledAs": { "Reasoning": "Output" },
              "PerMeter": { "WebSearch": 0.01 },
              "Rules": [
                { "Name": "long context", "When": { "TotalInputAbove": 200000 }, "PerMillionTokens": { "Input": 6, "Output": 22.5 } },
                { "Name": "us", "When": { "Region": "us" }, "Multiply": 1.1, "On": [ "Tokens" ] } ]
            },
            "embed-test": { "PerMillionTokens": { "Input": 0.02 } },
            "image-test": { "PerMillionTokens": { "Input": 5, "ImageInput": 10, "ImageOutput": 40 } },
            "picture-test": { "Rules": [ { "Name": "large", "When": { "Attributes": { "size": "1024x1024" } }, "PerMeter": { "Image": 0.04 } } ] },
            "listen-test": { "PerMillionTokens": { "Input": 2.5, "AudioInput": 6, "Output": 10 } },
            "speak-test": { "PerMeter": { "Character": { "Price": 15, "Per": 1000000 } } }
          }
        }
        """;

    /// <summary>0.00335 USD at the standard tier: 300 x 2 + 300 x 0.5 + 400 x 2.5 + 200 x 8 = 3,350 millionths; half at flex.</summary>
    internal const decimal OpenAIFlexAmount = 0.001675m;

    /// <summary>50 x 3 + 3,000 x 0.3 + 200 x 3.75 + 500 x 6 + 90 x 15 = 6,150 millionths, times 1.1 in the US, and 2 searches at 0.01.</summary>
    internal const decimal AnthropicAmount = 0.026765m;

    internal static CostEstimator Estimator { get; } = new(RateCardJson.Parse(Encoding.UTF8.GetBytes(Card), "test.json"));
}
