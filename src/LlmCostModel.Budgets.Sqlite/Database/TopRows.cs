using System.Collections.Immutable;
using System.Text;
using LlmCostModel.Budgets.Stores;
using Microsoft.Data.Sqlite;

namespace LlmCostModel.Budgets.Sqlite.Database;

/// <summary>Finds the accounts that spent most, with a connection of its own: it looks at all accounts of a budget, and commands do not
/// wait for that.</summary>
internal static class TopRows
{
    internal static TopReply Find(SqliteBudgetStoreOptions options, TopCommand command, long now)
    {
        try
        {
            using SqliteConnection file = StoreFile.OpenToRead(options);
            StoreStamp stamp = StoreStamp.Create(
                StoreFile.Number(file, "SELECT epoch FROM store"), StoreFile.Number(file, "SELECT sequence FROM store"), now);
            return command.Period.TryFind(now, out AccountPeriod window)
                ? TopReply.Create(false, stamp, Find(file, command, in window))
                : TopReply.Create(true, stamp, []);
        }
        catch (SqliteException said)
        {
            throw StoreFaults.Explain(said, options.Path);
        }
    }

    private static ImmutableArray<string> Find(SqliteConnection file, TopCommand command, in AccountPeriod window)
    {
        // The names that begin so are those up to the prefix and a byte that no text has.
        byte[] prefix = Encoding.UTF8.GetBytes(command.Prefix);
        bool isRolling = window.Buckets > 0;
        using Statement top = new(file.Handle!, $"""
            SELECT account, sum(settled) AS spent FROM windows
            WHERE account >= ?1 AND account < ?2 AND start {(isRolling ? ">=" : "=")} ?3
            GROUP BY account HAVING spent > 0 ORDER BY spent DESC, account LIMIT ?4
            """);
        long start = isRolling ? window.Start - ((window.End - window.Start) * window.Buckets) : window.Start;
        top.With(prefix).With([.. prefix, 0xFF]).With(start).With(command.Count);
        ImmutableArray<string>.Builder accounts = ImmutableArray.CreateBuilder<string>();
        while (top.Read())
        {
            accounts.Add(Encoding.UTF8.GetString(top.Bytes(0)));
        }

        return accounts.ToImmutable();
    }
}
