using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LlmCostModel.Logs.Tests.Sql;

/// <summary>ClickHouse in a process of Node.js.</summary>
internal sealed partial class ClickHouseEngine : SqlEngine
{
    private readonly string _folder = Directory.CreateTempSubdirectory("llmcost-clickhouse-").FullName;
    private readonly Process _process;

    public ClickHouseEngine() => _process = SqlTools.Start("clickhouse.mjs", Path.Combine(_folder, "data"));

    public override SqlDialect Dialect => SqlDialect.ClickHouse;

    public override void Execute(string sql) => Ask(null, [.. sql.Split(";\n").Where(statement => statement.Length > 0)]);

    public override void Load(IReadOnlyList<SqlCall> calls)
    {
        string file = Path.Combine(_folder, "calls.tsv");
        File.WriteAllLines(file, calls.Select(call => string.Join('\t', (string[])[
            Cell(call.Id), Cell(call.Parent), Cell(call.Model), Cell(call.Provider),
            Cell(call.At?.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)), Cell(call.Tier), Cell(call.Region),
            .. call.Counts.Select(count => Cell(count?.ToString(CultureInfo.InvariantCulture)))])));
        Ask(null, $"INSERT INTO llmcost_usage SELECT * FROM file('{file}', 'TabSeparated', '{Columns}')");
    }

    protected override List<SqlCost> Read(string view)
    {
        string file = Path.Combine(_folder, "costs.tsv");
        Ask(file, $"SELECT id, status, total, currency, reason FROM {view}");
        return [.. File.ReadLines(file).Select(line => line.Split('\t').Select(Text).ToArray())
            .Select(row => new SqlCost(row[0], row[1]!, DbEngine.Amount(row[2]), row[3], row[4]))];
    }

    public override void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Columns
    {
        get
        {
            string table = SqlPriceWriter.GetUsageTable(SqlDialect.ClickHouse);
            return table[(table.IndexOf('(', StringComparison.Ordinal) + 1)..table.IndexOf(") ENGINE", StringComparison.Ordinal)]
                .Replace("'", "\\'", StringComparison.Ordinal);
        }
    }

    private void Ask(string? output, params string[] sql)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(new { sql, output }));
        string? answer = _process.StandardOutput.ReadLine();
        Assert.True(answer == "null", $"ClickHouse answers {answer ?? "nothing"}");
    }

    private static string Cell(string? text) => text?.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\t", "\\t", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) ?? "\\N";

    private static string? Text(string cell) => cell == "\\N" ? null : Escapes().Replace(cell, "$1");

    [GeneratedRegex(@"\\([\\'])")]
    private static partial Regex Escapes();
}
