using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LlmCostModel;

/// <summary>Registers who hears of the cost of calls.</summary>
public static class CostObserverServiceCollectionExtensions
{
    /// <summary>Registers an asynchronous observer. Each call comes in a scope of its own, so that it may use a database context; the
    /// calls themselves do not wait, and an application that stops waits until the observer has all.</summary>
    /// <typeparam name="TObserver">The observer; a scoped service unless it was registered before.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="capacity">How many calls may wait; further ones are counted, logged and left out.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is not positive.</exception>
    public static IServiceCollection AddAsyncCostObserver<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TObserver>(
        this IServiceCollection services, int capacity = BackgroundCostObserver.DefaultCapacity)
        where TObserver : class, IAsyncCostObserver
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        if (services.Any(service => service.ServiceType == typeof(AsyncObserverHost<TObserver>)))
        {
            return services;
        }

        services.TryAddScoped<TObserver>();
        services.AddSingleton(provider => new AsyncObserverHost<TObserver>(
            provider.GetRequiredService<IServiceScopeFactory>(), provider.GetService<ILoggerFactory>(), capacity));
        services.AddSingleton<ICostObserver>(provider => provider.GetRequiredService<AsyncObserverHost<TObserver>>());
        return services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<AsyncObserverHost<TObserver>>());
    }
}
