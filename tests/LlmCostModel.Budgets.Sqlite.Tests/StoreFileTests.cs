using LlmCostModel.Budgets.Stores;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets.Sqlite.Tests;

/// <summary>What a store makes of its path, and of what is there already.</summary>
public sealed class StoreFileTests : IDisposable
{
    private readonly TemporaryStore _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Store_OpenedAgain_HasAllThatItHad()
    {
        StoreStamp before;
        await using (SqliteBudgetStore first = new(_file.Options))
        {
            await first.Reserve("r", Of("a", 60, limit: 100));
            await first.Reserve("s", Of("a", 10, limit: 100));
            before = (await first.Settle("r", Of("a", 45, limit: 100))).Stamp;
        }

        await using SqliteBudgetStore second = new(_file.Options);
        Assert.Equal((45, 10), await second.Read("a"));
        ReserveReply reply = await second.Reserve("t", Of("a", 46, limit: 100)); // 45 + 10 + 46 = 101
        Assert.Equal((ReserveOutcome.Denied, before.Epoch, 3), (reply.Outcome, reply.Stamp.Epoch, reply.Stamp.Sequence));
        Assert.Equal(SettleOutcome.Replayed, (await second.Settle("r", Of("a", 45, limit: 100))).Outcome);
    }

    [Fact]
    public async Task Store_Made_IsItsOwnersAndAnother()
    {
        await using SqliteBudgetStore store = new(_file.Options);
        SqliteBudgetStoreOptions options = _file.Options;
        options.Path = _file.File("other.db");
        await using SqliteBudgetStore other = new(options);

        Assert.NotEqual((await store.Reserve("r", Of("a", 1))).Stamp.Epoch, (await other.Reserve("r", Of("a", 1))).Stamp.Epoch);
        if (!OperatingSystem.IsWindows())
        {
            string[] files = Directory.GetFiles(Path.GetDirectoryName(_file.Path)!, "budgets.db*");
            Assert.Equal(3, files.Length); // the log and its index, too
            foreach (string file in files)
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public async Task Stores_MadeAtOnce_ShareOneFile()
    {
        SqliteBudgetStore[] stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new SqliteBudgetStore(_file.Options))));

        StoreStamp[] stamps = await Task.WhenAll(stores.Select(async (store, i) => (await store.Settle($"r{i}", Of("a", 1))).Stamp));

