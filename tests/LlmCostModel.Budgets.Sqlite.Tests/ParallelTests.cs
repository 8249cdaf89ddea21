using System.Collections.Concurrent;
using CsCheck;
using LlmCostModel.Budgets.Stores;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets.Sqlite.Tests;

/// <summary>Commands at once end as the same commands one after the other, in some order.</summary>
public sealed class ParallelTests : IAsyncLifetime, IDisposable
{
    private const long Limit = 100;
    private readonly TemporaryStore _files = new();
    private readonly ConcurrentQueue<SqliteBudgetStore> _made = [];

    [Fact]
    public void Sqlite_CommandsAtOnce_EndAsInSomeOrder() =>
        Gen.Const(0).Select(_ => (BudgetStore)Create()).SampleParallel(
            Gen.Select(Gen.Int[0, 5], Gen.Int[40, 70]).Operation<BudgetStore>(
                call => $"Reserve({call.Item1}, {call.Item2})",
                (store, call) => store.Reserve($"{call.Item1}", Of("a", call.Item2, Limit), Of("b", 1)).AsTask().GetAwaiter().GetResult()),
            Gen.Select(Gen.Int[0, 5], Gen.Int[0, 70]).Operation<BudgetStore>(
                call => $"Settle({call.Item1}, {call.Item2})",
                (store, call) => store.Settle($"{call.Item1}", Of("a", call.Item2, Limit), Of("b", 1)).AsTask().GetAwaiter().GetResult()),
            Gen.Int[0, 5].Operation<BudgetStore>(
                id => $"Release({id})", (store, id) => store.Release($"{id}").AsTask().GetAwaiter().GetResult()),
            equal: (one, other) => Shown(one) == Shown(other),
            print: Shown,
            iter: 5);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (SqliteBudgetStore store in _made)
        {
            await store.DisposeAsync();
        }
    }

    public void Dispose() => _files.Dispose();

    private SqliteBudgetStore Create()
    {
        SqliteBudgetStoreOptions options = _files.Options;
        options.Path = _files.File($"{Guid.NewGuid():N}.db");
        SqliteBudgetStore store = new(options);
        _made.Enqueue(store);
        return store;
    }

    private static string Shown(BudgetStore store)
    {
        (long settled, long held) = store.Read("a").AsTask().GetAwaiter().GetResult();
        (long count, long open) = store.Read("b").AsTask().GetAwaiter().GetResult();
        return $"a {settled} + {held}, b {count} + {open}";
    }
}
