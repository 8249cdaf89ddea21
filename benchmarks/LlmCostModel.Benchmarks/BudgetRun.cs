using System.Diagnostics;
using System.Globalization;
using LlmCostModel.Budgets;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Benchmarks;

/// <summary>Pairs of a reservation and its settlement on one budget, in one run: in memory and in a SQLite file, with one caller and with
/// many, and what a refusal allocates. Where other programs run too, the processor time says more than the pairs a second.</summary>
internal static class BudgetRun
{
    private const int Rounds = 3;
    private const int PairsInMemory = 1_000_000;
    private const long NeverEnough = 1L << 50;

    /// <summary>Writes a line for each way, the fastest of its rounds.</summary>
    internal static async Task RunAsync()
    {
        await ShowAsync("in memory, 1 thread", PairsInMemory, 1, () => new InMemoryBudgetStore());
        await ShowAsync("in memory, 2 threads", PairsInMemory, 2, () => new InMemoryBudgetStore());
        await ShowDenialAsync();
        foreach ((SqliteDurability durability, int callers, int pairs) in new[]
        {
            (SqliteDurability.Normal, 1, 20_000),
            (SqliteDurability.Normal, 64, 40_000),
            (SqliteDurability.Full, 1, 500),
            (SqliteDurability.Full, 64, 20_000),
        })
        {
            await ShowAsync($"SQLite {durability}, {callers} caller{(callers > 1 ? "s" : "")}", pairs, callers, () => Create(durability));
        }
    }

    private static async Task ShowAsync(string name, int pairs, int callers, Func<BudgetStore> create)
    {
        (double best, double work, double bytes) = (0, double.MaxValue, 0);
        for (int round = 0; round < Rounds; round++)
        {
            await using BudgetStore store = create();
            await RunPairsAsync(store, "warm", 1_000);
            string[][] ids = [.. Enumerable.Range(0, callers).Select(caller => Ids($"{caller}", pairs / callers))];
            GC.Collect();
            long before = GC.GetTotalAllocatedBytes(precise: true);
            TimeSpan worked = Environment.CpuUsage.TotalTime;
            Stopwatch clock = Stopwatch.StartNew();
            await Task.WhenAll(ids.Select(own => Task.Run(() => RunPairsAsync(store, own))));
            double speed = pairs / clock.Elapsed.TotalSeconds;
            best = Math.Max(best, speed);
            work = Math.Min(work, (Environment.CpuUsage.TotalTime - worked).TotalMicroseconds / pairs);
            bytes = (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / pairs;
            if (store is SqliteBudgetStore)
            {
                await store.DisposeAsync();
                Directory.Delete(Folder, recursive: true);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28} {best,12:N0} pairs/s {work,8:N2} us of processor time {bytes,8:N0} bytes a pair"));
    }

    private static async Task ShowDenialAsync()
    {
        await using InMemoryBudgetStore store = new();
        ReserveCommand command = new() { Id = "denied", Charges = Charges(1, limit: 0), TimeToLive = 60_000 };
        const int Denials = 1_000_000;
        await store.ReserveAsync(command);
        Stopwatch clock = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        int denied = 0;
        for (int i = 0; i < Denials; i++)
        {
            // The store in memory answers at once, so the thread stays the same.
            denied += (await store.ReserveAsync(command)).Outcome == ReserveOutcome.Denied ? 1 : 0;
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{"in memory, denied",-28} {denied / clock.Elapsed.TotalSeconds,12:N0} denials/s {(double)bytes / Denials,6:N0} bytes a denial"));
    }

    private static Task RunPairsAsync(BudgetStore store, string name, int pairs) => RunPairsAsync(store, Ids(name, pairs));

    private static async Task RunPairsAsync(BudgetStore store, string[] ids)
    {
        AccountCharge[] held = Charges(100, NeverEnough), spent = Charges(70, NeverEnough);
        foreach (string id in ids)
        {
            ReserveReply reply = await store.ReserveAsync(new ReserveCommand { Id = id, Charges = held, TimeToLive = 600_000 });
            if (reply.Outcome != ReserveOutcome.Granted)
            {
                throw new InvalidOperationException($"The reservation was {reply.Outcome}.");
            }

            await store.SettleAsync(new SettleCommand { Id = id, Charges = spent });
        }
    }

    private static AccountCharge[] Charges(long amount, long limit) =>
        [new() { Account = "tenant/contoso", Period = AccountPeriod.Always, Amount = amount, Limit = limit }];

    /// <summary>Made beforehand: an id is the caller's.</summary>
    private static string[] Ids(string caller, int pairs) =>
        [.. Enumerable.Range(0, pairs).Select(i => string.Create(CultureInfo.InvariantCulture, $"{caller}-{i:x8}"))];

    private static string Folder => Path.Combine(Path.GetTempPath(), $"llmcost-budgets-{Environment.ProcessId}");

    private static SqliteBudgetStore Create(SqliteDurability durability)
    {
        Directory.CreateDirectory(Folder);
        return new(new SqliteBudgetStoreOptions { Path = Path.Combine(Folder, "budgets.db"), Durability = durability });
    }
}
