using LlmCostModel.Budgets.Sqlite.Database;
using LlmCostModel.Budgets.Stores;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LlmCostModel.Budgets.Sqlite.Tables;

/// <summary>What an account has, counted anew from its single holds and calls, within a transaction of the caller.</summary>
internal sealed class Recount
{
    private readonly long _settled, _held, _heldByHolds;
    private readonly long? _settledByCalls;

    internal Recount(SqliteConnection connection, Head head, NamedCharge account, in AccountPeriod window)
    {
        sqlite3 file = connection.Handle!;
        bool isRolling = window.Buckets > 0;
        long oldest = isRolling ? window.Start - ((window.End - window.Start) * window.Buckets) : window.Start;

        // A hold older than a rolling window still holds, so that all windows of the account are looked at.
        (string which, long from) = isRolling ? (">=", long.MinValue) : ("=", window.Start);
        Dictionary<long, long> missing = [];
        using Statement windows = new(file, $"SELECT start, settled, held FROM windows WHERE account = ?1 AND start {which} ?2");
        windows.With(account.Account).With(from);
        while (windows.Read())
        {
            _settled += windows.Number(0) >= oldest ? windows.Number(1) : 0;
            _held += windows.Number(2);
            missing[windows.Number(0)] = -windows.Number(2);
        }

        using Statement holds = new(file, $"""
            SELECT start, sum(amount) FROM holds INDEXED BY holds_due
            WHERE account = ?1 AND deadline IS NOT NULL AND start {which} ?2 GROUP BY start
            """);
        holds.With(account.Account).With(from);
        while (holds.Read())
        {
            _heldByHolds += holds.Number(1);
            missing[holds.Number(0)] = missing.GetValueOrDefault(holds.Number(0)) + holds.Number(1);
        }

        Wrong = [.. missing.Where(found => found.Value != 0).Select(found => (found.Key, found.Value))];
        _settledByCalls = oldest <= head.Forgotten ? null : Settled(file, account.Account, which, oldest);
    }

    /// <summary>The windows that hold something else than their holds, by their starts, and by how much that is more.</summary>
    internal List<(long Start, long Missing)> Wrong { get; }

    /// <summary>Counts with a connection of its own, and changes nothing.</summary>
    internal static VerifyReply Read(SqliteBudgetStoreOptions options, VerifyCommand command, long now)
    {
        try
        {
            using SqliteConnection file = StoreFile.OpenToRead(options);
            using SqliteTransaction instant = file.BeginTransaction(deferred: true);
            using HeadRow row = new(file.Handle!);
            Head head = row.Read();
            StoreStamp stamp = StoreStamp.Create(head.Epoch, head.Sequence, now);
            NamedCharge account = new(new AccountCharge { Account = command.Account, Period = command.Period, Amount = 0 });
            return command.Period.TryFind(now, out AccountPeriod window)
                ? new Recount(file, head, account, in window).Reply(stamp, isRepaired: false)
                : VerifyReply.Stale(stamp);
        }
        catch (SqliteException said)
        {
            throw StoreFaults.Explain(said, options.Path);
        }
    }

    internal VerifyReply Reply(StoreStamp stamp, bool isRepaired) =>
        VerifyReply.Create(stamp, _settled, _settledByCalls, _held, _heldByHolds, Wrong.Count, isRepaired);

    /// <summary>What is known of calls has no index for this: nobody else needs one, and each call would have to write it.</summary>
    private static long Settled(sqlite3 file, byte[] account, string which, long oldest)
    {
        using Statement spent = new(
            file, $"SELECT sum(spent) FROM holds WHERE account = ?1 AND start {which} ?2 AND deadline IS NULL");
        spent.With(account).With(oldest).Read();
        long settled = spent.Number(0);
        spent.Reset();
        return settled;
    }
}
