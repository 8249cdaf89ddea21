using LlmCostModel.Budgets;
using LlmCostModel.Budgets.Redis;
using LlmCostModel.Budgets.Redis.Configuration;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace LlmCostModel;

/// <summary>Registers budgets in Redis with dependency injection.</summary>
public static class RedisBudgetsServiceCollectionExtensions
{
    /// <summary>Counts budgets in Redis, instead of in memory, through the <see cref="IConnectionMultiplexer"/> that is registered. Call it
    /// beside <c>AddLlmBudgets</c>, before or after.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets where the keys are, and how much the store remembers; <see langword="null"/> for the defaults.</param>
    /// <returns>The services, for chaining.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IServiceCollection AddRedisBudgetStore(
        this IServiceCollection services, Action<RedisBudgetStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        RedisBudgetStoreOptions options = new();
        configure?.Invoke(options);
        return services.AddStore(options.Checked(), static provider => (provider.GetRequiredService<IConnectionMultiplexer>(), false));
    }

    /// <summary>Counts budgets in Redis, instead of in memory, through a connection of their own. It begins with the first command, does
    /// not need the server to be there, and fails at once while it is away. Call it beside <c>AddLlmBudgets</c>, before or after.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The configuration of StackExchange.Redis, such as <c>redis-1:6379,ssl=true,password=...</c>.</param>
    /// <param name="configure">Sets where the keys are, and how much the store remembers; <see langword="null"/> for the defaults.</param>
    /// <returns>The services, for chaining.</returns>
    /// <exception cref="ArgumentException">The configuration cannot be read, which is said without repeating it, or an option is out of its
    /// range.</exception>
    public static IServiceCollection AddRedisBudgetStore(
        this IServiceCollection services, string configuration, Action<RedisBudgetStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(configuration);
        ConfigurationOptions connection = ConnectionText.Parse(configuration);
        connection.AbortOnConnectFail = false;
        connection.BacklogPolicy = BacklogPolicy.FailFast;
        RedisBudgetStoreOptions options = new();
        configure?.Invoke(options);
        return services.AddStore(options.Checked(), _ => (ConnectionMultiplexer.Connect(connection), true));
    }

    private static IServiceCollection AddStore(
        this IServiceCollection services, RedisBudgetStoreOptions options, Func<IServiceProvider, (IConnectionMultiplexer, bool)> connect)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CheckAtStart>());
        return services.Replace(ServiceDescriptor.Singleton<BudgetStore>(provider =>
        {
            (IConnectionMultiplexer connection, bool isOwned) = connect(provider);
            return new RedisBudgetStore(connection, options, provider.GetService<ILogger<RedisBudgetStore>>(), isOwned);
        }));
    }
}
