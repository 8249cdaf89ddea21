using LlmCostModel.Budgets.Sqlite.Database;
using LlmCostModel.Budgets.Stores;
using SQLitePCL;

namespace LlmCostModel.Budgets.Sqlite.Tables;

/// <summary>What is known of an id.</summary>
internal readonly record struct CallRow(HoldState State, bool IsReserved, SettleRemarks Remarks);

/// <summary>The ids that are known.</summary>
internal sealed class CallTable(sqlite3 file) : IDisposable
{
    private readonly Statement _find = new(file, "SELECT state, reserved, remarks FROM calls WHERE id = ?1");
    private readonly Statement _hold = new(file, $"""
        INSERT INTO calls (id, state, reserved, remarks, ended) VALUES (?1, {(int)HoldState.Held}, 1, 0, NULL)
        """);

    private readonly Statement _add = new(file, "INSERT INTO calls (id, state, reserved, remarks, ended) VALUES (?1, ?2, 0, ?3, ?4)");
    private readonly Statement _end = new(file, "UPDATE calls SET state = ?2, remarks = ?3, ended = ?4 WHERE id = ?1");
    private readonly Statement _abandon = new(file, $"""
        UPDATE calls SET state = {(int)HoldState.Abandoned},
          ended = iif(EXISTS (SELECT 1 FROM holds WHERE id = ?1 AND deadline IS NOT NULL), ended, ?2)
        WHERE id = ?1
        """);

    private readonly Statement _old = new(file, "SELECT id FROM calls WHERE ended IS NOT NULL AND ended <= ?1 ORDER BY ended LIMIT ?2");
    private readonly Statement _forget = new(file, "DELETE FROM calls WHERE id = ?1");

    internal CallRow? Find(byte[] id)
    {
        if (!_find.With(id).Read())
        {
            return null;
        }

        CallRow row = new((HoldState)_find.Number(0), _find.Number(1) != 0, (SettleRemarks)_find.Number(2));
        _find.Reset();
        return row;
    }

    internal void AddHeld(byte[] id) => _hold.With(id).Run();

    /// <summary>Adds an id that ended without having been reserved.</summary>
    internal void AddEnded(byte[] id, HoldState state, SettleRemarks remarks, long now) =>
        _add.With(id).With((int)state).With((int)remarks).With(now).Run();

    internal void End(byte[] id, HoldState state, SettleRemarks remarks, long now) =>
        _end.With(id).With((int)state).With((int)remarks).With(now).RunOnOne();

    /// <summary>Marks a call of which a hold was given back; it has ended when that was the last one.</summary>
    internal void Abandon(byte[] id, long now) => _abandon.With(id).With(now).RunOnOne();

    /// <summary>Finds ids that nobody needs any more, the oldest first.</summary>
    internal List<byte[]> FindOld(long before, int most)
    {
        List<byte[]> old = [];
        _old.With(before).With(most);
        while (_old.Read())
        {
            old.Add(_old.Bytes(0));
        }

        return old;
    }

    internal void Forget(byte[] id) => _forget.With(id).RunOnOne();

    public void Dispose()
    {
        _find.Dispose();
        _hold.Dispose();
        _add.Dispose();
        _end.Dispose();
        _abandon.Dispose();
        _old.Dispose();
        _forget.Dispose();
    }
}
