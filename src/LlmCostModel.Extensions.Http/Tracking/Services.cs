using Microsoft.Extensions.DependencyInjection;

namespace LlmCostModel;

/// <summary>Finds services with a key or without one.</summary>
internal static class Services
{
    internal static T? Find<T>(IServiceProvider? services, object? key)
        where T : class =>
        key is null ? services?.GetService<T>() : (services as IKeyedServiceProvider)?.GetKeyedService(typeof(T), key) as T;

    /// <summary>A client that is built without services has a provider that knows of none.</summary>
    internal static T[] FindAll<T>(IServiceProvider services, object? key)
        where T : class
    {
        IEnumerable<T> found = services.GetService<IEnumerable<T>>() ?? [];
        return key is null || services is not IKeyedServiceProvider keyed ? [.. found] : [.. found, .. keyed.GetKeyedServices<T>(key)];
    }
}
