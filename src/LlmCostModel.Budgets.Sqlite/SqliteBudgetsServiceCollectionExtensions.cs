using LlmCostModel.Budgets;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LlmCostModel;

/// <summary>Registers budgets in a SQLite file with dependency injection.</summary>
public static class SqliteBudgetsServiceCollectionExtensions
{
    /// <summary>Counts budgets in a SQLite file, instead of in memory. Call it beside <c>AddLlmBudgets</c>, before or after.</summary>
    /// <param name="services">The services.</param>
    /// <param name="path">The path of the file, on a disk of this machine; it is made when it is not there.</param>
    /// <param name="configure">Sets what the store survives, and how much it remembers; <see langword="null"/> for the defaults.</param>
    /// <returns>The services, for chaining.</returns>
    /// <exception cref="ArgumentException">The path is empty, or an option is out of its range.</exception>
    public static IServiceCollection AddSqliteBudgetStore(
        this IServiceCollection services, string path, Action<SqliteBudgetStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        SqliteBudgetStoreOptions options = new() { Path = path };
        configure?.Invoke(options);
        options = options.Checked();
        return services.Replace(ServiceDescriptor.Singleton<BudgetStore>(
            provider => new SqliteBudgetStore(options, provider.GetService<TimeProvider>())));
    }
}
