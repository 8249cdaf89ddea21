using LlmCostModel.Catalog;

namespace LlmCostModel.Logs.Tests.Sql;

/// <summary>Prices of small cards as DuckDB has them; <see cref="SqlAgreementTests"/> compares the whole catalog.</summary>
public sealed class SqlPriceWriterTests : IDisposable
{
    private readonly DuckDbEngine _engine = new();

    [Fact]
    public void Rows_ReferenceDay_CostWhatTheReadmeSays()
    {
        // 342e9 x 0.14 + 266e9 x 0.55 + 168e9 x 2.19 per million = 47,880 + 146,300 + 367,920 = 562,100 USD.
        List<SqlCost> costs = Price(
            """{ "deepseek-reasoner": { "PerMillionTokens": { "Input": 0.55, "CacheRead": 0.14, "Output": 2.19 } } }""",
            SqlCall.Of(
                "deepseek-reasoner",
                null,
                (TokenBucket.CacheRead, 342_000_000_000),
                (TokenBucket.Input, 266_000_000_000),
                (TokenBucket.Output, 168_000_000_000)));

        Assert.Equal(new SqlCost("0", "priced", 562_100m, "USD", null), costs[0]);
    }

    [Fact]
    public void Rows_WithoutPrice_AreNullWithTheReason()
    {
        const string Models = """
            {
              "a": { "From": "2025-01-01", "PerMillionTokens": { "Input": 1, "Output": 0 }, "Rules": [
                { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5 } ] },
              "b": { "PerMillionTokens": { "Input": 1 }, "MinimumCharge": 0.01 },
              "c": { "PerMillionTokens": { "Input": 1 }, "Rules": [
                { "Name": "thinking", "When": { "Attributes": { "thinking": "on" } }, "PerMillionTokens": { "Output": 3 } } ] }
            }
            """;
        const string At = "2025-06-01T00:00:00Z";
        (SqlCall Call, string Status, decimal? Total, string? Reason)[] cases =
        [
            (SqlCall.Of("a", At, (TokenBucket.Input, 3)), "priced", 0.000003m, null),
            (SqlCall.Of("a", At, (TokenBucket.Input, 3), (TokenBucket.Output, 9)), "priced", 0.000003m, null), // output is free
            (SqlCall.Of("a", At, (TokenBucket.Input, 3)) with { Tier = "Batch" }, "priced", 0.0000015m, null),
            (SqlCall.Of("a", At, (TokenBucket.Input, 3)) with { Tier = "flex" }, "unpriced", null, "unknownTier"),
            (SqlCall.Of("a", At, (TokenBucket.Input, 3), (TokenBucket.AudioInput, 1)), "partial", 0.000003m, "unknownTokenPrice: audio_input"),
            (SqlCall.Of("a", At, (TokenBucket.CacheWrite5m, 3)), "unpriced", null, "unknownTokenPrice: cache_write_5m"),
            (SqlCall.Of("a", At, (TokenBucket.Input, 0)), "priced", 0, null),
            (SqlCall.Of("a", At), "unpriced", null, "unknownUsage"),
            (SqlCall.Of("a", "2024-12-31T23:59:59Z", (TokenBucket.Input, 3)), "unpriced", null, "noPriceAtInstant"),
            (SqlCall.Of("a", null, (TokenBucket.Input, 3)), "unpriced", null, "missingTime"),
            (SqlCall.Of("b", At, (TokenBucket.Input, 3)), "unpriced", null, "notInSql: it has a minimum charge"),
            (SqlCall.Of("c", null, (TokenBucket.Input, 3)), "priced", 0.000003m, null),
            (SqlCall.Of("c", null, (TokenBucket.Output, 3)), "unpriced", null, "missingAttribute thinking: output"),
            (SqlCall.Of("c", null, (TokenBucket.Input, 3), (TokenBucket.Output, 3), (TokenBucket.CacheRead, 1)), "partial", 0.000003m,
                "unknownTokenPrice: cache_read; missingAttribute thinking: output"),
            (SqlCall.Of("d", At, (TokenBucket.Input, 3)), "unpriced", null, "unknownModel"),
            (SqlCall.Of("a", At, (TokenBucket.Input, 3)) with { Provider = "Acme" }, "priced", 0.000003m, null),
            (SqlCall.Of("a", At, (TokenBucket.Input, 3)) with { Provider = "other" }, "unpriced", null, "unknownModelAtProvider"),
            (SqlCall.Of("", At, (TokenBucket.Input, 3)), "unpriced", null, "missingModel"),
            (SqlCall.Of("a", At, (TokenBucket.Input, -1)), "unpriced", null, "negativeCount"),

            // 9.2 trillion USD: beyond 79 billion, not every amount with 18 decimals is a decimal of the library.
            (SqlCall.Of("c", At, (TokenBucket.Input, long.MaxValue)), "unpriced", null, "amountTooLarge"),
        ];

        List<SqlCost> costs = Price(Models, out IReadOnlyList<string> losses, [.. cases.Select(row => row.Call)]);

        Assert.All(cases.Zip(costs), pair => Assert.Equal(
            (pair.First.Status, pair.First.Total, pair.First.Reason), (pair.Second.Status, pair.Second.Total, pair.Second.Reason)));
        Assert.Equal(["'b' of rate card 'acme': it has a minimum charge."], losses);
    }

