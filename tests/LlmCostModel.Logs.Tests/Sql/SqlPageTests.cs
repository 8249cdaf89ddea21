using System.Text.RegularExpressions;

namespace LlmCostModel.Logs.Tests.Sql;

/// <summary>The statements of <c>docs/sql.md</c> do in DuckDB and ClickHouse what the page says; <see cref="SqlParserTests"/> parses those
/// of other engines.</summary>
public sealed partial class SqlPageTests
{
    [Fact]
    public void Page_Statements_PriceUsageRecords()
    {
        string[] statements = StatementsOf(null);
        Assert.Equal(2, statements.Length);
        string log = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(
                log,
                [
                    """{ "id": "1", "model": "a", "at": "2025-01-27T12:00:00Z", "usage": { "input": 1000000, "cacheRead": 500000 } }""",
                    """{ "id": "2", "model": "a", "at": "2025-09-01T00:00:00+08:00", "tier": "batch", "usage": { "output": 1000000 } }""",
                ]);
            LlmCostModelOptions options = new();
            options.AddJson(
                """
                { "RateCards": { "acme": { "Provider": "acme", "Currency": "USD", "Models": { "a": { "Versions": [
                  { "PerMillionTokens": { "Input": 2, "CacheRead": 1, "Output": 8 }, "Until": "2025-08-31T16:00:00Z" },
                  { "From": "2025-08-31T16:00:00Z", "PerMillionTokens": { "Input": 1, "CacheRead": 1, "Output": 4 },
                    "Rules": [ { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5 } ] } ] } } } } }
                """,
                "card.json");
            using DuckDbEngine engine = new();
            using StringWriter script = new();
            new SqlPriceWriter(new CostEstimator(options), options).Write(script, engine.Dialect);
            engine.Execute(statements[0].Replace("calls.jsonl", log, StringComparison.Ordinal));
            engine.Execute(script.ToString());
            engine.Execute(statements[1]);

            // 1,000,000 at 2 and 500,000 at 1 per million; 1,000,000 at 4 and half of it from midnight in Shanghai on, 16:00 UTC.
            Assert.Equal([2.5m, 2m], engine.Rows().OrderBy(cost => cost.Id, StringComparer.Ordinal).Select(cost => cost.Total));
        }
        finally
        {
            File.Delete(log);
        }
    }

    [SqlToolsFact]
    public void Page_ClickHouse_ReadsInstantsOfEveryZone()
    {
        LlmCostModelOptions options = new();
        options.AddJson(
            """
            { "RateCards": { "acme": { "Provider": "acme", "Currency": "USD", "Models": { "a": { "Versions": [
              { "PerMillionTokens": { "Input": 2, "CacheRead": 1, "Output": 8 }, "Until": "2025-08-31T16:00:00Z" },
              { "From": "2025-08-31T16:00:00Z", "PerMillionTokens": { "Input": 1, "CacheRead": 1, "Output": 4 } } ] } } } } }
            """,
            "card.json");
        using ClickHouseEngine engine = new();
        engine.Start(new SqlPriceWriter(new CostEstimator(options), options));
        engine.Execute("""
            CREATE TABLE calls (request_id String, model String, created_at DateTime('Asia/Shanghai'),
              prompt_tokens UInt32, cached_tokens UInt32, completion_tokens UInt32) ENGINE = Memory;
            INSERT INTO calls VALUES ('1', 'a', '2025-08-31 23:59:59', 1500000, 500000, 0), ('2', 'a', '2025-09-01 00:00:00', 0, 0, 1000000);
            """);
        engine.Execute(Assert.Single(StatementsOf("ClickHouse")));

        // 1,000,000 at 2 and 500,000 at 1 per million; 1,000,000 at 4 from midnight in Shanghai on, 16:00 UTC.
        Assert.Equal([2.5m, 4m], engine.Rows().OrderBy(cost => cost.Id, StringComparer.Ordinal).Select(cost => cost.Total));
    }

    /// <summary>The statements under the heading of an engine; without it, those before all such headings.</summary>
    internal static string[] StatementsOf(string? engine)
    {
        string page = File.ReadAllText("sql.md");
        string[] parts = page.Split("\n### ");
        string part = engine is null ? parts[0] : Assert.Single(parts, one => one.StartsWith(engine + "\n", StringComparison.Ordinal));
        return [.. Blocks().Matches(part).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex("^```sql\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
