using LlmCostModel.Budgets;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LlmCostModel;

/// <summary>Registers budgets with dependency injection.</summary>
public static class LlmBudgetsServiceCollectionExtensions
{
    /// <summary>Registers <see cref="BudgetLedger"/> with the budgets of the configuration, which are checked when the application starts.
    /// They are counted in memory unless another <see cref="BudgetStore"/> is registered.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The section with the budgets; or the whole configuration, of which the section <c>LlmBudgets</c> is
    /// read.</param>
    /// <returns>The services, for chaining.</returns>
    public static IServiceCollection AddLlmBudgets(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        IConfigurationSection section = configuration as IConfigurationSection ?? configuration.GetSection(BudgetsOptions.SectionName);
        services.AddLedger();
        services.AddSingleton<IConfigureOptions<BudgetsOptions>>(new BudgetsOptionsReader(section));
        return services;
    }

    /// <summary>Registers <see cref="BudgetLedger"/> with budgets set in code, which are checked when the application starts. They are
    /// counted in memory unless another <see cref="BudgetStore"/> is registered.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the budgets.</param>
    /// <returns>The services, for chaining.</returns>
    public static IServiceCollection AddLlmBudgets(this IServiceCollection services, Action<BudgetsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.AddLedger();
        services.Configure(configure);
        return services;
    }

    private static void AddLedger(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<BudgetsOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BudgetsOptions>, BudgetsValidation>());
        services.TryAddSingleton<BudgetStore>(provider => new InMemoryBudgetStore(null, provider.GetService<TimeProvider>()));
        services.TryAddSingleton(provider => new BudgetLedger(
            provider.GetRequiredService<BudgetStore>(),
            provider.GetRequiredService<IOptions<BudgetsOptions>>().Value,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<BudgetLedger>>()));
    }
}
