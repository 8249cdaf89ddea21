using System.Diagnostics;
using System.Globalization;
using LlmCostModel.Budgets.Redis.Tests.Servers;
using LlmCostModel.Budgets.Stores;
using LlmCostModel.TestData;
using StackExchange.Redis;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets.Redis.Tests;

/// <summary>Several processes on one server, which end when they like, as the server does.</summary>
public sealed class ProcessTests
{
    /// <summary>Each caller holds 10 and spends 7; the limit is 20,000.</summary>
    [RedisFact]
    public async Task Processes_WithManyCallers_NeverPassTheLimit()
    {
        const long Limit = 20_000;
        using RedisServer server = new();
        Process[] workers = [.. Enumerable.Range(0, 4).Select(_ => Start(server, callers: 64, calls: 1_000, Limit, life: 600_000))];
        await EndAsync(workers);

        (long tried, long acknowledged, string[] errors) = ReadLog(server);
        AccountState state = await ReadAsync(server);
        Assert.Empty(errors);
        Assert.Equal((acknowledged, 0), (state.Settled, state.Held));
        Assert.Equal(tried, acknowledged);
        Assert.InRange(state.Settled, Limit - 9 - (256 * 10), Limit); // at the end each of the 256 may be denied for what the others hold
    }

    /// <summary>LLMCOSTMODEL_SAMPLES says how many rounds.</summary>
    [RedisFact]
    public async Task Processes_Killed_LoseNothingAndLeaveNothingHeld()
    {
        using RedisServer server = new();
        int rounds = Math.Min(SampleSize.OrGiven(3), 100);
        for (int round = 0; round < rounds; round++)
        {
            Process[] workers = [.. Enumerable.Range(0, 3).Select(_ => Start(server, callers: 8, calls: 1_000_000, limit: 1L << 40, life: 500))];
            long before = ReadLog(server).Acknowledged;
            while (ReadLog(server).Acknowledged < before + (7 * 100))
            {
                Assert.All(workers, worker => Assert.False(worker.HasExited));
                await Task.Delay(10);
            }

            foreach (Process worker in workers)
            {
                worker.Kill(); // -9
                await worker.WaitForExitAsync();
                worker.Dispose();
            }

            (long tried, long acknowledged, string[] errors) = ReadLog(server);
            await Task.Delay(600); // all deadlines are over
            AccountState state = await ReadAsync(server);
            for (int touch = 0; touch < 3 * 8 / BudgetStore.ReclaimedAtOnce && state.Held > 0; touch++)
            {
                state = await ReadAsync(server);
            }

            Assert.Empty(errors);
            Assert.InRange(state.Settled, acknowledged, tried);
            Assert.Equal(0, state.Held);
            await using ConnectionMultiplexer connection = server.Connect();
            await using RedisBudgetStore store = new(connection, new() { Deadline = TimeSpan.FromSeconds(30) });
            Assert.True((await store.VerifyAsync(new VerifyCommand { Account = "a", Period = AccountPeriod.Always })).IsRight);
        }
    }

    /// <summary>With appendfsync always nothing is lost, however often the server dies. With everysec it may hold the last commands back while
    /// the disk is slow; the same ids again bring exactly those back.</summary>
    [RedisTheory]
    [InlineData("always")]
    [InlineData("everysec")]
    public async Task Server_KilledWithAnAppendOnlyFile_HasExactlyWhatWasAcknowledged(string sync)
    {
        using RedisServer server = new("--appendonly", "yes", "--appendfsync", sync);
        int deaths = SampleSize.OrGiven(3) > 3 ? 3 : 2, calls = deaths * 250;
        Process worker = Start(server, callers: 16, calls, limit: 1L << 40, life: 600_000);
        int process = worker.Id;
        for (int death = 1; death <= deaths; death++)
        {
            while (!worker.HasExited && ReadLog(server).Acknowledged < 7 * 16 * 250 * (death - 0.5))
            {
                await Task.Delay(5);
            }

            Assert.False(worker.HasExited);
            server.Kill();
            server.Start();
        }

        await EndAsync(worker);
        (long tried, long acknowledged, string[] errors) = ReadLog(server);
        Assert.Empty(errors);
        Assert.Equal(7 * 16 * calls, acknowledged);
        Assert.Equal(tried, acknowledged);
        AccountState state = await ReadAsync(server);
        Assert.True(sync == "everysec" || (state.Settled, state.Held) == (acknowledged, 0), $"{state.Settled} of {acknowledged}, {state.Held} held");
        Assert.InRange(state.Settled, 0, acknowledged);

        await SettleAgainAsync(server, Enumerable.Range(0, 16).SelectMany(caller => Enumerable.Range(0, calls).Select(i => $"{process}-{caller}-{i}")));
        state = await ReadAsync(server);
        Assert.Equal((acknowledged, 0), (state.Settled, state.Held));
    }

    private static async Task SettleAgainAsync(RedisServer server, IEnumerable<string> ids)
    {
        await using ConnectionMultiplexer connection = server.Connect();
        await using RedisBudgetStore store = new(connection, new() { Deadline = TimeSpan.FromSeconds(30) });
        foreach (string[] some in ids.Chunk(500))
        {
            await Task.WhenAll(some.Select(id => store.Settle(id, Of("a", 7)).AsTask()));
        }
    }

    private static Process Start(RedisServer server, int callers, int calls, long limit, long life)
    {
        ProcessStartInfo start = new("dotnet") { UseShellExecute = false };
        foreach (object argument in new object[]
        {
            Path.Combine(AppContext.BaseDirectory, "LlmCostModel.Budgets.Worker.dll"), $"redis:{server.Address}", Path.Combine(server.Folder, "calls"),
            callers, calls, limit, life,
        })
        {
            start.ArgumentList.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        }

        return Process.Start(start)!;
    }

    private static async Task EndAsync(params Process[] workers)
    {
        foreach (Process worker in workers)
        {
            await worker.WaitForExitAsync();
            Assert.Equal(0, worker.ExitCode);
            worker.Dispose();
        }
    }

    private static async Task<AccountState> ReadAsync(RedisServer server)
    {
        await using ConnectionMultiplexer connection = server.Connect();
        await using RedisBudgetStore store = new(connection, new() { Deadline = TimeSpan.FromSeconds(30) });
        return await store.Read(Of("a", 0));
    }

    private static (long Tried, long Acknowledged, string[] Errors) ReadLog(RedisServer server)
    {
        string[] lines = [.. Directory.GetFiles(server.Folder, "calls-*").SelectMany(ReadLines)];
        return (7 * lines.Count(line => line == "T 7"), 7 * lines.Count(line => line == "A 7"), [.. lines.Where(line => line.StartsWith('E'))]);
    }

    private static string[] ReadLines(string path)
    {
        using FileStream log = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(log).ReadToEnd().Split('\n');
    }
}
