using LlmCostModel.Budgets.Sqlite.Database;
using LlmCostModel.Budgets.Stores;
using Microsoft.Data.Sqlite;

namespace LlmCostModel.Budgets.Sqlite.Tables;

/// <summary>The tables of a file that is open, and one transaction after the other on them.</summary>
internal sealed class Books : IDisposable
{
    private readonly SqliteBudgetStoreOptions _options;
    private readonly SqliteConnection _connection;
    private readonly Statement _begin, _commit, _rollback;
    private readonly HeadRow _head;
    private readonly long _retention, _windowRetention, _entryRetention;
    private Head _known;
    private long _sequence;

    internal Books(SqliteBudgetStoreOptions options)
    {
        _options = options;
        (_retention, _windowRetention, _entryRetention) =
            (Milliseconds(options.Retention), Milliseconds(options.WindowRetention), Milliseconds(options.EntryRetention ?? TimeSpan.Zero));
        _connection = StoreFile.Open(options);
        SQLitePCL.sqlite3 file = _connection.Handle!;
        _begin = new(file, "BEGIN IMMEDIATE");
        _commit = new(file, "COMMIT");
        _rollback = new(file, "ROLLBACK");
        _head = new(file);
        (Calls, Holds, Windows, Entries) = (new(file), new(file), new(file), new(file));
    }

    internal CallTable Calls { get; }

    internal HoldTable Holds { get; }

    internal WindowTable Windows { get; }

    internal EntryTable Entries { get; }

    /// <summary>Begins a transaction, as the only one that changes the file.</summary>
    internal void Begin()
    {
        _begin.Run();
        StoreFile.CheckVersion(_head.ReadVersion(), _options.Path);
        _known = _head.Read();
        _sequence = _known.Sequence;
    }

    internal void Commit()
    {
        if (_sequence != _known.Sequence)
        {
            _head.Write(_sequence);
        }

        _commit.Run();
    }

    /// <summary>Takes back what was done since <see cref="Begin"/>; SQLite may have done it already.</summary>
    internal void Rollback()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle!) == 0)
        {
            _rollback.Run();
        }
    }

    internal void CountChange() => _sequence++;

    /// <summary>Counts anew what an account has.</summary>
    internal Recount Recount(NamedCharge account, in AccountPeriod window) => new(_connection, _known, account, window);

    internal StoreStamp Stamp(long now) => StoreStamp.Create(_known.Epoch, _sequence, now);

    /// <summary>Gives back what is due of an account, and says what it has then in the window that is running.</summary>
    internal AccountState Touch(NamedCharge charge, long now)
    {
        charge.Charge.Period.TryFind(now, out AccountPeriod window);
        GiveBack(charge.Account, now);
        return Windows.State(charge, in window);
    }

    /// <summary>What accounts have in the windows that are running; nothing where a call was settled in one that is over.</summary>
    internal AccountState[] States(NamedCharge[] charges, long now) =>
        Array.ConvertAll(
            charges, charge => charge.Charge.Period.TryFind(now, out AccountPeriod window) ? Windows.State(charge, in window) : default);

    /// <summary>Ends a hold, live or given back.</summary>
    internal void End(HoldRow hold, long spent)
    {
        Windows.End(hold, spent);
        Holds.End(hold, spent);
    }

    /// <summary>Forgets a little of what is old: twice as much as commands can add.</summary>
    internal void Forget(int commands, long now)
    {
        int most = 2 * commands;
        foreach (byte[] id in Calls.FindOld(now - _retention, most))
        {
            if (Holds.Forget(id) is { } start && !(start <= _known.Forgotten))
            {
                _head.Forget(start);
                _known = _known with { Forgotten = start };
            }

            Calls.Forget(id);
        }

        foreach ((byte[] account, long start, bool holds) in Windows.FindOld(now - _windowRetention, most))
        {
            if (holds)
            {
                GiveBack(account, now); // the next time, it can be forgotten
            }
            else
            {
                Windows.Forget(account, start);
            }
        }

        if (_entryRetention > 0)
        {
            Entries.Forget(now - _entryRetention, most);
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _head.Dispose();
        Calls.Dispose();
        Holds.Dispose();
        Windows.Dispose();
        Entries.Dispose();
        _connection.Dispose();
    }

    private void GiveBack(byte[] account, long now)
    {
        foreach (HoldRow due in Holds.FindDue(account, now, BudgetStore.ReclaimedAtOnce))
        {
            End(due, due.Floor);
            Calls.Abandon(due.Id, now);
            _sequence++;
        }
    }

    private static long Milliseconds(TimeSpan span) => (long)Math.Min(span.TotalMilliseconds, TimeSpan.FromDays(36_600).TotalMilliseconds);
}
