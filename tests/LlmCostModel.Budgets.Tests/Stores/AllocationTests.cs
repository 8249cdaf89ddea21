using System.Globalization;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Budgets;

/// <summary>What the store in memory allocates, commands and answers included. It answers at once, so the thread stays the same.</summary>
public sealed class AllocationTests : IDisposable
{
    private const int Calls = 6_200; // three quarters of 8,192 and some more: the table has just grown, which is its worst
    private readonly FakeTimeProvider _clock = new();
    private readonly InMemoryBudgetStore _store;

    public AllocationTests() =>
        _store = new(new InMemoryBudgetStoreOptions { Retention = TimeSpan.FromSeconds(1) }, _clock);

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Pair_OfANewId_AllocatesAtMost200Bytes()
    {
        string[] ids = Ids(Calls);
        AccountCharge[] charges = Charges(1, limit: 1_000_000);
        await PairAsync("warm", charges, charges);

        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (string id in ids)
        {
            await PairAsync(id, charges, charges);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Calls, 1, 200);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Pair_OnceIdsAreForgotten_AllocatesNothing(int budgets)
    {
        string[] ids = Ids(100);
        AccountCharge[] charges = Charges(budgets, limit: 1_000_000);
        long least = long.MaxValue;
        foreach (string id in ids)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            long before = GC.GetAllocatedBytesForCurrentThread();
            await PairAsync(id, charges, charges);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Reserve_WithoutRoom_AllocatesNothing(int budgets)
    {
        ReserveCommand command = new() { Id = "denied", Charges = Charges(budgets, limit: 0), TimeToLive = 60_000 };
        Assert.Equal(ReserveOutcome.Denied, (await _store.ReserveAsync(command)).Outcome);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            await _store.ReserveAsync(command);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Not asynchronous itself, because that would allocate where nothing is optimized.</summary>
    private ValueTask<SettleReply> PairAsync(string id, AccountCharge[] held, AccountCharge[] spent)
    {
        ValueTask<ReserveReply> reserved = _store.ReserveAsync(new ReserveCommand { Id = id, Charges = held, TimeToLive = 60_000 });
        Assert.True(reserved.IsCompletedSuccessfully && reserved.Result.Outcome == ReserveOutcome.Granted);
        return _store.SettleAsync(new SettleCommand { Id = id, Charges = spent });
    }

    private static AccountCharge[] Charges(int budgets, long limit) =>
        [.. Enumerable.Range(0, budgets).Select(i => new AccountCharge { Account = $"budget-{i}", Period = AccountPeriod.Always, Amount = 1, Limit = limit })];

    private static string[] Ids(int count) => [.. Enumerable.Range(0, count).Select(i => i.ToString("x8", CultureInfo.InvariantCulture))];
}