        Assert.Single(stamps.Select(stamp => stamp.Epoch).Distinct());
        Assert.Equal((8, 0), await stores[0].Read("a"));
        foreach (SqliteBudgetStore store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public void Path_OfAMissingFolder_SaysSo() =>
        Refuses(_file.File("missing/budgets.db"), "The folder of the budgets '{path}' does not exist. Create it, or give another path.");

    [Fact]
    public void Path_OfAFolder_SaysSo()
    {
        Directory.CreateDirectory(_file.Path);

        Refuses(_file.Path, "The path of the budgets '{path}' is a folder. Give the path of a file.");
    }

    [Fact]
    public void Path_WhereNothingCanBeMade_SaysSo()
    {
        if (OperatingSystem.IsLinux())
        {
            Refuses("/sys/budgets.db", "The file of the budgets '{path}' cannot be made: ");
        }
    }

    [Fact]
    public void File_OfSomethingElse_IsLeftAlone()
    {
        byte[] text = [.. Enumerable.Repeat((byte)'x', 5_000)];
        File.WriteAllBytes(_file.Path, text);

        Refuses(_file.Path, "The file of the budgets '{path}' is not a SQLite database. Give another path. (SQLite 26: ");
        Assert.Equal(text, File.ReadAllBytes(_file.Path));
    }

    [Fact]
    public void Database_OfSomethingElse_IsLeftAlone()
    {
        Change("CREATE TABLE notes (text TEXT)");
        byte[] before = File.ReadAllBytes(_file.Path);

        Refuses(_file.Path, "The file of the budgets '{path}' is a database of something else. Give another path.");
        Assert.Equal(before, File.ReadAllBytes(_file.Path));
    }

    [Fact]
    public async Task File_OfANewerVersion_IsLeftAlone()
    {
        await new SqliteBudgetStore(_file.Options).DisposeAsync();
        Change("PRAGMA user_version = 3");
        byte[] before = File.ReadAllBytes(_file.Path);

        Refuses(_file.Path, "The file of the budgets '{path}' has version 3 of the tables, and this library knows 2. Update the library.");
        Assert.Equal(before, File.ReadAllBytes(_file.Path));
    }

    /// <summary>Version 1 did not say what was forgotten.</summary>
    [Fact]
    public async Task File_OfTheFirstVersion_IsTakenOver()
    {
        FakeTimeProvider clock = new(DateTimeOffset.FromUnixTimeMilliseconds(10 * Hour));
        await using (SqliteBudgetStore first = new(_file.Options, clock))
        {
            await first.Settle("r", Of("a", 7, period: HourOf(10 * Hour)));
        }

        Change("ALTER TABLE store DROP COLUMN forgotten; PRAGMA user_version = 1");

        await using SqliteBudgetStore store = new(_file.Options, clock);
        VerifyReply reply = await store.VerifyAsync(new VerifyCommand { Account = "a", Period = HourOf(10 * Hour) });
        Assert.Equal((7, null, true), (reply.Settled, reply.SettledByCalls, reply.IsRight));
        clock.Advance(TimeSpan.FromHours(1));
        await store.Settle("s", Of("a", 5, period: HourOf(11 * Hour)));
        Assert.Equal(5, (await store.VerifyAsync(new VerifyCommand { Account = "a", Period = HourOf(11 * Hour) })).SettledByCalls);
    }

    [Fact]
    public async Task File_MadeNewerWhileItIsOpen_IsNotChangedAnyMore()
    {
        await using SqliteBudgetStore older = new(_file.Options);
        await older.Settle("r", Of("a", 1));
        Change("PRAGMA user_version = 3");

        BudgetStoreException refused = await Assert.ThrowsAsync<BudgetStoreException>(async () => await older.Settle("s", Of("a", 1)));

        Assert.Contains("has version 3 of the tables", refused.Message, StringComparison.Ordinal);
        Change("PRAGMA user_version = 2");
        Assert.Equal((1, 0), await older.Read("a"));
    }

    [Fact]
    public async Task File_ThatSomethingElseChanged_IsNamedAndNeverTakenForNothing()
    {
        await using SqliteBudgetStore store = new(_file.Options);
        await store.Reserve("r", Of("a", 10));
        Change("UPDATE windows SET held = 3");

        BudgetStoreException refused = await Assert.ThrowsAsync<BudgetStoreException>(async () => await store.Settle("r", Of("a", 7)));

        Assert.StartsWith($"The file of the budgets '{_file.Path}' is damaged, or something else has changed it.", refused.Message, StringComparison.Ordinal);
        Assert.Equal((0, 3), await store.Read("a"));
    }

    [Fact]
    public async Task Lock_OfAnotherProcess_IsWaitedForAndThenNamed()
    {
        SqliteBudgetStoreOptions options = _file.Options;
        options.BusyTimeout = TimeSpan.FromMilliseconds(20);
        await using SqliteBudgetStore store = new(options);
        using (SqliteConnection other = Connect())
        {
            Execute(other, "BEGIN IMMEDIATE");
            BudgetStoreException busy = await Assert.ThrowsAsync<BudgetStoreException>(async () => await store.Settle("r", Of("a", 7)));
            Assert.Contains("is in use by another process for longer than the store waits.", busy.Message, StringComparison.Ordinal);
            Execute(other, "ROLLBACK");
        }

        Assert.Equal(SettleOutcome.Settled, (await store.Settle("r", Of("a", 7))).Outcome);
    }

    [Fact]
    public async Task Disk_Full_SaysSoAndLeavesNothingInPart()
    {
        SqliteBudgetStoreOptions options = _file.Options;
        options.MaxPages = 60;
        int held = 0;
        await using (SqliteBudgetStore store = new(options))
        {
            BudgetStoreException full = await Assert.ThrowsAsync<BudgetStoreException>(async () =>
            {
                for (int i = 0; i < 10_000; i++)
                {
                    await store.Reserve($"r{i}", Of("a", 1), Of("b", 1));
                    held++;
                }
            });

            Assert.Contains("cannot grow: the disk is full. Make room.", full.Message, StringComparison.Ordinal);
            Assert.Equal((0, held), await store.Read("a"));
            Assert.Equal((0, held), await store.Read("b"));
        }

        await using SqliteBudgetStore roomy = new(_file.Options);
        Assert.Equal(ReserveOutcome.Granted, (await roomy.Reserve($"r{held}", Of("a", 1), Of("b", 1))).Outcome);
        Assert.Equal((0, held + 1), await roomy.Read("a"));
    }

    private static void Execute(SqliteConnection file, string sql)
    {
        using SqliteCommand command = new(sql, file);
        command.ExecuteNonQuery();
    }

    private void Refuses(string path, string message)
    {
        SqliteBudgetStoreOptions options = _file.Options;
        options.Path = path;
        BudgetStoreException refused = Assert.Throws<BudgetStoreException>(() => new SqliteBudgetStore(options));
        Assert.StartsWith(message.Replace("{path}", path, StringComparison.Ordinal), refused.Message, StringComparison.Ordinal);
    }

    private SqliteConnection Connect()
    {
        SqliteConnection file = new($"Data Source={_file.Path};Pooling=False");
        file.Open();
        return file;
    }

    private void Change(string sql)
    {
        using SqliteConnection file = Connect();
        Execute(file, sql);
    }
}
