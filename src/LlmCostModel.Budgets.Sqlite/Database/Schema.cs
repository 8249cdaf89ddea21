namespace LlmCostModel.Budgets.Sqlite.Database;

/// <summary>The tables, and how a file says that it has them.</summary>
internal static class Schema
{
    /// <summary>Written to the head of the file: "LCMB".</summary>
    internal const long Application = 0x4C43_4D42;

    /// <summary>Raised by every change that an older version of the library would not understand.</summary>
    internal const long Version = 2;

    /// <summary>
    /// A call is what is known of an id; its holds are what was reserved, and after the settlement what was spent, account by account. A
    /// hold that is alive has a deadline. The sums of windows are kept beside them. The indexes are for what is due: holds of an account,
    /// calls to forget, windows to forget; and for holds of rolling windows that are older than the window. The store knows the latest
    /// start of a window in which a call spent something that was forgotten: of windows that began later, all calls are there.
    /// </summary>
    internal const string Tables = """
        CREATE TABLE store (epoch INTEGER NOT NULL, sequence INTEGER NOT NULL, forgotten INTEGER) STRICT;
        CREATE TABLE calls (
          id TEXT NOT NULL PRIMARY KEY, state INTEGER NOT NULL, reserved INTEGER NOT NULL, remarks INTEGER NOT NULL, ended INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX calls_to_forget ON calls (ended) WHERE ended IS NOT NULL;
        CREATE TABLE holds (
          id TEXT NOT NULL, place INTEGER NOT NULL, account TEXT NOT NULL, start INTEGER NOT NULL, amount INTEGER NOT NULL,
          floor INTEGER NOT NULL, spent INTEGER NOT NULL, reserved INTEGER NOT NULL, deadline INTEGER, PRIMARY KEY (id, place)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX holds_due ON holds (account, deadline, id) WHERE deadline IS NOT NULL;
        CREATE TABLE windows (
          account TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, previous INTEGER NOT NULL, buckets INTEGER NOT NULL,
          settled INTEGER NOT NULL, held INTEGER NOT NULL CHECK (held >= 0), PRIMARY KEY (account, start)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX windows_to_forget ON windows ("end");
        CREATE INDEX windows_held ON windows (account, start) WHERE held <> 0;
        CREATE TABLE entries (number INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL, line BLOB NOT NULL) STRICT;
        CREATE INDEX entries_by_time ON entries (at);
        """;

    /// <summary>From version 1, which did not say what was forgotten: nobody knows all calls of the windows that are there.</summary>
    internal const string FromFirst = """
        ALTER TABLE store ADD COLUMN forgotten INTEGER;
        UPDATE store SET forgotten = (SELECT max(start) FROM windows);
        """;
}
