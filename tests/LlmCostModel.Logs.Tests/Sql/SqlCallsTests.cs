namespace LlmCostModel.Logs.Tests.Sql;

/// <summary>Calls with calls inside them, summed by engines as the library does.</summary>
public sealed class SqlCallsTests
{
    private static readonly DateTime At = SqlCall.Instant("2025-06-01T00:00:00Z");

    [Fact]
    public void DuckDb_Calls_AddUpToTheWhole()
    {
        using DuckDbEngine engine = new();
        Compare(engine);
    }

    [PostgreSqlFact]
    public void PostgreSql_Calls_AddUpToTheWhole()
    {
        using PostgreSqlEngine engine = new();
        Compare(engine);
    }

    [SqlToolsFact]
    public void ClickHouse_Calls_AddUpToTheWhole()
    {
        using ClickHouseEngine engine = new();
        Compare(engine);
    }

    [Fact]
    public void SparkInDuckDb_Calls_AddUpToTheWhole()
    {
        using SparkInDuckDb engine = new();
        Compare(engine);
    }

    private static void Compare(SqlEngine engine)
    {
        LlmCostModelOptions options = new();
        options.AddJson(
            """
            { "RateCards": {
              "acme": { "Provider": "acme", "Currency": "EUR", "Models": { "e": { "PerMillionTokens": { "Input": 1 } } } },
              "openai": { "Provider": "openai", "Currency": "USD", "Models": {
                "gpt-4o": { "PerMillionTokens": { "Input": 2.5 } }, "gpt-4o-mini": { "PerMillionTokens": { "Input": 0.15 } } } } } }
            """,
            "cards.json");
        engine.Start(new SqlPriceWriter(new CostEstimator(options), options));
        engine.Load(
        [
            Part("one", null, "gpt-4o", 1_000_000),
            Part("two", null, "gpt-4o", 1_000_000),
            Part("two/1", "two", "gpt-4o-mini", 1_000_000),
            Part(null, "two", "gpt-4o-mini", 2_000_000),
            Part("three", null, "gpt-4o", 1_000_000),
            Part("three/1", "three", "nothing-known", 1_000_000),
            Part("four", null, "nothing-known", 1),
            Part("five", null, "gpt-4o", 1_000_000),
            Part("five", null, "gpt-4o", 1_000_000),
            Part("six", null, "gpt-4o", 1_000_000),
            Part("six/1", "six", "e", 1_000_000),
            Part("seven/1", "seven", "gpt-4o", 1_000_000),
            Part(null, null, "gpt-4o-mini", 1_000_000),
            Part("eight", null, "gpt-4o", 1_000_000),
            Part("eight/1", "eight", "gpt-4o-mini", 1_000_000),
            Part("eight/1/1", "eight/1", "gpt-4o-mini", 2_000_000), // of a part: of no call
        ]);

        Assert.Equal(
            [
                new SqlCost(null, "priced", 0.15m, "USD", null),
                new SqlCost("eight", "priced", 2.65m, "USD", null), // 2.5 + 0.15
                new SqlCost("eight/1", "partial", 0.3m, "USD", "missingCall"), // 2 x 0.15
                new SqlCost("five", "unpriced", null, null, "duplicateId"),
                new SqlCost("four", "unpriced", null, null, "unknownModel"),
                new SqlCost("one", "priced", 2.5m, "USD", null),
                new SqlCost("seven", "partial", 2.5m, "USD", "missingCall"),
                new SqlCost("six", "unpriced", null, null, "severalCurrencies"),
                new SqlCost("three", "partial", 2.5m, "USD", "unknownModel"),
                new SqlCost("two", "priced", 2.95m, "USD", null),
            ],
            engine.Calls().OrderBy(cost => cost.Id, StringComparer.Ordinal));
    }

    private static SqlCall Part(string? id, string? parent, string model, long input) =>
        SqlCall.Of(model, null, (TokenBucket.Input, input)) with { Id = id, Parent = parent, At = At };
}
