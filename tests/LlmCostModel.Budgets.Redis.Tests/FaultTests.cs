using LlmCostModel.Budgets.Redis.Server;
using LlmCostModel.Budgets.Redis.Tests.Servers;
using LlmCostModel.Budgets.Stores;
using StackExchange.Redis;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets.Redis.Tests;

/// <summary>What a server can say or not say: every time the store's own exception with what to do, and never a password.</summary>
public sealed class FaultTests
{
    private static readonly RedisBudgetStoreOptions Short = new() { Deadline = TimeSpan.FromSeconds(2) };

    [RedisTheory]
    [InlineData("maxmemory", "1", "is full")]
    [InlineData("min-replicas-to-write", "1", "too few replicas")]
    public async Task Server_ThatRefusesChanges_IsExplainedAndNothingIsCounted(string setting, string value, string reason)
    {
        using RedisServer server = new();
        await using ConnectionMultiplexer connection = server.Connect();
        await using RedisBudgetStore store = new(connection, Short);
        await store.Settle("before", Of("a", 7));
        await connection.GetServer(server.Address).ConfigSetAsync(setting, value);

        BudgetStoreException refused = await FailsAsync(() => store.Reserve("r", Of("a", 1), Of("b", 1)));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Contains(server.Address, refused.Message, StringComparison.Ordinal);
        await connection.GetServer(server.Address).ConfigSetAsync(setting, "0");
        Assert.Equal((7, 0), await store.Read("a"));
        Assert.Equal((0, 0), await store.Read("b"));
        Assert.Equal(ReserveOutcome.Granted, (await store.Reserve("r", Of("a", 1), Of("b", 1))).Outcome);
    }