    [Theory]
    [InlineData("""{ "Name": "x", "When": { "TotalInputAbove": 10 }, "Mode": "Marginal", "PerMillionTokens": { "Input": 2 } }""", "rule 'x' prices only a part of the call")]
    [InlineData("""{ "Name": "x", "PercentFee": 5 }""", "rule 'x' charges a fee")]
    [InlineData("""{ "Name": "x", "FixedFee": 0.1 }""", "rule 'x' charges a fee")]
    [InlineData("""{ "Name": "x", "PerMeter": { "Request": 0.1 } }""", "rule 'x' has a price per request")]
    [InlineData("""{ "Name": "x", "Multiply": 0.1234567890123 }""", "a price of 0.1234567890123 for a million tokens has more digits than DECIMAL(17, 12)")]
    [InlineData("""{ "Name": "x", "PerMillionTokens": { "Input": 100000 } }""", "a price of 100000 for a million tokens has more digits than DECIMAL(17, 12)")]
    public void Write_WhatTablesCannotSay_IsListedAndUnpriced(string rule, string why)
    {
        List<SqlCost> costs = Price(
            $$"""{ "a": { "PerMillionTokens": { "Input": 1 }, "Rules": [ {{rule}} ] } }""",
            out IReadOnlyList<string> losses,
            SqlCall.Of("a", null, (TokenBucket.Input, 20)));

        Assert.Equal([$"'a' of rate card 'acme': {why}."], losses);
        Assert.Equal(new SqlCost("0", "unpriced", null, null, $"notInSql: {why}"), costs[0]);
    }

    [Fact]
    public void Rows_SmallThresholds_PriceEveryBucketThatFits()
    {
        // Up to 2 tokens of input at 1, from 3 on at 10; of output, the first at 5 and from 2 on at 7, whatever the input.
        const string Models = """
            { "a": { "PerMillionTokens": { "Input": 1, "CacheRead": 1, "Output": 5 }, "Rules": [
              { "Name": "long", "When": { "TotalInputAbove": 2 }, "PerMillionTokens": { "Input": 10, "CacheRead": 10 } },
              { "Name": "much", "When": { "OutputFrom": 2 }, "PerMillionTokens": { "Output": 7 } } ] } }
            """;
        List<SqlCost> costs = Price(
            Models,
            SqlCall.Of("a", null, (TokenBucket.Input, 1), (TokenBucket.CacheRead, 1), (TokenBucket.Output, 1)),
            SqlCall.Of("a", null, (TokenBucket.Input, 1), (TokenBucket.CacheRead, 2), (TokenBucket.Output, 1)),
            SqlCall.Of("a", null, (TokenBucket.Input, 2), (TokenBucket.Output, 2)),
            SqlCall.Of("a", null, (TokenBucket.Output, 3)));

        // 1 + 1 + 5; 10 + 20 + 5; 2 + 14; 21; all per million.
        Assert.Equal([0.000007m, 0.000035m, 0.000016m, 0.000021m], costs.Select(cost => cost.Total));
    }

