using System.Globalization;

namespace LlmCostModel.Logs.Tests.Sql;

/// <summary>An engine with the exported prices and a table of calls.</summary>
internal abstract class SqlEngine : IDisposable
{
    public abstract SqlDialect Dialect { get; }

    /// <summary>Runs statements, each of which ends with a line.</summary>
    public abstract void Execute(string sql);

    /// <summary>Fills the table of calls, which is there.</summary>
    public abstract void Load(IReadOnlyList<SqlCall> calls);

    public List<SqlCost> Rows() => Read("llmcost_rows");

    public List<SqlCost> Calls() => Read("llmcost_calls");

    protected abstract List<SqlCost> Read(string view);

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
        string prefix = Dialect == SqlDialect.BigQuery ? "llmcost." : "";
        Execute($"DROP VIEW IF EXISTS {prefix}llmcost_calls;");
        Execute($"DROP VIEW IF EXISTS {prefix}llmcost_rows;");
        Execute($"DROP TABLE IF EXISTS {prefix}llmcost_usage;");
        Execute(SqlPriceWriter.GetUsageTable(Dialect));
        Execute(script);
    }

    public abstract void Dispose();
}
