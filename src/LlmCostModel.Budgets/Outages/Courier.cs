using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Logging;

namespace LlmCostModel.Budgets.Outages;

/// <summary>Knows whether the store can be relied on, and works in the background until it can: asks it again and again, tells it again
/// what it lost, and delivers what waits.</summary>
internal sealed class Courier : IAsyncDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ReturnAfter = TimeSpan.FromSeconds(10);

    private readonly StoreTeller _teller;
    private readonly OutageRules _rules;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private readonly Outbox _outbox;
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _closed;
    private readonly CancellationToken _stopped;
    private volatile Outage? _outage;
    private Task _work = Task.CompletedTask;
    private bool _isWorking;
    private volatile bool _mustHeal;

    internal Courier(StoreTeller teller, OutageRules rules, TimeProvider clock, ILogger log)
    {
        (_teller, _rules, _clock, _log) = (teller, rules, clock, log);
        _outbox = new(rules.MaxPending, _lock);
        (_closed, _stopped) = (_closing.Token, _stopping.Token);
    }

    /// <summary>Gets why the store cannot be relied on; <see langword="null"/> when it can.</summary>
    internal Outage? Outage => _outage;

    /// <summary>Gets whether nothing is delivered any more.</summary>
    internal bool HasEnded => _stopped.IsCancellationRequested;

    internal long Rollbacks { get; private set; }

    internal int Pending => _outbox.Pending;

    /// <summary>The store did not answer.</summary>
    internal void Fail(BudgetStoreException failure)
    {
        lock (_lock)
        {
            Begin(failure);
        }
    }

    /// <summary>The store lost what it had acknowledged: it is not relied on until it knows it again.</summary>
    internal void Lose()
    {
        lock (_lock)
        {
            _mustHeal = true;
            Rollbacks++;
            BudgetMeter.Rollbacks.Add(1);
            OutageLog.RolledBack(_log);
            Begin(new BudgetStoreException("The store of budgets lost what it had acknowledged, and hears it again."));
        }
    }

    /// <summary>The store may have lost something: it hears everything again, and is relied on meanwhile.</summary>
    internal void Suspect()
    {
        lock (_lock)
        {
            _mustHeal = true;
            Work();
        }
    }

    /// <summary>Delivers a settlement when the store can be relied on.</summary>
    /// <returns><see langword="false"/> when too many wait, or nobody will deliver it.</returns>
    internal bool TryDeliver(SettleCommand command)
    {
        lock (_lock)
        {
            if (HasEnded || !_outbox.TryAdd(command))
            {
                return false;
            }

            Work();
            return true;
        }
    }

    /// <summary>Gives back what may be held for a request without an answer, unless it is made again soon.</summary>
    internal void ReturnLater(string id) => Return(new ReleaseCommand { Id = id }, Now() + (long)ReturnAfter.TotalMilliseconds);

    internal void Return(ReleaseCommand command) => Return(command, Now());

    /// <summary>A request is made again: what may be held for it is not given back meanwhile.</summary>
    /// <returns>Whether it waited to be given back.</returns>
    internal bool Withdraw(string id) => _isWorking && _outbox.Withdraw(id);

    /// <summary>Waits until everything is delivered.</summary>
    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        while (Pending > 0)
        {
            await Task.Delay(FirstWait, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Delivers what can be delivered in the time that there is.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopped.IsCancellationRequested)
        {
            return;
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        try
        {
            await _work.WaitAsync(_rules.FlushTime, _clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What is left is said below.
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        if (Pending is > 0 and var left)
        {
            OutageLog.Lost(_log, left, _outage?.Failure);
        }

        _closing.Dispose();
        _stopping.Dispose();
    }

    private void Return(ReleaseCommand command, long due)
    {
        lock (_lock)
        {
            _outbox.Return(command, due);
            Work();
        }
    }

    private void Begin(Exception failure)
    {
        if (_outage is null)
        {
            _outage = new(_clock.GetUtcNow(), _clock.GetTimestamp(), failure);
            BudgetMeter.Outages.Add(1);
            OutageLog.Away(_log, failure, _rules.Policy);
        }

        Work();
    }

    private void Work()
    {
        if (_isWorking || _stopped.IsCancellationRequested)
        {
            return;
        }

        _isWorking = true;
        using AsyncFlowControl _ = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow(); // it outlives its call
        _work = WorkAsync();
    }

    private async Task WorkAsync()
    {
        TimeSpan wait = FirstWait;
        while (await SleepAsync(wait).ConfigureAwait(false))
        {
            try
            {
                if (await StepAsync().ConfigureAwait(false) is not { } next)
                {
                    return;
                }

                wait = next;
            }
            catch (BudgetStoreException failure)
            {
                Fail(failure);
                wait = TimeSpan.FromTicks(Math.Clamp(wait.Ticks * 2, FirstWait.Ticks, LongestWait.Ticks));
            }
            catch (Exception failure)
            {
                OutageLog.Broken(_log, failure); // of a store that fails in another way than it may: it is asked again all the same
                wait = LongestWait;
            }
        }

        lock (_lock)
        {
            _isWorking = false;
        }
    }

    private async Task<bool> SleepAsync(TimeSpan wait)
    {
        CancellationToken wake = _closed.IsCancellationRequested ? _stopped : _closed;
        await Task.Delay(wait < LongestWait ? wait : LongestWait, _clock, wake).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !_stopped.IsCancellationRequested;
    }

    /// <summary>One round.</summary>
    /// <returns>When to do the next one; <see langword="null"/> when there is nothing left to do.</returns>
    private async Task<TimeSpan?> StepAsync()
    {
        if (_outage is not null)
        {
            await _teller.AskAsync().ConfigureAwait(false);
        }

        do
        {
            bool fromTheStart = _mustHeal;
            _mustHeal = false; // first, because it can be lost again meanwhile
            await _teller.HealAsync(fromTheStart).ConfigureAwait(false);
        }
        while (_mustHeal);

        await _outbox.DeliverAsync(_teller).ConfigureAwait(false);
        await _outbox.ReturnAsync(_teller, _closed.IsCancellationRequested ? long.MaxValue : Now()).ConfigureAwait(false);
        lock (_lock)
        {
            if (_mustHeal || _outbox.Pending > 0)
            {
                return TimeSpan.Zero;
            }

            if (_outage is { } outage)
            {
                _outage = null;
                OutageLog.Back(_log, _clock.GetElapsedTime(outage.Began));
            }

            if (_outbox.NextReturn is { } due)
            {
                return TimeSpan.FromMilliseconds(Math.Max(1, due - Now()));
            }

            _isWorking = false;
            return null;
        }
    }

    private long Now() => _clock.GetTimestamp() / (_clock.TimestampFrequency / 1000);
}
