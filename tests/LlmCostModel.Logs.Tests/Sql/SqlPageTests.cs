using System.Text.RegularExpressions;

namespace LlmCostModel.Logs.Tests.Sql;

/// <summary>The statements of <c>docs/sql.md</c> do in DuckDB what the page says.</summary>
public sealed partial class SqlPageTests
{
    [Fact]
    public void Page_Statements_PriceUsageRecords()
    {
        string[] statements = [.. Blocks().Matches(File.ReadAllText("sql.md")).Select(match => match.Groups[1].Value)];
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

    [GeneratedRegex("^```sql\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
