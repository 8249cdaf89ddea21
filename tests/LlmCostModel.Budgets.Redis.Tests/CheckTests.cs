using LlmCostModel.Budgets.Redis.Tests.Servers;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets.Redis.Tests;

/// <summary>What a server may lose is said before it does.</summary>
public sealed class CheckTests
{
    [RedisFact]
    public async Task Check_OfAServer_NamesWhatItMayLose()
    {
        using RedisServer server = new("--maxmemory-policy", "allkeys-lru");
        await using ConnectionMultiplexer connection = server.Connect();
        await using RedisBudgetStore store = new(connection, new() { Deadline = TimeSpan.FromSeconds(5) });

        IReadOnlyList<RedisServerFinding> findings = await store.CheckAsync();

        Assert.Equal([RedisServerRisk.Eviction, RedisServerRisk.NoAppendOnlyFile], findings.Select(finding => finding.Risk));
        Assert.All(findings, finding => Assert.Equal(server.Address, finding.Server));
        Assert.Equal(ReserveOutcome.Granted, (await store.Reserve("r", Of("a", 1))).Outcome);
    }

    [RedisFact]
    public async Task RequireSafeServer_RefusesWhatMayLose_UntilItIsMended()
    {
        using RedisServer server = new("--maxmemory-policy", "allkeys-lru", "--appendonly", "yes");
        await using ConnectionMultiplexer connection = server.Connect();
        await using RedisBudgetStore store = new(connection, new() { Deadline = TimeSpan.FromSeconds(5), RequireSafeServer = true });

        BudgetStoreException refused = await Assert.ThrowsAsync<BudgetStoreException>(async () => await store.Reserve("r", Of("a", 1)));
        Assert.Contains("allkeys-lru", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await connection.GetServer(server.Address).DatabaseSizeAsync());

        await connection.GetServer(server.Address).ConfigSetAsync("maxmemory-policy", "noeviction");
        Assert.Equal(ReserveOutcome.Granted, (await store.Reserve("r", Of("a", 1))).Outcome);
        Assert.Empty(await store.CheckAsync());
    }

    [RedisFact]
    public async Task Services_WithAConfiguration_HaveTheStore()
    {
        using RedisServer server = new();
        using IHost host = Host(server.Address, safe: false);
        await host.StartAsync();

        BudgetStore store = host.Services.GetRequiredService<BudgetStore>();
        Assert.IsType<RedisBudgetStore>(store);
        Assert.Equal(ReserveOutcome.Granted, (await store.Reserve("r", Of("a", 1))).Outcome);
        await host.StopAsync();
    }

    [RedisFact]
    public async Task Services_WithAServerThatIsRefused_DoNotStart()
    {
        using RedisServer server = new();
        using IHost host = Host(server.Address, safe: true);

        Assert.Contains("append-only", (await Assert.ThrowsAsync<BudgetStoreException>(() => host.StartAsync())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Services_WithAServerThatIsAway_StartAndSaySoWithTheFirstCommand(bool safe)
    {
        using IHost host = Host($"127.0.0.1:{RedisServer.FreePort()},password=some-secret,connectTimeout=200", safe);
        await host.StartAsync();

        BudgetStoreException away = await Assert.ThrowsAsync<BudgetStoreException>(async () =>
            await host.Services.GetRequiredService<BudgetStore>().Reserve("r", Of("a", 1)));
        Assert.DoesNotContain("secret", away.ToString(), StringComparison.Ordinal);
    }

    private static IHost Host(string address, bool safe)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLlmBudgets(options => options.Budgets["all"] = new() { Limit = 1m, Currency = "USD", Window = BudgetWindow.Month() });
        builder.Services.AddRedisBudgetStore(address, options => (options.Deadline, options.RequireSafeServer) = (TimeSpan.FromSeconds(5), safe));
        return builder.Build();
    }
}
