using LlmCostModel.Budgets.Sqlite.Database;
using SQLitePCL;

namespace LlmCostModel.Budgets.Sqlite.Tables;

/// <summary>What a call holds in one account, and afterwards what it spent there.</summary>
/// <param name="Id">The id of the call.</param>
/// <param name="Place">Which of its holds it is.</param>
/// <param name="Account">The account.</param>
/// <param name="Start">When the window of the account begins.</param>
/// <param name="Amount">What is held, or was.</param>
/// <param name="Floor">What is charged when nobody says what was spent.</param>
/// <param name="Spent">What counts as spent: the floor of a hold that was given back, or the actual amount.</param>
/// <param name="WasReserved">Whether it was; else it was settled without.</param>
/// <param name="IsLive">Whether the amount is held.</param>
internal sealed record HoldRow(
    byte[] Id, long Place, byte[] Account, long Start, long Amount, long Floor, long Spent, bool WasReserved, bool IsLive);

/// <summary>The holds of calls, alive and ended.</summary>
internal sealed class HoldTable(sqlite3 file) : IDisposable
{
    private const string Columns = "id, place, account, start, amount, floor, spent, reserved, deadline";

    private readonly Statement _of = new(file, $"SELECT {Columns} FROM holds WHERE id = ?1 ORDER BY place");
    private readonly Statement _due = new(file, $"""
        SELECT {Columns} FROM holds INDEXED BY holds_due
        WHERE account = ?1 AND deadline IS NOT NULL AND deadline <= ?2 ORDER BY deadline, id LIMIT ?3
        """);

    private readonly Statement _hold = new(file, $"INSERT INTO holds ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 1, ?7)");
    private readonly Statement _spend = new(file, $"INSERT INTO holds ({Columns}) VALUES (?1, ?2, ?3, ?4, 0, 0, ?5, 0, NULL)");
    private readonly Statement _end = new(file, "UPDATE holds SET spent = ?3, deadline = NULL WHERE id = ?1 AND place = ?2");
    private readonly Statement _extend = new(file, "UPDATE holds SET deadline = max(deadline, ?2) WHERE id = ?1 AND deadline IS NOT NULL");
    private readonly Statement _forget = new(file, "DELETE FROM holds WHERE id = ?1 RETURNING iif(spent <> 0, start, NULL)");

    /// <summary>The holds of a call, in the order of its charges.</summary>
    internal List<HoldRow> Of(byte[] id) => Rows(_of.With(id));

    /// <summary>The first holds of an account that are past their deadline. Every engine gives holds back in this order; ids decide between
    /// equal deadlines.</summary>
    internal List<HoldRow> FindDue(byte[] account, long now, int most) => Rows(_due.With(account).With(now).With(most));

    internal void Add(byte[] id, int place, NamedCharge charge, long start, long deadline) =>
        _hold.With(id).With(place).With(charge.Account).With(start)
            .With(charge.Charge.Amount).With(charge.Charge.Floor).With(deadline).Run();

    /// <summary>Adds what was spent in an account of which nothing was held.</summary>
    internal void AddSpent(byte[] id, int place, NamedCharge charge, long start) =>
        _spend.With(id).With(place).With(charge.Account).With(start).With(charge.Charge.Amount).Run();

    internal void End(HoldRow hold, long spent) => _end.With(hold.Id).With(hold.Place).With(spent).RunOnOne();

    internal void Extend(byte[] id, long deadline) => _extend.With(id).With(deadline).Run();

    /// <summary>Forgets the holds of a call.</summary>
    /// <returns>The latest start of a window in which it spent something; <see langword="null"/> for none.</returns>
    internal long? Forget(byte[] id)
    {
        long? latest = null;
        _forget.With(id);
        while (_forget.Read())
        {
            latest = _forget.IsNull(0) || _forget.Number(0) < latest ? latest : _forget.Number(0);
        }

        return latest;
    }

    public void Dispose()
    {
        _of.Dispose();
        _due.Dispose();
        _hold.Dispose();
        _spend.Dispose();
        _end.Dispose();
        _extend.Dispose();
        _forget.Dispose();
    }

    private static List<HoldRow> Rows(Statement found)
    {
        List<HoldRow> rows = [];
        while (found.Read())
        {
            rows.Add(new HoldRow(
                found.Bytes(0), found.Number(1), found.Bytes(2), found.Number(3), found.Number(4), found.Number(5), found.Number(6),
                found.Number(7) != 0, !found.IsNull(8)));
        }

        return rows;
    }
}
