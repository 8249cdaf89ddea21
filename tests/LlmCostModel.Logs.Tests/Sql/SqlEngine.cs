using System.Data.Common;
using System.Globalization;

namespace LlmCostModel.Logs.Tests.Sql;

/// <summary>An engine with the exported prices and a table of calls.</summary>
internal abstract class SqlEngine : IDisposable
{
    protected abstract DbConnection Connection { get; }

    public abstract SqlDialect Dialect { get; }

    public void Execute(string sql)
    {
        using DbCommand command = Connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 600;
        command.ExecuteNonQuery();
    }

    /// <summary>Fills the table of calls, which is there.</summary>
    public abstract void Load(IReadOnlyList<SqlCall> calls);

    public List<SqlCost> Rows() => Read("SELECT id, status, CAST(total AS VARCHAR), currency, reason FROM llmcost_rows");

    public List<SqlCost> Calls() => Read("SELECT id, status, CAST(total AS VARCHAR), currency, reason FROM llmcost_calls");

    public List<SqlCost> Read(string sql)
    {
        using DbCommand command = Connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 600;
        using DbDataReader reader = command.ExecuteReader();
        List<SqlCost> costs = [];
        while (reader.Read())
        {
            string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
            decimal? total = Text(2) is { } text ? decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : null;
            costs.Add(new SqlCost(Text(0), Text(1)!, total, Text(3), Text(4)));
        }

        return costs;
    }

    /// <summary>Prices calls by an estimator's exported prices.</summary>
    public List<SqlCost> Price(ICostEstimator estimator, LlmCostModelOptions options, params IReadOnlyList<SqlCall> calls)
    {
        Start(new SqlPriceWriter(estimator, options));
        Load([.. calls.Select((call, index) => call.Id is null ? call with { Id = index.ToString(CultureInfo.InvariantCulture) } : call)]);
        Dictionary<string, SqlCost> byId = Rows().ToDictionary(cost => cost.Id!);
        return [.. calls.Select((call, index) => byId[call.Id ?? index.ToString(CultureInfo.InvariantCulture)])];
    }

    /// <summary>Makes the tables and views.</summary>
    public IReadOnlyList<string> Start(SqlPriceWriter writer, params string[] ids)
    {
        using StringWriter script = new();
        IReadOnlyList<string> losses = writer.Write(script, Dialect, ids);
        Start(script.ToString());
        return losses;
    }

    /// <inheritdoc cref="Start(SqlPriceWriter, string[])"/>
    public void Start(string script)
    {
        Execute("DROP VIEW IF EXISTS llmcost_calls");
        Execute("DROP VIEW IF EXISTS llmcost_rows");
        Execute("DROP TABLE IF EXISTS llmcost_usage");
        Execute(SqlPriceWriter.GetUsageTable(Dialect));
        Execute(script);
    }

    public virtual void Dispose() => Connection.Dispose();
}