    [Fact]
    public void Rows_HoursOfAZone_FollowItsClock()
    {
        // New York is 5 hours behind UTC in winter and 4 in summer: 09:00 there is 14:00 and 13:00.
        const string Models = """
            { "a": { "PerMillionTokens": { "Input": 1 }, "Rules": [
              { "Name": "office", "Multiply": 2, "When": { "Days": "Mon-Fri", "Daily": [ "09:00-17:00" ], "TimeZone": "America/New_York" } } ] } }
            """;
        string[] instants =
        [
            "2026-01-12T13:59:59.999999Z", "2026-01-12T14:00:00Z", "2026-01-12T21:59:59.999999Z", "2026-01-12T22:00:00Z", // a Monday
            "2026-07-13T12:59:59.999999Z", "2026-07-13T13:00:00Z", "2026-07-11T15:00:00Z", // a Monday, a Saturday
            "2019-12-31T23:59:59Z", "2040-01-02T15:00:00Z", // before and after what is written out
        ];

        List<SqlCost> costs = Price(Models, [.. instants.Select(at => SqlCall.Of("a", at, (TokenBucket.Input, 1_000_000)))]);

        Assert.Equal([1, 2, 2, 1, 1, 2, 1, null, null], costs.Select(cost => cost.Total));
        Assert.Equal(["outsideHours", "outsideHours"], costs[^2..].Select(cost => cost.Reason));
    }

    [Fact]
    public void Rows_IdsThroughTime_FollowTheirLives()
    {
        const string Card = """
            { "RateCards": { "acme": { "Provider": "acme", "Currency": "EUR",
              "Models": {
                "old": { "PerMillionTokens": { "Input": 1 } },
                "new": { "PerMillionTokens": { "Input": 3 } } },
              "Lifecycle": { "old": [ { "From": "2026-01-01", "Target": "new" }, { "From": "2026-06-01", "Retired": true, "Successor": "new" } ] } } } }
            """;
        LlmCostModelOptions options = new();
        options.AddJson(Card, "card.json");
        List<SqlCost> costs = _engine.Price(
            new CostEstimator(options),
            options,
            SqlCall.Of("old", "2025-12-31T23:59:59.999999Z", (TokenBucket.Input, 1_000_000)),
            SqlCall.Of("old", "2026-01-01T00:00:00Z", (TokenBucket.Input, 1_000_000)),
            SqlCall.Of("old", "2026-06-01T00:00:00Z", (TokenBucket.Input, 1_000_000)));

        Assert.Equal(
            [
                new SqlCost("0", "priced", 1, "EUR", null),
                new SqlCost("1", "priced", 3, "EUR", null),
                new SqlCost("2", "unpriced", null, null, "retired"),
            ],
            costs);
    }

    [Fact]
    public void Rows_CardOfAnyProvider_PricesCallsOfEveryProvider()
    {
        const string Options = """
            { "RateCards": {
                "own": { "Currency": "USD", "Models": { "a": { "PerMillionTokens": { "Input": 1 }, "Rules": [
                  { "Name": "at moon", "When": { "Provider": "Moon" }, "Multiply": 3 } ] } } },
                "acme": { "Provider": "acme", "Currency": "USD", "Models": { "b": { "PerMillionTokens": { "Input": 10 } } } } },
              "Deployments": { "mine": { "Model": "b", "Provider": "acme" } } }
            """;
        LlmCostModelOptions options = new();
        options.AddJson(Options, "options.json");
        SqlCall call = SqlCall.Of("a", null, (TokenBucket.Input, 1_000_000));
        List<SqlCost> costs = _engine.Price(
            new CostEstimator(options),
            options,
            call,
            call with { Provider = "acme" },
            call with { Provider = "whoever" },
            call with { Provider = "moon" },
            call with { Model = "mine" });

        Assert.Equal([1, 1, 1, 3, 10], costs.Select(cost => cost.Total));
    }

