using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LlmCostModel;

/// <summary>An asynchronous observer in a host: one scope for each call, and everything told before the services end.</summary>
internal sealed class AsyncObserverHost<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TObserver>
    : ICostObserver, IHostedLifecycleService, IAsyncDisposable, IDisposable
    where TObserver : class, IAsyncCostObserver
{
    private readonly BackgroundCostObserver _observer;
    private readonly IServiceScopeFactory _scopes;

    public AsyncObserverHost(IServiceScopeFactory scopes, ILoggerFactory? loggers, int capacity)
    {
        _scopes = scopes;
        _observer = new(typeof(TObserver).Name, TellAsync, capacity, loggers?.CreateLogger("LlmCostModel.CostTracking"));
    }

    public void OnCallCompleted(CallCost cost) => _observer.OnCallCompleted(cost);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After everything that makes calls has stopped, and before the services end, which a scope needs.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration hurry = cancellationToken.Register(_observer.Hurry);
        await _observer.DrainAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _observer.DisposeAsync();

    public void Dispose() => _observer.Dispose();

    private async ValueTask TellAsync(CallCost cost, CancellationToken cancellationToken)
    {
        AsyncServiceScope scope = _scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            await scope.ServiceProvider.GetRequiredService<TObserver>().OnCallCompletedAsync(cost, cancellationToken).ConfigureAwait(false);
        }
    }
}
