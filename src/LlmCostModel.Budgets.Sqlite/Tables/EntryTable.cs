using LlmCostModel.Budgets.Sqlite.Database;
using SQLitePCL;

namespace LlmCostModel.Budgets.Sqlite.Tables;

/// <summary>The settled calls, a line of JSON each.</summary>
internal sealed class EntryTable(sqlite3 file) : IDisposable
{
    private readonly Statement _add = new(file, "INSERT INTO entries (at, line) VALUES (?1, ?2)");
    private readonly Statement _forget = new(file, """
        DELETE FROM entries WHERE number IN (SELECT number FROM entries WHERE at <= ?1 ORDER BY at LIMIT ?2)
        """);

    internal void Add(long at, byte[] line) => _add.With(at).WithBytes(line).Run();

    internal void Forget(long before, int most) => _forget.With(before).With(most).Run();

    public void Dispose()
    {
        _add.Dispose();
        _forget.Dispose();
    }
}