    [RedisTheory]
    [InlineData("wrong-secret")]
    [InlineData(null)]
    public async Task Server_WithAnotherPassword_IsExplainedWithoutIt(string? given)
    {
        using RedisServer server = new("--requirepass", "right-secret");
        await using ConnectionMultiplexer connection = server.Connect(options => options.Password = given);
        await using RedisBudgetStore store = new(connection, Short);

        string shown = (await FailsAsync(() => store.Reserve("r", Of("a", 1)))).ToString();

        Assert.DoesNotContain("secret", shown, StringComparison.Ordinal);
        Assert.Contains(server.Address, shown, StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task User_WithoutRights_IsExplained()
    {
        using RedisServer server = new();
        await using ConnectionMultiplexer admin = server.Connect();
        await admin.GetDatabase().ExecuteAsync("ACL", "SETUSER", "reader", "on", ">some-secret", "~*", "+@all", "-@scripting");
        await using ConnectionMultiplexer connection = server.Connect(options => (options.User, options.Password) = ("reader", "some-secret"));
        await using RedisBudgetStore store = new(connection, Short);

        BudgetStoreException refused = await FailsAsync(() => store.Reserve("r", Of("a", 1)));

        Assert.Contains("does not allow", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The rights that the README names are enough.</summary>
    [RedisFact]
    public async Task User_WithTheRightsOfTheReadme_CanDoAll()
    {
        using RedisServer server = new();
        await using ConnectionMultiplexer admin = server.Connect();
        string readme = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "README-redis.md"));
        string rule = readme.Split('\n').Single(line => line.StartsWith("ACL SETUSER", StringComparison.Ordinal));
        object[] words = [.. rule.Split(' ').Skip(1).Select(word => word.StartsWith('>') ? ">some-secret" : word)];
        await admin.GetDatabase().ExecuteAsync("ACL", words);
        await using ConnectionMultiplexer connection = server.Connect(options => (options.User, options.Password) = ((string)words[1], "some-secret"));
        await using RedisBudgetStore store = new(connection, new() { Deadline = Short.Deadline, MaxEntries = 10 });
        AccountPeriod hours = HourOf(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        AccountCharge[] charges = [Of("a", 5, limit: 9, period: hours), Of("b", 5, limit: 9, period: AccountPeriod.Rolling(60_000, 10, hours.Start)), Of("c", 5)];

        Assert.Equal(ReserveOutcome.Granted, (await store.Reserve("r", charges)).Outcome);
        Assert.Equal(HoldState.Held, await store.Extend("r", 600_000));
        await store.SettleAsync(new SettleCommand { Id = "r", Charges = charges, Entry = "{}"u8.ToArray() });
        await store.Reserve("s", Of("c", 1, floor: 1));
        Assert.Equal(HoldState.Held, await store.Release("s", floor: true));
        await store.ReserveAsync(new ReserveCommand { Id = "t", Charges = new[] { Of("c", 1, floor: 1) }, TimeToLive = 1 });
        await Task.Delay(5);
        Assert.Equal((7, 0), await store.Read("c")); // 5 + 1 + 1
        TopReply top = await store.FindTopAsync(new TopCommand { Prefix = "c", Period = AccountPeriod.Always, Count = 1 });
        Assert.Equal<string>(["c"], top.Accounts);
        await store.CheckAsync();
        await store.Reserve("u", Of("c", 2));
        await connection.GetDatabase().HashIncrementAsync(store.SumsKey("c"), "ht", 3);
        Assert.True((await store.VerifyAsync(new VerifyCommand { Account = "c", Period = AccountPeriod.Always, RepairsHeld = true })).IsRepaired);
        Assert.Equal((7, 2), await store.Read("c"));
    }

    [RedisFact]
    public async Task Server_ThatIsAReplica_IsExplained()
    {
        using RedisServer master = new();
        using RedisServer replica = new("--replicaof", "127.0.0.1", $"{master.Port}");
        await using ConnectionMultiplexer connection = replica.Connect();
        await using RedisBudgetStore store = new(connection, Short);

        BudgetStoreException refused = await FailsAsync(() => store.Reserve("r", Of("a", 1)));

        Assert.Contains(replica.Address, refused.Message, StringComparison.Ordinal);
        Assert.Contains(RedisServerRisk.Replica, (await store.CheckAsync()).Select(finding => finding.Risk));
    }

    [RedisFact]
    public async Task Server_BusyWithAnotherScript_IsExplained()
    {
        using RedisServer server = new("--busy-reply-threshold", "5");
        await using ConnectionMultiplexer connection = server.Connect();
        await using RedisBudgetStore store = new(connection, Short);
        await store.Settle("r", Of("a", 7));
        await using ConnectionMultiplexer other = server.Connect();
        Task endless = other.GetDatabase().ScriptEvaluateAsync("while true do end");

        BudgetStoreException refused = await FailsUntilAsync(store, "busy with a script");

        Assert.NotNull(refused);
        await connection.GetServer(server.Address).ExecuteAsync("SCRIPT", "KILL");
        await Assert.ThrowsAnyAsync<RedisException>(() => endless);
        Assert.Equal((7, 0), await store.Read("a"));
    }

    [RedisFact]
    public async Task Cluster_WithoutSlots_IsExplained()
    {
        using RedisServer server = new("--cluster-enabled", "yes");
        await using ConnectionMultiplexer connection = server.Connect();
        await using RedisBudgetStore store = new(connection, Short);

        BudgetStoreException down = await FailsAsync(() => store.Reserve("r", Of("a", 1)));

        Assert.Contains(server.Address, down.Message, StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task Server_ThatIsLoading_FailsAndThenHasEverything()
    {
        using RedisServer server = new("--appendonly", "yes", "--aof-use-rdb-preamble", "no");
        await using ConnectionMultiplexer connection = server.Connect();
        await using RedisBudgetStore store = new(connection, Short);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => store.Settle($"r{i}", Of("a", 7)).AsTask()));
        server.Kill();
        server.Start("--key-load-delay", "1000", "--loading-process-events-interval-bytes", "1024"); // microseconds for a command

        await FailsAsync(() => store.Reserve("r", Of("b", 1)));

        await SucceedsAsync(store);
        Assert.Equal((1_400, 0), await store.Read("a"));
    }

    /// <summary>What tests cannot make a server say, in its own words.</summary>
    [RedisTheory]
    [InlineData("LOADING Redis is loading the dataset in memory", "is loading")]
    [InlineData("MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", "lost its master")]
    [InlineData("MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk.", "cannot write to its disk")]
    [InlineData("READONLY You can't write against a read only replica. script: 0123, on @user_script:12.", "is a replica")]
    [InlineData("TRYAGAIN Multiple keys request during rehashing of slot", "is moving the keys")]
    [InlineData("ERR Error running script (call to f_12): @user_script:12: WRONGTYPE Operation against a key", "Corrupt")]
    [InlineData("ERR something new", "cannot carry the command out")]
    public async Task Error_OfTheServer_SaysWhatToDo(string said, string reason)
    {
        using RedisServer server = new();
        await using ConnectionMultiplexer connection = server.Connect();

        Assert.Contains(reason, ServerFaults.Explain(new RedisServerException(said), connection).Message, StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task Server_Frozen_IsNotWaitedForAndNothingCountsTwice()
    {
        using RedisServer server = new();
        await using ConnectionMultiplexer connection = server.Connect();
        await using RedisBudgetStore store = new(connection, new() { Deadline = TimeSpan.FromMilliseconds(250) });
        await SucceedsAsync(store);
        await store.Settle("q", Of("b", 1)); // from here on the server knows the script
        server.Freeze(true);

        BudgetStoreException late = await FailsAsync(() => store.Settle("r", Of("a", 7)));
        await FailsAsync(() => store.Settle("s", Of("a", 7)));
        server.Freeze(false);

        Assert.Contains("not known whether", late.Message, StringComparison.Ordinal);
        await SucceedsAsync(store);
        Assert.Equal(SettleOutcome.Replayed, (await store.Settle("r", Of("a", 7))).Outcome); // it had arrived
        Assert.Equal((14, 0), await store.Read("a"));
    }

    [RedisFact]
    public async Task Server_DeadAndBack_FailsAndRecoversAlone()
    {
        using RedisServer server = new("--appendonly", "yes");
        await using ConnectionMultiplexer connection = server.Connect();
        await using RedisBudgetStore store = new(connection, Short);
        await store.Settle("r", Of("a", 7));
        server.Kill();

        await FailsAsync(() => store.Reserve("s", Of("a", 1)));
        server.Start();

        await SucceedsAsync(store);
        Assert.Equal((7, 0), await store.Read("a"));
    }

    [RedisFact]
    public async Task Scripts_Flushed_AreSentAgain()
    {
        using RedisServer server = new();
        await using ConnectionMultiplexer connection = server.Connect();
        await using RedisBudgetStore store = new(connection, Short);
        for (int i = 0; i < 20; i++)
        {
            await connection.GetServer(server.Address).ExecuteAsync("SCRIPT", "FLUSH");
            await store.Settle($"r{i}", Of("a", 1));
        }

        Assert.Equal((20, 0), await store.Read("a"));
    }

    internal static async Task<BudgetStoreException> FailsAsync<T>(Func<ValueTask<T>> command) =>
        await Assert.ThrowsAsync<BudgetStoreException>(async () => await command());

    private static async Task<BudgetStoreException> FailsUntilAsync(RedisBudgetStore store, string reason)
    {
        while (true)
        {
            try
            {
                await store.Read("a");
            }
            catch (BudgetStoreException failure) when (failure.Message.Contains(reason, StringComparison.Ordinal))
            {
                return failure;
            }
            catch (BudgetStoreException)
            {
                // not yet: the connection is not back
            }

            await Task.Delay(5);
        }
    }

    private static async Task SucceedsAsync(RedisBudgetStore store)
    {
        while (true)
        {
            try
            {
                await store.Read("a");
                return;
            }
            catch (BudgetStoreException)
            {
                await Task.Delay(20);
            }
        }
    }
}
