using System.Text;

namespace LlmCostModel.Logs.Tests.Focus;

/// <summary>Rows of FOCUS of logs that tests write, by the names of the columns.</summary>
internal static class FocusRows
{
    /// <summary>Prices of every shape: a cache, tiers of the part beyond a size, meters by the thousand and by the second, a minimum, fees,
    /// another currency, and a contract.</summary>
    internal static CostEstimator Estimator { get; } = With("""
        "Overlays": { "contract": { "Currency": "USD", "Models": [ "deal" ], "Rules": [ { "Name": "20% off", "Multiply": 0.8 }, { "Name": "margin", "FixedFee": 0.5 } ] } }
        """);

    internal static CostEstimator With(string more)
    {
        LlmCostModelOptions options = new();
        options.AddJson(
            Encoding.UTF8.GetBytes($$"""
                { "RateCards": {
                    "openai": { "Provider": "openai", "Currency": "USD", "Source": "https://example.com/prices", "Models": {
                      "plain": { "PerMillionTokens": { "Input": 5, "CacheRead": 0.5, "CacheWrite5m": 6.25, "Output": 25 }, "BilledAs": { "Reasoning": "Output" } },
                      "deal": { "PerMillionTokens": { "Input": 5, "Output": 25 } },
                      "tiered": { "PerMillionTokens": { "Input": 3 }, "Rules": [ { "Name": "long", "Mode": "Marginal", "When": { "TotalInputAbove": 200000 }, "PerMillionTokens": { "Input": 6 } } ] },
                      "search": { "PerMillionTokens": { "Input": 1 }, "PerMeter": { "WebSearch": { "Price": 10, "Per": 1000 }, "AudioInputSecond": { "Price": 1, "Per": 3600 } } },
                      "fees": { "PerMillionTokens": { "Input": 1 }, "MinimumCharge": 2, "Rules": [ { "Name": "payment", "PercentFee": 5.5 }, { "Name": "flat", "FixedFee": 0.3 } ] },
                      "free": { "PerMillionTokens": { "Input": 0, "Output": 0 } },
                      "half-known": { "PerMillionTokens": { "Input": 2 } } } },
                    "house": { "Currency": "EUR", "Models": { "haus": { "PerMillionTokens": { "Input": 0.123456 } } } } }{{(more.Length == 0 ? "" : ", " + more)}} }
                """),
            "cards");
        return new CostEstimator(options);
    }

    /// <summary>A day of calls that uses all of the prices above.</summary>
    internal const string Day = """
        {"model":"plain","at":"2026-05-03T10:00:00Z","region":"eu-west-1","usage":{"input":8400000,"cacheRead":1000,"cacheWrite5m":77,"output":2100000,"reasoning":7},"tags":{"user":"ann","team":"a\"b, <script>"}}
        {"model":"plain","at":"2026-05-03T23:59:59.999Z","usage":{"input":1},"tags":{"user":"bob"}}
        {"model":"plain","at":"2026-05-04T00:00:00Z","usage":{"input":2},"tags":{"user":"bob"}}
        {"model":"deal","at":"2026-05-03T10:00:00Z","usage":{"input":1000000,"output":3}}
        {"model":"tiered","at":"2026-05-03T10:00:00Z","usage":{"input":300000}}
        {"model":"search","at":"2026-05-03T10:00:00Z","usage":{"input":3},"meters":{"webSearch":7,"audioInputSecond":90}}
        {"model":"fees","at":"2026-05-03T10:00:00Z","usage":{"input":1000000}}
        {"model":"free","at":"2026-05-03T10:00:00Z","usage":{"input":10,"output":5}}
        {"model":"half-known","at":"2026-05-03T10:00:00Z","usage":{"input":10,"output":5}}
        {"model":"haus","at":"2026-05-03T10:00:00Z","usage":{"input":123456789}}
        {"model":"acme-1","at":"2026-05-03T10:00:00Z","usage":{"input":10}}
        {"model":"plain","usage":{"input":5}}
        """;

    internal static FocusDataset Of(string log, string groupBy = "model", FocusOptions? options = null, CostEstimator? estimator = null)
    {
        FocusDataset dataset = new([.. groupBy.Split(',').Select(name => SummaryKey.Find(name)!)], options);
        foreach (LogRecord record in TextLog.Read(log))
        {
            Assert.True(record.Call is not null, record.Fault);
            dataset.Add(record, (estimator ?? Estimator).Price(record.Call!));
        }

        return dataset;
    }

    /// <summary>Each row as what its columns say.</summary>
    internal static Dictionary<string, string?>[] Named(FocusDataset dataset) =>
        [.. dataset.Rows.Select(row => dataset.Columns.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second))];
}
