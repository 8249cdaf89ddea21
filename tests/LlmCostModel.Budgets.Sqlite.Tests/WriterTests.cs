using LlmCostModel.Budgets.Stores;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets.Sqlite.Tests;

/// <summary>Many callers, one transaction.</summary>
public sealed class WriterTests : IDisposable
{
    private readonly TemporaryStore _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Group_WithOneThatFails_IsDoneButForThatOne()
    {
        await using SqliteBudgetStore store = new(_file.Options);
        await store.Reserve("broken", Of("a", 10));
        Task<SettleReply>[] settled;
        using (SqliteConnection other = new($"Data Source={_file.Path};Pooling=False"))
        {
            other.Open();
            Execute(other, "BEGIN IMMEDIATE; UPDATE windows SET held = 3"); // less than the hold: settling it fails
            settled = [.. Enumerable.Range(0, 50).Select(i => store.Settle(i == 25 ? "broken" : $"r{i}", Of(i == 25 ? "a" : "b", 7)).AsTask())];
            Execute(other, "COMMIT");
        }

        await Assert.ThrowsAsync<BudgetStoreException>(() => settled[25]);
        SettleReply[] others = await Task.WhenAll(settled.Where((_, i) => i != 25));
        Assert.All(others, reply => Assert.Equal(SettleOutcome.Settled, reply.Outcome));
        Assert.Equal((7 * 49, 0), await store.Read("b"));
        Assert.Equal((0, 3), await store.Read("a"));
    }

    [Fact]
    public async Task Dispose_WhileCommandsWait_DoesThemFirst()
    {
        SqliteBudgetStore store = new(_file.Options);
        Task<SettleReply>[] settled = [.. Enumerable.Range(0, 1_000).Select(i => store.Settle($"r{i}", Of("a", 1)).AsTask())];

        await store.DisposeAsync();

        Assert.All(settled, task => Assert.True(task.IsCompleted || !task.IsFaulted));
        await Task.WhenAll(settled);
        await using SqliteBudgetStore again = new(_file.Options);
        Assert.Equal((1_000, 0), await again.Read("a"));
    }

    [Fact]
    public async Task Caller_WhoStopsWaiting_StopsNothingElse()
    {
        await using SqliteBudgetStore store = new(_file.Options);
        AccountState[] states = new AccountState[1];
        using CancellationTokenSource source = new();
        using (SqliteConnection other = new($"Data Source={_file.Path};Pooling=False"))
        {
            other.Open();
            Execute(other, "BEGIN IMMEDIATE");
            Task<SettleReply> waiting = store.SettleAsync(
                new SettleCommand { Id = "r", Charges = new[] { Of("a", 7, limit: 100) }, States = states }, source.Token).AsTask();
            await source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            Execute(other, "ROLLBACK");
        }

        Assert.Equal((7, 0), await store.Read("a"));
        Assert.Equal(default, states[0]); // the caller may use it for something else by now
    }

    [Fact]
    public async Task Names_WithHalfACharacter_AreRefused()
    {
        await using SqliteBudgetStore store = new(_file.Options);

        await Assert.ThrowsAsync<ArgumentException>(async () => await store.Reserve("\ud800", Of("a", 1)));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.Reserve("r", Of("\udc00", 1)));
        Assert.Equal((0, 0), await store.Read("a"));
    }

    [Fact]
    public async Task Accounts_WithManyHoldsDue_GiveEightBackAtATime()
    {
        Microsoft.Extensions.Time.Testing.FakeTimeProvider clock = new();
        await using SqliteBudgetStore store = new(_file.Options, clock);
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => store.Reserve($"r{i}", Of("a", 1)).AsTask()));
        clock.Advance(TimeSpan.FromMinutes(1));

        for (int i = 1; i <= 250; i++) // 2,000 / 8
        {
            Assert.Equal((0, 2_000 - (8 * i)), await store.Read("a"));
        }
    }

    [Fact]
    public async Task Services_WithAStore_CountInTheFile()
    {
        ServiceCollection services = new();
        services.AddLlmBudgets(options => options.Budgets["day"] = new BudgetOptions { Limit = 5, Currency = "USD", Window = BudgetWindow.Day("UTC") });
        services.AddSqliteBudgetStore(_file.Path, options => options.Durability = SqliteDurability.Normal);
        await using ServiceProvider provider = services.BuildServiceProvider();

        SqliteBudgetStore store = Assert.IsType<SqliteBudgetStore>(provider.GetRequiredService<BudgetStore>());
        Assert.Same(store, Assert.Single(provider.GetServices<BudgetStore>()));
        Assert.NotNull(provider.GetRequiredService<BudgetLedger>());
        Assert.True(File.Exists(_file.Path));
    }

    [Theory]
    [InlineData("", 1, 1, 1, 1)]
    [InlineData("x", 0, 1, 1, 1)]
    [InlineData("x", 1, 0, 1, 1)]
    [InlineData("x", 1, 1, 0, 1)]
    [InlineData("x", 1, 1, 1, -1)]
    [InlineData("x", 1, 1, 1, 301)]
    public void Options_OutOfTheirRange_AreRefused(string path, int retention, int windows, int entries, int busy) =>
        Assert.ThrowsAny<ArgumentException>(() => new ServiceCollection().AddSqliteBudgetStore(path, options =>
        {
            options.Retention = TimeSpan.FromSeconds(retention);
            options.WindowRetention = TimeSpan.FromSeconds(windows);
            options.EntryRetention = TimeSpan.FromSeconds(entries);
            options.BusyTimeout = TimeSpan.FromSeconds(busy);
        }));

    private static void Execute(SqliteConnection file, string sql)
    {
        using SqliteCommand command = new(sql, file);
        command.ExecuteNonQuery();
    }
}
