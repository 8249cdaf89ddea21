using System.Globalization;
using DuckDB.NET.Data;
using LlmCostModel.Catalog;
using LlmCostModel.Logs;

namespace LlmCostModel.Benchmarks;

/// <summary>A log of usage records priced by DuckDB with the script that <c>llmcost catalog export --sql duckdb</c> writes. The tables of
/// prices are made before; every query reads the file again.</summary>
internal sealed class DuckDbLog : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    /// <param name="path">The file.</param>
    /// <param name="isParquet">Whether it is Parquet, and not lines of JSON.</param>
    internal DuckDbLog(string path, bool isParquet)
    {
        LlmCostModelOptions options = new();
        CostEstimator estimator = BuiltInCatalog.CreateEstimator(options);
        using StringWriter script = new();
        new SqlPriceWriter(estimator, options).Write(script, SqlDialect.DuckDb);
        _connection.Open();
        Execute("SET TimeZone = 'UTC'");
        Execute(isParquet ? ViewOfParquet(path) : ViewOfLines(path));
        Execute(script.ToString());
    }

    /// <summary>What all calls cost together, and how many they are.</summary>
    /// <param name="threads">How many threads.</param>
    /// <exception cref="InvalidOperationException">One of them has no price.</exception>
    internal (decimal Total, long Calls) Price(int threads)
    {
        Execute(string.Create(CultureInfo.InvariantCulture, $"SET threads = {threads}"));
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = "SELECT status, currency, COUNT(*), CAST(SUM(total) AS VARCHAR) FROM llmcost_rows GROUP BY model, status, currency";
        command.CommandTimeout = 0;
        using DuckDBDataReader reader = command.ExecuteReader();
        (decimal total, long calls) = (0, 0);
        while (reader.Read())
        {
            if (reader.GetString(0) != "priced" || reader.GetString(1) != "USD")
            {
                throw new InvalidOperationException($"A row is {reader.GetString(0)}, in DuckDB.");
            }

            calls += reader.GetInt64(2);
            total += decimal.Parse(reader.GetString(3), CultureInfo.InvariantCulture);
        }

        return (total, calls);
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>The view of docs/sql.md.</summary>
    private static string ViewOfLines(string path) =>
        $$"""
        CREATE VIEW llmcost_usage AS
        SELECT
          id, CAST(NULL AS TEXT) AS parent, model, provider, CAST("at" AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS at_utc, tier, region,
          {{string.Join(", ", TokenBuckets.All.Select(row => $"usage.{row.JsonName} AS {ColumnOf(row)}"))}}
        FROM read_json('{{path}}', columns = {
          id: 'TEXT', model: 'TEXT', provider: 'TEXT', "at": 'TEXT', tier: 'TEXT', region: 'TEXT',
          usage: 'STRUCT({{string.Join(", ", TokenBuckets.All.Select(row => $"\"{row.JsonName}\" BIGINT"))}})' })
        """;

    /// <summary>The columns that the file has; the others are null.</summary>
    private string ViewOfParquet(string path)
    {
        HashSet<string> names = NamesOf(path);
        string OfText(string name) => names.Contains(name) ? $"\"{name}\"" : $"CAST(NULL AS TEXT) AS {name}";
        string OfCount(TokenBucketInfo row) =>
            $"{(names.Contains(row.JsonName) ? $"\"{row.JsonName}\"" : "CAST(NULL AS BIGINT)")} AS {ColumnOf(row)}";
        return $"""
            CREATE VIEW llmcost_usage AS
            SELECT {OfText("id")}, {OfText("parent")}, {OfText("model")}, {OfText("provider")}, "at" AT TIME ZONE 'UTC' AS at_utc,
              {OfText("tier")}, {OfText("region")}, {string.Join(", ", TokenBuckets.All.Select(OfCount))}
            FROM read_parquet('{path}')
            """;
    }

    private HashSet<string> NamesOf(string path)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = $"SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet('{path}'))";
        using DuckDBDataReader reader = command.ExecuteReader();
        HashSet<string> names = [];
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    /// <summary>Such as <c>cache_write_5m</c> for <c>cacheWrite5m</c>.</summary>
    private static string ColumnOf(TokenBucketInfo row) => string.Concat(row.JsonName.Select((letter, i) =>
        char.IsAsciiLetterUpper(letter) || (char.IsAsciiDigit(letter) && !char.IsAsciiDigit(row.JsonName[i - 1]))
            ? $"_{char.ToLowerInvariant(letter)}"
            : $"{letter}"));

    private void Execute(string sql)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }
}
