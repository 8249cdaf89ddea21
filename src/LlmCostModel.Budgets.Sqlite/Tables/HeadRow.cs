using LlmCostModel.Budgets.Sqlite.Database;
using SQLitePCL;

namespace LlmCostModel.Budgets.Sqlite.Tables;

/// <summary>The version of the tables, which life of the store it is, and how many changes it has had.</summary>
internal sealed class HeadRow(sqlite3 file) : IDisposable
{
    private readonly Statement _version = new(file, "PRAGMA user_version");
    private readonly Statement _read = new(file, "SELECT epoch, sequence FROM store");
    private readonly Statement _write = new(file, "UPDATE store SET sequence = ?1");

    internal long ReadVersion() => One(_version).First;

    internal (long Epoch, long Sequence) Read() => One(_read);

    internal void Write(long sequence) => _write.With(sequence).RunOnOne();

    public void Dispose()
    {
        _version.Dispose();
        _read.Dispose();
        _write.Dispose();
    }

    private static (long First, long Second) One(Statement statement)
    {
        (long First, long Second) row = statement.Read() ? (statement.Number(0), statement.Number(1)) : default;
        statement.Reset();
        return row;
    }
}
