using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Options;

/// <summary><c>--sql</c> and what belongs to it: prices as tables and views of a database.</summary>
internal sealed class SqlOptions
{
    private static readonly (string Name, SqlDialect Dialect)[] Dialects =
    [
        ("duckdb", SqlDialect.DuckDb), ("postgresql", SqlDialect.PostgreSql), ("spark", SqlDialect.Spark),
        ("bigquery", SqlDialect.BigQuery), ("clickhouse", SqlDialect.ClickHouse), ("snowflake", SqlDialect.Snowflake),
    ];

    private readonly Option<SqlDialect?> _dialect = new("--sql")
    {
        Description = $"write the given rates as SQL that prices a table of calls: {Names}",
        HelpName = "DIALECT",
        CustomParser = Dialect,
    };

    private readonly Option<string?> _ids = new("--ids")
    {
        Description = "for --sql, further model ids as the calls have them, one a line",
        HelpName = "FILE",
    };

    private readonly Option<DateTimeOffset?> _hoursUntil = new("--hours-until")
    {
        Description = "for --sql, how far prices by hours of the week are written out; default two years",
        HelpName = "INSTANT",
        CustomParser = PricingOptions.Instant,
    };

    private static string Names => $"{string.Join(", ", Dialects[..^1].Select(row => row.Name))} or {Dialects[^1].Name}";

    public void AddTo(CheckedCommand command)
    {
        command.Options.Add(_dialect);
        command.Options.Add(_ids);
        command.Options.Add(_hoursUntil);
        command.Uses.Always(_dialect);
        command.Uses.Only(
            IsAsked, option => $"{option} belongs to --sql. Name the dialect, such as --sql duckdb, or leave it out.", _ids, _hoursUntil);
    }

    /// <summary>Whether SQL is to be written.</summary>
    public bool IsAsked(ParseResult result) => result.GetValue(_dialect) is not null;

    /// <summary>Writes the script, and tells what is not in it.</summary>
    public int Write(ParseResult result, CommandHost host, PricingOptions pricing, string path)
    {
        ICostEstimator estimator = pricing.Estimator(result, host, out LlmCostModelOptions options);
        using StringWriter script = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        IReadOnlyList<string> losses;
        try
        {
            losses = new SqlPriceWriter(estimator, options)
                .Write(script, result.GetValue(_dialect)!.Value, IdsOf(result, host), result.GetValue(_hoursUntil));
        }
        catch (NotSupportedException exception)
        {
            throw new CliException(exception.Message);
        }

        OutputFile.Write(host, path, Encoding.UTF8.GetBytes(script.ToString()));
        foreach (string loss in losses)
        {
            host.Tell($"not in the SQL, and unpriced: {loss}");
        }

        return losses.Count == 0 ? ExitCode.Priced : ExitCode.Incomplete;
    }

    private string[] IdsOf(ParseResult result, CommandHost host) => result.GetValue(_ids) is { } file
        ? Encoding.UTF8.GetString(InputFile.Bytes(file, host).Span)
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : [];

    private static SqlDialect? Dialect(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        foreach ((string name, SqlDialect dialect) in Dialects)
        {
            if (text.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return dialect;
            }
        }

        result.AddError($"'{text}' is not a dialect that is written. Write {Names}.");
        return null;
    }
}