    [Fact]
    public void Rows_Overlays_AreInThePrices()
    {
        const string Options = """
            { "RateCards": { "acme": { "Provider": "acme", "Currency": "USD", "Models": { "a": { "PerMillionTokens": { "Input": 10 } } } } },
              "Overlays": { "contract": { "Rules": [
                { "Name": "off", "Multiply": 0.9 },
                { "Name": "moon", "When": { "Region": "moon-*" }, "Multiply": 2 } ] } } }
            """;
        LlmCostModelOptions options = new();
        options.AddJson(Options, "options.json");
        SqlCall call = SqlCall.Of("a", null, (TokenBucket.Input, 1_000_000));
        List<SqlCost> costs =
            _engine.Price(new CostEstimator(options), options, call, call with { Region = "Moon-1" }, call with { Region = "mars" });

        Assert.Equal([9, 18, 9], costs.Select(cost => cost.Total));
    }

    [Fact]
    public void Write_OverlayThatTablesCannotSay_IsRefused()
    {
        LlmCostModelOptions options = new();
        options.AddJson("""{ "Overlays": { "router": { "Rules": [ { "Name": "fee", "PercentFee": 5 } ] } } }""", "options.json");
        NotSupportedException refused = Assert.Throws<NotSupportedException>(() =>
            new SqlPriceWriter(BuiltInCatalog.CreateEstimator(options), options).Write(TextWriter.Null, SqlDialect.DuckDb));

        Assert.Equal("Overlay 'router' cannot be written as SQL: rule 'fee' charges a fee. Leave it out.", refused.Message);
    }

    [Fact]
    public void Rows_IdInAnotherSpelling_IsFoundWhenItIsWrittenOut()
    {
        LlmCostModelOptions options = Options("""{ "a": { "PerMillionTokens": { "Input": 2.5 } } }""");
        CostEstimator estimator = new(options);
        SqlCall call = SqlCall.Of("A", "2025-06-01T00:00:00Z", (TokenBucket.Input, 1_000_000)) with { Id = "0" };
        _engine.Start(new SqlPriceWriter(estimator, options));
        _engine.Load([call]);
        SqlCost without = Assert.Single(_engine.Rows());
        _engine.Start(new SqlPriceWriter(estimator, options), "A");
        _engine.Load([call]);

        Assert.Equal(new SqlCost("0", "unpriced", null, null, "unknownModel"), without);
        Assert.Equal(new SqlCost("0", "priced", 2.5m, "USD", null), Assert.Single(_engine.Rows()));
    }

    [Fact]
    public void Rows_InstantWithAZone_IsNotReadOnTheClockOfTheSession()
    {
        LlmCostModelOptions options = Options("""{ "a": { "PerMillionTokens": { "Input": 1 } } }""");
        using StringWriter script = new();
        new SqlPriceWriter(new CostEstimator(options), options).Write(script, SqlDialect.DuckDb);
        _engine.Execute(SqlPriceWriter.GetUsageTable(SqlDialect.DuckDb).Replace("TIMESTAMP", "TIMESTAMPTZ", StringComparison.Ordinal));
        _engine.Execute("INSERT INTO llmcost_usage (model, at_utc, input) VALUES ('a', TIMESTAMPTZ '2026-01-01 00:00:00+00', 1)");
        _engine.Execute(script.ToString());

        Assert.Equal(new SqlCost(null, "unpriced", null, null, "notUtc"), Assert.Single(_engine.Rows()));
    }

    public void Dispose() => _engine.Dispose();

    private List<SqlCost> Price(string models, params SqlCall[] calls) => Price(models, out _, calls);

    private List<SqlCost> Price(string models, out IReadOnlyList<string> losses, params SqlCall[] calls)
    {
        LlmCostModelOptions options = Options(models);
        CostEstimator estimator = new(options);
        losses = new SqlPriceWriter(estimator, options).Write(TextWriter.Null, SqlDialect.DuckDb);
        return _engine.Price(estimator, options, calls);
    }

    private static LlmCostModelOptions Options(string models)
    {
        LlmCostModelOptions options = new();
        options.AddJson($$"""{ "RateCards": { "acme": { "Provider": "acme", "Currency": "USD", "Models": {{models}} } } }""", "card.json");
        return options;
    }
}
