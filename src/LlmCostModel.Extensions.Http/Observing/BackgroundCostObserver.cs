using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace LlmCostModel;

/// <summary>Hands calls over to an <see cref="IAsyncCostObserver"/> without making them wait: up to a bound they queue up, beyond it they
/// are counted and left out.</summary>
/// <remarks>Dispose of it, asynchronously, when no more calls are made: it waits until the observer has all of them.
/// Thread-safe.</remarks>
public sealed class BackgroundCostObserver : ICostObserver, IAsyncDisposable, IDisposable
{
    /// <summary>How many calls queue up unless something else is said.</summary>
    internal const int DefaultCapacity = 10_000;

    private readonly Channel<CallCost> _calls;
    private readonly Func<CallCost, CancellationToken, ValueTask> _tell;
    private readonly TrackingLog? _log;
    private readonly string _name;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _telling;
    private bool _isTelling;
    private long _dropped;
    private long _failed;

    /// <summary>Makes an observer that tells another one.</summary>
    /// <param name="observer">The other one.</param>
    /// <param name="capacity">How many calls may wait; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is not positive.</exception>
    public BackgroundCostObserver(IAsyncCostObserver observer, int capacity = DefaultCapacity)
        : this(NameOf(observer), observer.OnCallCompletedAsync, capacity, logger: null)
    {
    }

    internal BackgroundCostObserver(string name, Func<CallCost, CancellationToken, ValueTask> tell, int capacity, ILogger? logger)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        (_name, _tell) = (name, tell);
        _log = logger is null ? null : new TrackingLog(logger);
        _calls = Channel.CreateBounded<CallCost>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _telling = Task.Run(TellAsync);
    }

    /// <summary>Gets how many calls were left out, because too many were waiting or the observer was disposed of.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Gets how many calls the observer threw at.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <inheritdoc/>
    public void OnCallCompleted(CallCost cost)
    {
        ArgumentNullException.ThrowIfNull(cost);
        if (!_calls.Writer.TryWrite(cost))
        {
            long dropped = Interlocked.Increment(ref _dropped);
            if ((dropped & (dropped - 1)) == 0)
            {
                _log?.Dropped(_name, dropped); // the first, the second, the fourth, ...
            }
        }
    }

    /// <summary>Takes no more calls, and waits until the observer has those that were taken.</summary>
    /// <returns>A task that ends then.</returns>
    public async ValueTask DisposeAsync()
    {
        _calls.Writer.TryComplete();
        await _telling.ConfigureAwait(false);
        _stopping.Dispose();
    }

    /// <summary>As <see cref="DisposeAsync"/>, and blocks for it.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Waits until the observer has what was taken so far, and still takes more.</summary>
    internal async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (_calls.Reader.Count > 0 || Volatile.Read(ref _isTelling))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends what the observer waits for.</summary>
    internal void Hurry() => _stopping.Cancel();

    private async Task TellAsync()
    {
        while (await _calls.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            Volatile.Write(ref _isTelling, true);
            while (_calls.Reader.TryRead(out CallCost? cost))
            {
                try
                {
                    await _tell(cost, _stopping.Token).ConfigureAwait(false);
                }
                catch (Exception exception)
                {
                    Interlocked.Increment(ref _failed);
                    _log?.ObserverFailed(_name, exception);
                }
            }

            Volatile.Write(ref _isTelling, false);
        }
    }

    private static string NameOf(IAsyncCostObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return observer.GetType().Name;
    }
}
