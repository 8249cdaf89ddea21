using System.Diagnostics;
using System.Globalization;
using LlmCostModel.Budgets.Stores;
using LlmCostModel.TestData;
using Microsoft.Data.Sqlite;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets.Sqlite.Tests;

/// <summary>Several processes on one file, which end when they like.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryStore _file = new();

    public void Dispose() => _file.Dispose();

    /// <summary>Each caller holds 10 and spends 7; the limit is 10,000. So no more than (10,000 - 10) / 7 + 1 = 1,428 calls are granted, and
    /// 9,996 spent.</summary>
    [Fact]
    public async Task Processes_WithManyCallers_NeverPassTheLimit()
    {
        const long Limit = 10_000;
        Process[] workers = [.. Enumerable.Range(0, 4).Select(_ => Start(callers: 16, calls: 1_000, Limit, life: 600_000))];
        foreach (Process worker in workers)
        {
            await worker.WaitForExitAsync();
            Assert.Equal(0, worker.ExitCode);
            worker.Dispose();
        }

        (long tried, long acknowledged, string[] errors) = ReadLog();
        await using SqliteBudgetStore store = new(_file.Options);
        (long settled, long held) = await store.Read("a");
        Assert.Empty(errors);
        Assert.Equal((acknowledged, 0), (settled, held));
        Assert.Equal(tried, acknowledged);
        Assert.InRange(settled, Limit - 9 - (64 * 10), Limit); // at the end each of the 64 may be denied for what the others hold
    }

    /// <summary>LLMCOSTMODEL_SAMPLES says how many rounds.</summary>
    [Fact]
    public async Task Processes_Killed_LoseNothingAndLeaveNothingHeld()
    {
        int rounds = Math.Min(SampleSize.OrGiven(3), 100);
        for (int round = 0; round < rounds; round++)
        {
            Process[] workers = [.. Enumerable.Range(0, 3).Select(_ => Start(callers: 8, calls: 1_000_000, limit: 1L << 40, life: 500))];
            long before = ReadLog().Acknowledged;
            while (ReadLog().Acknowledged < before + (7 * 100))
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

            (long tried, long acknowledged, string[] errors) = ReadLog();
            await using SqliteBudgetStore store = new(_file.Options);
            await Task.Delay(600); // all deadlines are over
            AccountState state = await store.Read(Of("a", 0));
            for (int touch = 0; touch < 3 * 8 / BudgetStore.ReclaimedAtOnce && state.Held > 0; touch++)
            {
                state = await store.Read(Of("a", 0));
            }

            Assert.Empty(errors);
            Assert.InRange(state.Settled, acknowledged, tried);
            Assert.Equal(0, state.Held);
            Assert.Equal("ok", Ask("PRAGMA integrity_check"));
            VerifyReply recount = await store.VerifyAsync(new VerifyCommand { Account = "a", Period = AccountPeriod.Always });
            Assert.Equal((state.Settled, state.Settled, 0, 0), (recount.Settled, recount.SettledByCalls, recount.Held, recount.HeldByHolds));
        }
    }

    private Process Start(int callers, int calls, long limit, long life)
    {
        ProcessStartInfo start = new("dotnet") { UseShellExecute = false };
        foreach (object argument in new object[] { Path.Combine(AppContext.BaseDirectory, "LlmCostModel.Budgets.Worker.dll"), _file.Path, _file.File("log"), callers, calls, limit, life })
        {
            start.ArgumentList.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        }

        return Process.Start(start)!;
    }

    private (long Tried, long Acknowledged, string[] Errors) ReadLog()
    {
        string[] lines = [.. Directory.GetFiles(Path.GetDirectoryName(_file.Path)!, "log-*").SelectMany(ReadLines)];
        return (7 * lines.Count(line => line == "T 7"), 7 * lines.Count(line => line == "A 7"), [.. lines.Where(line => line.StartsWith('E'))]);
    }

    private static string[] ReadLines(string path)
    {
        using FileStream log = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(log).ReadToEnd().Split('\n');
    }

    private string Ask(string sql)
    {
        using SqliteConnection file = new($"Data Source={_file.Path};Pooling=False");
        file.Open();
        using SqliteCommand command = new(sql, file);
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
    }
}
