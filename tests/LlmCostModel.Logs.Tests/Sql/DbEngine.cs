using System.Data.Common;
using System.Globalization;

namespace LlmCostModel.Logs.Tests.Sql;

/// <summary>An engine with a provider of ADO.NET.</summary>
internal abstract class DbEngine : SqlEngine
{
    protected abstract DbConnection Connection { get; }

    public override void Execute(string sql)
    {
        using DbCommand command = Connection.CreateCommand();
        command.CommandText = Translated(sql);
        command.CommandTimeout = 600;
        command.ExecuteNonQuery();
    }

    protected override List<SqlCost> Read(string view)
    {
        using DbCommand command = Connection.CreateCommand();
        command.CommandText = $"SELECT id, status, CAST(total AS VARCHAR), currency, reason FROM {view}";
        command.CommandTimeout = 600;
        using DbDataReader reader = command.ExecuteReader();
        List<SqlCost> costs = [];
        while (reader.Read())
        {
            string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
            costs.Add(new SqlCost(Text(0), Text(1)!, Amount(Text(2)), Text(3), Text(4)));
        }

        return costs;
    }

    public override void Dispose() => Connection.Dispose();

    /// <summary>The statements in the words of the engine.</summary>
    protected virtual string Translated(string sql) => sql;

    internal static decimal? Amount(string? text) =>
        text is null ? null : decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
