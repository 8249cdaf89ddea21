using LlmCostModel.Budgets.Sqlite.Database;
using LlmCostModel.Budgets.Stores;
using SQLitePCL;

namespace LlmCostModel.Budgets.Sqlite.Tables;

/// <summary>The sums of accounts, window by window; of a rolling window bucket by bucket.</summary>
internal sealed class WindowTable(sqlite3 file) : IDisposable
{
    private readonly Statement _sums = new(file, "SELECT settled, held FROM windows WHERE account = ?1 AND start = ?2");
    private readonly Statement _recent = new(file, """
        SELECT sum(settled), sum(held), min(iif(settled > 0, start, NULL)) FROM windows WHERE account = ?1 AND start >= ?2
        """);

    private readonly Statement _older = new(file, """
        SELECT sum(held) FROM windows INDEXED BY windows_held WHERE account = ?1 AND held <> 0 AND start < ?2
        """);

    private readonly Statement _period = new(file, """SELECT "end", previous, buckets FROM windows WHERE account = ?1 AND start = ?2""");
    private readonly Statement _add = new(file, """
        INSERT INTO windows (account, start, "end", previous, buckets, settled, held) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (account, start) DO UPDATE SET settled = settled + excluded.settled, held = held + excluded.held
        """);

    private readonly Statement _change = new(file, """
        UPDATE windows SET settled = settled + ?3, held = held - ?4 WHERE account = ?1 AND start = ?2
        """);

    private readonly Statement _correct = new(file, """
        INSERT INTO windows (account, start, "end", previous, buckets, settled, held) VALUES (?1, ?2, ?3, ?4, ?5, 0, max(?6, 0))
        ON CONFLICT (account, start) DO UPDATE SET held = held + ?6
        """);

    private readonly Statement _old = new(file, """SELECT account, start, held FROM windows WHERE "end" <= ?1 ORDER BY "end" LIMIT ?2""");
    private readonly Statement _forget = new(file, "DELETE FROM windows WHERE account = ?1 AND start = ?2");

    /// <summary>What an account has in a window.</summary>
    internal AccountState State(NamedCharge charge, in AccountPeriod window)
    {
        if (window.Buckets == 0)
        {
            (long settled, long held) = Sums(charge.Account, window.Start);
            return AccountState.Create(settled, held, Limit(charge, in window), window.End);
        }

        long length = window.End - window.Start;
        long oldest = window.Start - (length * window.Buckets);
        _older.With(charge.Account).With(oldest).Read();
        long older = _older.Number(0);
        _older.Reset();
        _recent.With(charge.Account).With(oldest).Read();
        long end = _recent.IsNull(2) ? window.End : _recent.Number(2) + (length * (window.Buckets + 1));
        AccountState state = AccountState.Create(_recent.Number(0), _recent.Number(1) + older, charge.Charge.Limit, end);
        _recent.Reset();
        return state;
    }

    /// <summary>Adds to a window, which begins with its first use.</summary>
    internal void Add(byte[] account, in AccountPeriod window, long settled, long held) =>
        _add.With(account).With(window.Start).With(window.End).With(window.PreviousStart).With(window.Buckets)
            .With(settled).With(held).Run();

    /// <summary>Changes what a window holds, or a bucket of a rolling one, by a number; it may be one that is not there.</summary>
    internal void Correct(byte[] account, in AccountPeriod window, long start, long held)
    {
        bool isRunning = start == window.Start;
        _correct.With(account).With(start).With(isRunning ? window.End : start + (window.End - window.Start))
            .With(isRunning ? window.PreviousStart : start).With(window.Buckets).With(held).Run();
    }

    /// <summary>Ends what a hold held, and counts what was spent. A window that was forgotten stays so.</summary>
    internal void End(HoldRow hold, long spent) =>
        _change.With(hold.Account).With(hold.Start).With(spent - hold.Spent).With(hold.IsLive ? hold.Amount : 0).Run();

    /// <summary>The window that begins at an instant; <see langword="null"/> when there is none.</summary>
    internal AccountPeriod? Find(byte[] account, long start)
    {
        if (!_period.With(account).With(start).Read())
        {
            return null;
        }

        (long end, long previous, int buckets) = (_period.Number(0), _period.Number(1), (int)_period.Number(2));
        _period.Reset();
        return buckets > 0 ? AccountPeriod.Rolling(end - start, buckets, start)
            : end == long.MaxValue ? AccountPeriod.Always
            : AccountPeriod.Fixed(previous, start, end, end + 1);
    }

    /// <summary>Finds windows that ended before an instant, the oldest first, and whether they hold something.</summary>
    internal List<(byte[] Account, long Start, bool Holds)> FindOld(long before, int most)
    {
        List<(byte[] Account, long Start, bool Holds)> old = [];
        _old.With(before).With(most);
        while (_old.Read())
        {
            old.Add((_old.Bytes(0), _old.Number(1), _old.Number(2) != 0));
        }

        return old;
    }

    internal void Forget(byte[] account, long start) => _forget.With(account).With(start).RunOnOne();

    public void Dispose()
    {
        _sums.Dispose();
        _recent.Dispose();
        _older.Dispose();
        _period.Dispose();
        _add.Dispose();
        _change.Dispose();
        _correct.Dispose();
        _old.Dispose();
        _forget.Dispose();
    }

    /// <summary>The limit, with what the window before left of its own.</summary>
    private long? Limit(NamedCharge charge, in AccountPeriod window)
    {
        if (charge.Charge.Limit is not { } limit || charge.Charge.MaxRollover == 0 || window.PreviousStart == window.Start)
        {
            return charge.Charge.Limit;
        }

        (long settled, long held) = Sums(charge.Account, window.PreviousStart);
        return limit + Math.Clamp(limit - settled - held, 0, charge.Charge.MaxRollover);
    }

    private (long Settled, long Held) Sums(byte[] account, long start)
    {
        if (!_sums.With(account).With(start).Read())
        {
            return (0, 0);
        }

        (long Settled, long Held) sums = (_sums.Number(0), _sums.Number(1));
        _sums.Reset();
        return sums;
    }
}
