using System.Diagnostics;
using LlmCostModel.TestData;

namespace LlmCostModel.Logs.Tests.Sql;

/// <summary>Parsers of the dialects that cannot be run here read the script of the whole catalog: at the desk some of its rows.</summary>
public sealed class SqlParserTests
{
    private static readonly (string Name, SqlDialect Dialect, string[] Parsers)[] Dialects =
    [
        ("bigquery", SqlDialect.BigQuery, ["sql-parser-cst", "sqlparser", "polyglot"]),
        ("clickhouse", SqlDialect.ClickHouse, ["sqlparser", "polyglot"]),
        ("snowflake", SqlDialect.Snowflake, ["sqlparser", "polyglot"]),
        ("spark", SqlDialect.Spark, ["dt-sql-parser", "polyglot"]),
    ];

    [SqlToolsFact]
    public void Scripts_Parsers_ReadThem()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("llmcost-parsers-");
        try
        {
            foreach ((string name, SqlDialect dialect, _) in Dialects)
            {
                File.WriteAllText(Path.Combine(folder.FullName, $"prices.{name}"), ScriptOf(dialect));
                string page = string.Concat(SqlPageTests.StatementsOf(SqlGrammar.Of(dialect).Name));
                File.WriteAllText(Path.Combine(folder.FullName, $"page.{name}"), $"{SqlPriceWriter.GetUsageTable(dialect)}\n{page}");
                File.WriteAllText(Path.Combine(folder.FullName, $"wrong.{name}"), "SELECT (1 FROM llmcost_rows;\n");
            }

            string[] answers = Parse(folder.FullName);
            Assert.Equal(
                from file in (string[])["page", "prices"]
                from row in Dialects
                from parser in row.Parsers
                select $"{file}.{row.Name} {parser}",
                answers.Where(answer => !answer.StartsWith("wrong.", StringComparison.Ordinal)));
            string[] refused = [.. answers.Where(answer => answer.StartsWith("wrong.", StringComparison.Ordinal))];
            Assert.Equal(Dialects.Sum(row => row.Parsers.Length), refused.Length);
            Assert.All(refused, answer => Assert.True(answer.Split(' ').Length > 2, $"Nothing is wrong for {answer}."));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string ScriptOf(SqlDialect dialect)
    {
        (_, SqlPriceWriter writer, FilledTables filled) = SqlAgreementTests.Catalog.Value;
        using StringWriter script = new();
        writer.Write(script, dialect, filled);
        IEnumerable<string> statements = script.ToString().Split(";\n");
        return string.Join(";\n", SampleSize.OrGiven(0) > 10_000 ? statements : statements.Select(Shortened));
    }

    /// <summary>A statement with its last row alone.</summary>
    private static string Shortened(string statement)
    {
        string[] lines = statement.Split('\n');
        return lines[0].StartsWith("INSERT", StringComparison.Ordinal) ? $"{lines[0]}\n{lines[^1]}" : statement;
    }

    private static string[] Parse(string folder)
    {
        using Process process = SqlTools.Start("parse.mjs", folder);
        string[] answers = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return answers;
    }
}
