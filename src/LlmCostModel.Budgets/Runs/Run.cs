using System.Collections.Immutable;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Runs;

/// <summary>A run as this process sees it: its limits, its time, and whether it goes on. What it has spent, the store knows.</summary>
internal sealed class Run : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly HashSet<Run> _children = [];
    private readonly CancellationTokenSource _wrapUp = new();
    private readonly CancellationTokenSource _stopped = new();
    private volatile BudgetRunStop? _stop;
    private BudgetRunStop? _first; // of the run above that stopped, and this one with it; else the same
    private ITimer? _timer;

    internal Run(RunPlan plan, Run? parent, RunRules rules, TimeProvider clock)
    {
        (Plan, Parent, _clock) = (plan, parent, clock);
        Limits = RunLimits.Of(plan, parent?.Limits ?? [], rules);
        (WrapUp, Stopped) = (_wrapUp.Token, _stopped.Token);
        parent?.Adopt(this);
    }

    internal RunPlan Plan { get; }

    internal Run? Parent { get; }

    /// <summary>What it counts: what it has limits of, and what the runs above it do.</summary>
    internal ImmutableArray<RunLimit> Limits { get; }

    internal CancellationToken WrapUp { get; }

    internal CancellationToken Stopped { get; }

    internal BudgetRunStop? Stop => _stop;

    /// <summary>The run and those above it, up to the first one.</summary>
    internal IEnumerable<Run> Chain
    {
        get
        {
            for (Run? run = this; run is not null; run = run.Parent)
            {
                yield return run;
            }
        }
    }

    /// <summary>Looks at the clock from now on, until it has stopped.</summary>
    internal void Watch()
    {
        Look();
        lock (_lock)
        {
            if (_stop is null)
            {
                // The timer outlives its caller.
                using AsyncFlowControl _ = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
                _timer = _clock.CreateTimer(run => ((Run)run!).LookAgain(), this, Next(), Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Whether it has stopped, by the clock of now.</summary>
    internal BudgetRunStop? Look()
    {
        DateTimeOffset now = _clock.GetUtcNow();
        foreach (Run run in Chain.Reverse())
        {
            if (run.Plan.EndsAt <= now)
            {
                run.End(BudgetRunStopReason.OutOfTime);
            }
            else if (run.Plan.WrapsUpAt <= now)
            {
                run.TellToWrapUp();
            }
        }

        return _stop;
    }

    /// <summary>The store said what is spent and held of a limit.</summary>
    internal void See(RunLimit limit, in AccountState state, in StoreStamp answered)
    {
        if (limit.See(in state, in answered))
        {
            TellToWrapUp();
        }
    }

    /// <summary>A limit had no room for a call. It stops the run when nothing is left: else there is room for a smaller call.</summary>
    internal void Refuse(RunLimit limit, in AccountState state, in StoreStamp answered)
    {
        See(limit, in state, in answered);
        if (limit.IsReached(state.Settled))
        {
            End(RunStops.Of(Plan, limit.Budget, state.Settled, _clock.GetUtcNow()));
        }
    }

    internal void End(BudgetRunStopReason reason) => End(RunStops.Of(Plan, reason, _clock.GetUtcNow()));

    /// <summary>Its work is done.</summary>
    public void Dispose() => End(BudgetRunStopReason.Completed);

    private void End(BudgetRunStop stop, BudgetRunStop? first = null)
    {
        first ??= stop;
        Run[] children;
        lock (_lock)
        {
            if (_stop is not null)
            {
                return;
            }

            (_stop, _first) = (stop, first);
            children = [.. _children];
            _children.Clear();
            _timer?.Dispose();
        }

        _ = _stopped.CancelAsync(); // who listens neither delays nor breaks the call that brought it about
        _ = _wrapUp.CancelAsync();
        Parent?.Leave(this);
        foreach (Run child in children)
        {
            child.End(RunStops.Of(child.Plan, first), first);
        }
    }

    private void TellToWrapUp()
    {
        if (_wrapUp.IsCancellationRequested)
        {
            return;
        }

        Run[] children;
        lock (_lock)
        {
            _ = _wrapUp.CancelAsync();
            children = [.. _children];
        }

        foreach (Run child in children)
        {
            child.TellToWrapUp();
        }
    }

    private void Adopt(Run child)
    {
        BudgetRunStop? first;
        bool wrapsUp;
        lock (_lock)
        {
            (first, wrapsUp) = (_first, _wrapUp.IsCancellationRequested);
            if (first is null)
            {
                _children.Add(child);
            }
        }

        if (first is not null)
        {
            child.End(RunStops.Of(child.Plan, first), first);
        }
        else if (wrapsUp)
        {
            child.TellToWrapUp();
        }
    }

    private void Leave(Run child)
    {
        lock (_lock)
        {
            _children.Remove(child);
        }
    }

    private void LookAgain()
    {
        Look();
        lock (_lock)
        {
            if (_stop is null)
            {
                _timer!.Change(Next(), Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>How long it is until a run of the chain wraps up or ends: a millisecond at least, as clocks and timers do not
    /// agree.</summary>
    private TimeSpan Next()
    {
        DateTimeOffset next = Chain.Min(run => run.WrapUp.IsCancellationRequested ? run.Plan.EndsAt : run.Plan.WrapsUpAt);
        TimeSpan left = next - _clock.GetUtcNow(), least = TimeSpan.FromMilliseconds(1);
        return left > least ? left : least;
    }
}
