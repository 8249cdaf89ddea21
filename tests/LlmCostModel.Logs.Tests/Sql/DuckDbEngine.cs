using System.Data.Common;
using DuckDB.NET.Data;

namespace LlmCostModel.Logs.Tests.Sql;

/// <summary>DuckDB in the memory of the test.</summary>
internal class DuckDbEngine : DbEngine
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public DuckDbEngine() => _connection.Open();

    public override SqlDialect Dialect => SqlDialect.DuckDb;

    protected sealed override DbConnection Connection => _connection;

    public override void Load(IReadOnlyList<SqlCall> calls)
    {
        using DuckDBAppender appender = _connection.CreateAppender("llmcost_usage");
        foreach (SqlCall call in calls)
        {
            IDuckDBAppenderRow row = appender.CreateRow();
            row.AppendValue(call.Id).AppendValue(call.Parent).AppendValue(call.Model).AppendValue(call.Provider)
                .AppendValue(call.At).AppendValue(call.Tier).AppendValue(call.Region);
            foreach (long? count in call.Counts)
            {
                row.AppendValue(count);
            }

            row.EndRow();
        }
    }
}
