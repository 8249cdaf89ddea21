using LlmCostModel.Budgets.Sqlite.Database;
using SQLitePCL;

namespace LlmCostModel.Budgets.Sqlite.Tables;

/// <summary>What a store says of itself.</summary>
/// <param name="Epoch">Which life of the store it is.</param>
/// <param name="Sequence">How many changes it has had.</param>
/// <param name="Forgotten">The latest start of a window of which a call was forgotten that had spent something in it; <see
/// langword="null"/> when none was.</param>
internal readonly record struct Head(long Epoch, long Sequence, long? Forgotten);

/// <summary>The version of the tables, which life of the store it is, how many changes it has had, and what it forgot.</summary>
internal sealed class HeadRow(sqlite3 file) : IDisposable
{
    private readonly Statement _version = new(file, "PRAGMA user_version");
    private readonly Statement _read = new(file, "SELECT epoch, sequence, forgotten FROM store");
    private readonly Statement _write = new(file, "UPDATE store SET sequence = ?1");
    private readonly Statement _forget = new(file, "UPDATE store SET forgotten = max(ifnull(forgotten, ?1), ?1)");

    internal long ReadVersion()
    {
        long version = _version.Read() ? _version.Number(0) : 0;
        _version.Reset();
        return version;
    }

    internal Head Read()
    {
        Head head = _read.Read() ? new(_read.Number(0), _read.Number(1), _read.IsNull(2) ? null : _read.Number(2)) : default;
        _read.Reset();
        return head;
    }

    internal void Write(long sequence) => _write.With(sequence).RunOnOne();

    /// <summary>A call was forgotten that had spent something in a window which began then.</summary>
    internal void Forget(long start) => _forget.With(start).RunOnOne();

    public void Dispose()
    {
        _version.Dispose();
        _read.Dispose();
        _write.Dispose();
        _forget.Dispose();
    }
}
