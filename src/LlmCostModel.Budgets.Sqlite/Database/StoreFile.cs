using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LlmCostModel.Budgets.Sqlite.Database;

/// <summary>Opens the file of a store, and makes it when it is not there.</summary>
internal static class StoreFile
{
    /// <summary>A checkpoint costs two waits for the disk: one after 16 MB of changes instead of SQLite's 4.</summary>
    private const int PagesBetweenCheckpoints = 4_000;

    /// <summary>Makes the file when it is not there, readable by its owner alone.</summary>
    /// <exception cref="BudgetStoreException">The path cannot be a file.</exception>
    internal static void Make(string path)
    {
        if (Directory.Exists(path))
        {
            throw new BudgetStoreException($"The path of the budgets '{path}' is a folder. Give the path of a file.");
        }

        if (Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder))
        {
            throw new BudgetStoreException($"The folder of the budgets '{path}' does not exist. Create it, or give another path.");
        }

        if (File.Exists(path))
        {
            return;
        }

        FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            new FileStream(path, options).Dispose();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BudgetStoreException($"The file of the budgets '{path}' cannot be made: {failure.Message}", failure);
        }
    }

    /// <summary>Opens the file for changes, with the tables of this version.</summary>
    /// <exception cref="BudgetStoreException">The file is of another kind or of a newer version; nothing was written.</exception>
    internal static SqliteConnection Open(SqliteBudgetStoreOptions options)
    {
        SqliteConnection file = Connect(options, SqliteOpenMode.ReadWrite);
        try
        {
            Check(file, options.Path, mayBeEmpty: true);
            SetUp(file, options);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens the file for reading alone.</summary>
    internal static SqliteConnection OpenToRead(SqliteBudgetStoreOptions options) => Connect(options, SqliteOpenMode.ReadOnly);

    internal static long Number(SqliteConnection file, string sql)
    {
        using Statement statement = new(file.Handle!, sql);
        long found = statement.Read() ? statement.Number(0) : 0;
        statement.Reset();
        return found;
    }

    private static SqliteConnection Connect(SqliteBudgetStoreOptions options, SqliteOpenMode mode)
    {
        SqliteConnection file = new(new SqliteConnectionStringBuilder
        {
            DataSource = options.Path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 1,
        }.ConnectionString);
        try
        {
            file.Open();
            raw.sqlite3_busy_timeout(file.Handle!, (int)options.BusyTimeout.TotalMilliseconds);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a file of another kind or of a newer version.</summary>
    internal static void Check(SqliteConnection file, string path, bool mayBeEmpty)
    {
        if (mayBeEmpty && Number(file, "SELECT count(*) FROM sqlite_schema") == 0)
        {
            return;
        }

        if (Number(file, "PRAGMA application_id") != Schema.Application)
        {
            throw new BudgetStoreException($"The file of the budgets '{path}' is a database of something else. Give another path.");
        }

        CheckVersion(Number(file, "PRAGMA user_version"), path);
    }

    /// <summary>Refuses what a newer version of the library may have written.</summary>
    internal static void CheckVersion(long version, string path)
    {
        if (version > Schema.Version)
        {
            throw new BudgetStoreException(string.Create(
                CultureInfo.InvariantCulture,
                $"The file of the budgets '{path}' has version {version} of the tables, and this library knows {Schema.Version}. "
                + $"Update the library."));
        }
    }

    private static void SetUp(SqliteConnection file, SqliteBudgetStoreOptions options)
    {
        Run(file, $"PRAGMA synchronous = {(options.Durability == SqliteDurability.Full ? "FULL" : "NORMAL")}");
        Run(file, string.Create(CultureInfo.InvariantCulture, $"PRAGMA wal_autocheckpoint = {PagesBetweenCheckpoints}"));
        Run(file, "PRAGMA trusted_schema = OFF");
        if (options.MaxPages > 0)
        {
            Run(file, string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {options.MaxPages}"));
        }

        UseLog(file, options.BusyTimeout);
        Run(file, "BEGIN IMMEDIATE");
        if (Number(file, "SELECT count(*) FROM sqlite_schema") == 0)
        {
            Run(file, Schema.Tables);
            using (Statement first = new(file.Handle!, "INSERT INTO store (epoch, sequence) VALUES (?1, 0)"))
            {
                first.With(RandomNumberGenerator.GetInt32(int.MaxValue) * (1L << 31) + RandomNumberGenerator.GetInt32(int.MaxValue)).Run();
            }

            Run(file, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {Schema.Application}"));
            Run(file, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Schema.Version}"));
        }
        else if (Number(file, "PRAGMA user_version") == 1)
        {
            Run(file, Schema.FromFirst);
            Run(file, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Schema.Version}"));
        }

        Run(file, "COMMIT");
    }

    /// <summary>Turns the write-ahead log on. While another process does the same, SQLite says at once that the file is busy.</summary>
    private static void UseLog(SqliteConnection file, TimeSpan patience)
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                Run(file, "PRAGMA journal_mode = WAL");
                return;
            }
            catch (SqliteException busy)
                when (busy.SqliteErrorCode == raw.SQLITE_BUSY && TimeProvider.System.GetElapsedTime(begun) < patience)
            {
                Thread.Yield();
            }
        }
    }

    private static void Run(SqliteConnection file, string sql)
    {
        using SqliteCommand command = file.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
