using LlmCostModel.Budgets.Stores;
using Microsoft.Data.Sqlite;

namespace LlmCostModel.Budgets.Sqlite.Tests;

public sealed class SqliteBudgetStoreTests : BudgetStoreConformance, IDisposable
{
    private readonly TemporaryStore _file = new();

    protected override ValueTask<BudgetStore> CreateAsync()
    {
        SqliteBudgetStoreOptions options = _file.Options;
        options.Retention = TimeSpan.FromHours(1);
        return new(new SqliteBudgetStore(options, Clock));
    }

    protected override Task DamageAsync(BudgetStore store, string account, long start, long settled, long held)
    {
        using SqliteConnection file = new($"Data Source={_file.Path};Pooling=False");
        file.Open();
        using SqliteCommand command = file.CreateCommand();
        command.CommandText = "UPDATE windows SET settled = settled + $settled, held = held + $held WHERE account = $account AND start = $start";
        command.Parameters.AddWithValue("$settled", settled);
        command.Parameters.AddWithValue("$held", held);
        command.Parameters.AddWithValue("$account", account);
        command.Parameters.AddWithValue("$start", start);
        Assert.Equal(1, command.ExecuteNonQuery());
        return Task.CompletedTask;
    }

    public void Dispose() => _file.Dispose();
}
