using LlmCostModel.Budgets.Redis.Server;
using LlmCostModel.Budgets.Redis.Tests.Servers;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets.Redis.Tests;

/// <summary>Bad inputs that need Redis, by the numbers of <c>BadInputTable</c>; <see cref="FaultTests"/>, <see cref="CheckTests"/> and <see
/// cref="ForeignValueTests"/> have more of them.</summary>
public sealed class BadInputTests
{
    private const string Form = " Write HOST:PORT and options as StackExchange.Redis does, such as redis-1:6379,ssl=true,password=..., not a URL. (Parameter 'configuration')";

    private static readonly Dictionary<string, string> Nobody = [];

    /// <summary>20: the parser takes a URL for the name of a server, and that name is in every error.</summary>
    [Theory]
    [InlineData("redis://:some-secret@redis-1:6379", "has an address that is not one.")]
    [InlineData("rediss://user:some-secret@redis-1:6380/0", "has an address that is not one.")]
    [InlineData("some-secret@redis-1:6379", "has an address that is not one.")]
    [InlineData("redis-1:6379,=some-secret", "has an address that is not one.")]
    [InlineData("redis-1:6379,ssl=some-secret", "has a value of 'ssl' that it does not take.")]
    [InlineData("redis-1:99999,password=some-secret", "has a value of 'port' that it does not take.")]
    [InlineData("redis-1:6379,pasword=some-secret", "has an option that is not known.")]
    [InlineData("redis-1:6379 password=some-secret", "has an option that is not known.")]
    [InlineData("redis-1:6379,password=half,some-secret=half", "has an option that is not known.")]
    [InlineData("redis-1:abc,password=some-secret", "names no server.")]
    [InlineData(",,", "names no server.")]
    public void Configuration_ThatCannotBeRead_IsNotRepeated(string configuration, string problem)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddRedisBudgetStore(configuration));

        Assert.Equal($"The configuration of the Redis connection {problem}{Form}", refused.Message);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_WhoseAddressIsAUrl_IsRefused() // 20
    {
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(
            "redis://:some-secret@127.0.0.1:1", options => (options.AbortOnConnectFail, options.ConnectTimeout) = (false, 50));

        ArgumentException refused = Assert.Throws<ArgumentException>(() => new RedisBudgetStore(connection));

        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limit_BeyondWhatAScriptCounts_IsRefusedAtTheStart() // 4, before a server is asked
    {
        using IHost host = Host($"127.0.0.1:{RedisServer.FreePort()},connectTimeout=50", 9_007_200m);

        OptionsValidationException error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(
            "LlmBudgets:Budgets:all:Limit: '9007200' is more than the store of budgets can count exactly. Write at most 9007199.254740991.",
            Assert.Single(error.Failures));
    }

    /// <summary>78: the application starts, its calls are decided as its options say, and it recovers by itself.</summary>
    [RedisFact]
    public async Task Server_ThatIsAwayAtTheStart_IsFoundWhenItIsThere()
    {
        using RedisServer server = new();
        server.Kill();
        using IHost host = Host(server.Address + ",connectTimeout=100,connectRetry=1", 1m);
        await host.StartAsync();
        BudgetLedger ledger = host.Services.GetRequiredService<BudgetLedger>();
        BudgetRequest request = new() { Ceiling = new Money(0.5m, "USD") };

        BudgetLease away = await ledger.ReserveAsync(request);
        Assert.Equal((LeaseStatus.Unavailable, null, false), (away.Status, away.Denial, ledger.Health.IsAvailable));
        Assert.Contains(server.Address, Assert.Throws<BudgetStoreException>(() => away.ThrowIfNotAcquired()).Message, StringComparison.Ordinal);
        server.Start();
        for (int i = 0; i < 3_000 && !ledger.Health.IsAvailable; i++)
        {
            await Task.Delay(10);
        }

        BudgetLease there = await ledger.ReserveAsync(request);
        Assert.Equal((true, 0.5m), (there.IsAcquired, (await ledger.GetStatusAsync(Nobody))[0].Held));
        await host.StopAsync();
    }

    /// <summary>79 and 84, in the words of a server: what is meant, and what to do.</summary>
    [Theory]
    [InlineData("LOADING Redis is loading the dataset in memory", "is loading its data after a start. Repeat the command.")]
    [InlineData("READONLY You can't write against a read only replica.", "is a replica that takes no changes. Connect to the master; after a failover, repeat the command.")]
    [InlineData("OOM command not allowed when used memory > 'maxmemory'.", "is full: its memory has reached maxmemory. Give it more, or let the store remember less.")]
    [InlineData("NOAUTH Authentication required.", "asks for a password, and none was given. Look at the configuration of the connection.")]
    [InlineData("WRONGPASS invalid username-password pair or user is disabled.", "refuses the password. Look at the configuration of the connection.")]
    [InlineData("NOPERM this user has no permissions to run the 'evalsha' command", "does not allow what the store does. Allow its user the commands that the README names, on the keys of Prefix.")]
    [InlineData("BUSY Redis is busy running a script.", "is busy with a script of somebody else. Repeat the command.")]
    [InlineData("CLUSTERDOWN Hash slot not served", "is a cluster that is down, or does not have all of its slots. Repeat the command when it is up.")]
    [InlineData("NOREPLICAS Not enough good replicas to write.", "has too few replicas that follow (min-replicas-to-write). Repeat the command when they are back.")]
    [InlineData("MISCONF Errors writing to the AOF file: No space left on device", "cannot write to its disk, and takes no changes. Look at the disk and the log of the server.")] // 84
    [InlineData("MOVED 15495 127.0.0.1:7002", "has moved the keys of the store to another node. Repeat the command.")] // 81
    [InlineData("TRYAGAIN Multiple keys request during rehashing of slot", "is moving the keys of the store to another node. Repeat the command.")] // 81
    public async Task Error_OfTheServer_IsAnOutageWithAWayOut(string said, string reason)
    {
        string address = $"127.0.0.1:{RedisServer.FreePort()}";
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(
            address, options => (options.AbortOnConnectFail, options.ConnectTimeout) = (false, 50));

        BudgetStoreException explained = ServerFaults.Explain(new RedisServerException(said), connection);

        Assert.Equal($"The Redis server of the budgets '{address}' {reason} (Redis: {said})", explained.Message);
        Assert.True(explained.IsOutage, "Nothing can be counted until it is mended.");
    }

    /// <summary>82: the message has the kind of the key, and no name: that of an account has values of tags in it.</summary>
    [RedisFact]
    public async Task Value_OfSomebodyElse_IsNoOutageForOthers()
    {
        using RedisServer server = new();
        await using ConnectionMultiplexer connection = server.Connect();
        await using RedisBudgetStore store = new(connection, new() { Deadline = TimeSpan.FromSeconds(5) });
        await store.Settle("r", Of("ann@example.com", 7));
        await connection.GetDatabase().HashSetAsync("lcm1:{all}:s:ann%40example.com", "st", "0x10");

        BudgetStoreException corrupt = await FaultTests.FailsAsync(() => store.Settle("s", Of("ann@example.com", 1)));

        Assert.Equal(
            $"The Redis server of the budgets '{server.Address}' has a value that this library did not write under one of its keys (Corrupt). Nothing was counted as 0. "
                + "Find out what else writes there, and restore the keys or take another Prefix.",
            corrupt.Message.Split(" (Redis: ")[0]);
        Assert.Contains("LCM-CORRUPT sum", corrupt.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ann", corrupt.Message, StringComparison.Ordinal);
        Assert.False(corrupt.IsOutage);
        await store.Settle("t", Of("bob", 1));
    }

    private static IHost Host(string address, decimal limit)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLlmBudgets(options => options.Budgets["all"] = new() { Limit = limit, Currency = "USD", Window = BudgetWindow.Month() });
        builder.Services.AddRedisBudgetStore(address, options => options.Deadline = TimeSpan.FromSeconds(2));
        return builder.Build();
    }
}
