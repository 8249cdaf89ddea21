using Microsoft.Extensions.DependencyInjection;

namespace LlmCostModel;

/// <summary>Who hears of calls: the observers of the options, and those that are services. Services that live in scopes get one for each
/// call.</summary>
internal sealed class ObserverList
{
    private readonly ICostObserver[] _lasting;
    private readonly IServiceScopeFactory? _scopes; // null unless observers live in scopes
    private readonly object? _key;
    private readonly TrackingLog _log;

    internal ObserverList(IServiceProvider? services, CostTrackingOptions options, TrackingLog log)
    {
        (_key, _log) = (options.ServiceKey, log);
        ICostObserver[] found = Find(services, out bool areScoped);
        _lasting = areScoped ? [.. options.Observers] : [.. found, .. options.Observers];
        _scopes = areScoped ? services!.GetRequiredService<IServiceScopeFactory>() : null;
    }

    internal void Tell(CallCost cost, ObserverList? except = null)
    {
        foreach (ICostObserver observer in _lasting)
        {
            if (except is null || !except._lasting.Contains(observer))
            {
                Tell(observer, cost);
            }
        }

        if (_scopes is not null && except?._scopes is null)
        {
            TellInScope(_scopes, cost);
        }
    }

    private void TellInScope(IServiceScopeFactory scopes, CallCost cost)
    {
        try
        {
            using IServiceScope scope = scopes.CreateScope();
            foreach (ICostObserver observer in Services.FindAll<ICostObserver>(scope.ServiceProvider, _key))
            {
                Tell(observer, cost);
            }
        }
        catch (Exception exception)
        {
            _log.ObserverFailed(nameof(ICostObserver), exception);
        }
    }

    private void Tell(ICostObserver observer, CallCost cost)
    {
        try
        {
            observer.OnCallCompleted(cost);
        }
        catch (Exception exception)
        {
            _log.ObserverFailed(observer.GetType().Name, exception);
        }
    }

    /// <summary>Two scopes have the same singletons. Services that they do not share must not be kept from a scope that ends.</summary>
    private ICostObserver[] Find(IServiceProvider? services, out bool areScoped)
    {
        areScoped = false;
        if (services?.GetService<IServiceScopeFactory>() is not { } scopes)
        {
            return services is null ? [] : Services.FindAll<ICostObserver>(services, _key);
        }

        using IServiceScope first = scopes.CreateScope();
        ICostObserver[] found = Services.FindAll<ICostObserver>(first.ServiceProvider, _key);
        if (found.Length == 0)
        {
            return found;
        }

        using IServiceScope second = scopes.CreateScope();
        ICostObserver[] again = Services.FindAll<ICostObserver>(second.ServiceProvider, _key);
        areScoped = !Enumerable.SequenceEqual(found, again, ReferenceEqualityComparer.Instance);
        return found;
    }
}
