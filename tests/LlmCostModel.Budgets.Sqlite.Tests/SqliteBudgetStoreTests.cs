using LlmCostModel.Budgets.Stores;

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

    public void Dispose() => _file.Dispose();
}
