using System.Collections.Concurrent;

namespace LlmCostModel.Budgets.Sqlite.Tests;

/// <summary>Commands at once end as the same commands one after the other, in some order.</summary>
public sealed class ParallelTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryStore _files = new();
    private readonly ConcurrentQueue<SqliteBudgetStore> _made = [];

    [Fact]
    public void Sqlite_CommandsAtOnce_EndAsInSomeOrder() => ParallelCommands.Sample(Create, 5);

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
}
