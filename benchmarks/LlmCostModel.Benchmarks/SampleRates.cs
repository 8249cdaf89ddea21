using System.Globalization;
using System.Text;

namespace LlmCostModel.Benchmarks;

/// <summary>The rates and usages that the benchmarks share.</summary>
internal static class SampleRates
{
    /// <summary>Usages differ from call to call, so that nothing is predicted or folded.</summary>
    public const int UsageCount = 1024;

    /// <summary>A card whose models all have six prices, and beside them a tiered and a windowed one.</summary>
    public static byte[] CardJson(int models)
    {
        StringBuilder json = new("""{ "Provider": "bench", "Currency": "USD", "Models": {""");
        for (int i = 0; i < models; i++)
        {
            json.Append(
                CultureInfo.InvariantCulture,
                $$"""
                "{{Id(i)}}": { "PerMillionTokens": { "Input": {{Price(3, i)}}, "CacheRead": {{Price(0.3m, i)}}, "CacheWrite5m": {{Price(
                    3.75m,
                    i
                )}}, "CacheWrite1h": {{Price(6, i)}}, "Output": {{Price(15, i)}}, "Reasoning": {{Price(15, i)}} } },
                """);
        }

        json.Append("""
            "tiered": { "PerMillionTokens": { "Input": 3, "CacheRead": 0.3, "CacheWrite5m": 3.75, "CacheWrite1h": 6, "Output": 15, "Reasoning": 15 }, "Rules": [
              { "Name": "long", "When": { "TotalInputAbove": 200000 }, "PerMillionTokens": { "Input": 6, "CacheRead": 0.6, "CacheWrite5m": 7.5, "CacheWrite1h": 12, "Output": 22.5, "Reasoning": 22.5 } } ] },
            "windowed": { "PerMillionTokens": { "Input": 0.55, "CacheRead": 0.14, "CacheWrite5m": 0.55, "CacheWrite1h": 0.55, "Output": 2.19, "Reasoning": 2.19 }, "Rules": [
              { "Name": "peak", "Multiply": 2, "When": { "Days": "Mon-Fri", "Daily": [ "01:00-04:00", "06:00-10:00" ], "TimeZone": "America/New_York" } } ] } } }
            """);
        return Encoding.UTF8.GetBytes(json.ToString());
    }

    public static string Id(int i) => string.Create(CultureInfo.InvariantCulture, $"vendor-{i % 40}/model-{i}-preview-2026");

    /// <summary>The prices of model <paramref name="i"/> of the card, for the baseline.</summary>
    public static HandWrittenEstimator.Pricing Prices(int i) =>
        new(Price(3, i), Price(0.3m, i), Price(3.75m, i), Price(6, i), Price(15, i), Price(15, i));

    private static decimal Price(decimal price, int i) => price * (1 + (i % 50)) / 4;

    /// <summary>Log-uniform counts with zero buckets mixed in; all six buckets, or three.</summary>
    public static TokenUsage[] Usages(bool six)
    {
        Random random = new(42);
        long Count() => random.Next(4) == 0 ? 0 : (long)Math.Pow(10, 1 + (random.NextDouble() * 4));
        return
        [
            .. Enumerable.Range(0, UsageCount).Select(_ => new TokenUsage
            {
                Input = Count(),
                Output = Count(),
                CacheRead = Count(),
                CacheWrite5m = six ? Count() : 0,
                CacheWrite1h = six ? Count() : 0,
                Reasoning = six ? Count() : 0,
            }),
        ];
    }
}
