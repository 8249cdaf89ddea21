using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LlmCostModel.Budgets.Sqlite.Database;

/// <summary>Says what SQLite's errors mean for a store, and what to do.</summary>
internal static class StoreFaults
{
    internal static BudgetStoreException Explain(SqliteException failure, string path) =>
        new(
            $"The file of the budgets '{path}' {Reason(failure.SqliteErrorCode)} "
            + $"(SQLite {failure.SqliteExtendedErrorCode}: {failure.Message})",
            failure);

    private static string Reason(int code) => code switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            "is in use by another process for longer than the store waits. Repeat the command, or raise BusyTimeout.",
        raw.SQLITE_FULL => "cannot grow: the disk is full. Make room.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => "cannot be written. Look at the permissions of it and of its folder.",
        raw.SQLITE_NOTADB => "is not a SQLite database. Give another path.",
        raw.SQLITE_CORRUPT or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_ERROR =>
            "is damaged, or something else has changed it. Keep a copy, and restore one that is sound.",
        raw.SQLITE_CANTOPEN => "cannot be opened. Look at the permissions of its folder, where SQLite keeps two more files.",
        raw.SQLITE_IOERR => "cannot be read or written. Look at the disk.",
        _ => "cannot be used.",
    };
}
