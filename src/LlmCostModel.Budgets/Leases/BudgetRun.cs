using System.Collections.Immutable;
using LlmCostModel.Budgets.Runs;

namespace LlmCostModel.Budgets;

/// <summary>One piece of work with limits of its own, such as a job, or an agent and the agents that it starts. A call counts in its run,
/// in every run above that and in the budgets of the ledger, at one instant: in all of them or in none.</summary>
/// <remarks>
/// <para>A run that another one starts has what that has left; with a limit of its own, the smaller of both. What is left, the store knows:
/// a run goes on in another process by its <see cref="Token"/>. That it was stopped or is complete, only the process knows in which that
/// happened.</para>
/// <para>It stops when it asks for a call and nothing is left of a limit, when its time is over, when a run above it stops, and when it is
/// stopped or disposed of. A call for which there is no room stops nothing while there is room for a smaller one, or while other calls
/// hold the rest. Then every call is denied (<see cref="DenialReason.RunStopped"/>); those that are under way are counted when they
/// end.</para>
/// <para>The type is thread-safe.</para>
/// </remarks>
public sealed class BudgetRun : IDisposable
{
    /// <summary>How many runs can be one above the other.</summary>
    internal const int MostDeep = 16;

    private readonly BudgetLedger _ledger;

    private BudgetRun(BudgetLedger ledger, Run run) => (_ledger, Run) = (ledger, run);

    /// <summary>Gets the run that is entered; <see langword="null"/> outside of any.</summary>
    public static BudgetRun? Current => RunScope.Current?.Run;

    /// <summary>Gets what people know the run by.</summary>
    public string Id => Run.Plan.Id;

    /// <summary>Gets when it began, to the millisecond.</summary>
    public DateTimeOffset StartedAt => Run.Plan.StartedAt;

    /// <summary>Gets when it ends at the latest.</summary>
    public DateTimeOffset EndsAt => Run.Plan.EndsAt;

    /// <summary>Gets the run as text, for <see cref="BudgetLedger.JoinRun"/> in another process: its id, limits and times, and those of the
    /// runs above it. It holds no secret and is not signed: who has it can spend what the run has left.</summary>
    /// <value>Letters, digits, <c>-</c> and <c>_</c>.</value>
    public string Token => RunToken.Write(Run.Chain.Reverse().Select(run => run.Plan));

    /// <summary>Gets what is canceled when the run, or one above it, has spent <see cref="BudgetRunOptions.WrapUpAt"/> of a limit, or when
    /// that share of its time is over, and at the latest when it stops: finish with what you have. Calls are admitted on.</summary>
    public CancellationToken WrapUp => Run.WrapUp;

    /// <summary>Gets what is canceled when the run stops.</summary>
    public CancellationToken Stopped => Run.Stopped;

    /// <summary>Gets why it has stopped; <see langword="null"/> while it goes on.</summary>
    public BudgetRunStop? Stop => Run.Look();

    internal Run Run { get; }

    /// <summary>Lets the calls of the running operation count in this run, also those of tasks that it starts: of <c>UseBudget</c>, of the
    /// HTTP handler, and whatever else asks or tells the same ledger.</summary>
    /// <returns>What to dispose of where the operation ends; the run goes on.</returns>
    public IDisposable Enter() => new RunScope(this);

    /// <summary>Starts a run below this one, such as an agent that an agent starts. Dispose of it where its work ends.</summary>
    /// <param name="options">What it may spend; <see langword="null"/> for what this run has left. It does not end later than this
    /// run.</param>
    /// <returns>The run; of one that has stopped, one that has stopped.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">15 runs are above this one.</exception>
    public BudgetRun StartChild(BudgetRunOptions? options = null)
    {
        int above = Run.Chain.Count();
        return above < MostDeep
            ? Start(_ledger, RunPlan.Of(options ?? new(), Run.Plan, _ledger.Runs, _ledger.Clock.GetUtcNow()), Run)
            : throw new InvalidOperationException(
                $"The run '{Id}' is the last of {above} runs one above the other, and more cannot be. Does an agent start itself?");
    }

    /// <summary>Asks whether a call of this run may be made, whichever run is entered.</summary>
    /// <inheritdoc cref="BudgetLedger.ReserveAsync(BudgetRequest, CancellationToken)"/>
    public ValueTask<BudgetLease> ReserveAsync(BudgetRequest request, CancellationToken cancellationToken = default) =>
        _ledger.ReserveAsync(request, Run, cancellationToken);

    /// <summary>Reads what the run has.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>For each unit that it or a run above it has a limit of: what it has spent and holds, with the runs below it; as limit, what
    /// it can spend in all with what the runs above it leave it.</returns>
    /// <exception cref="BudgetStoreException">The store does not answer.</exception>
    public ValueTask<ImmutableArray<BudgetStatus>> GetStatusAsync(CancellationToken cancellationToken = default) =>
        _ledger.GetStatusAsync(Run, cancellationToken);

    /// <summary>Stops the run and those below it (<see cref="BudgetRunStopReason.Canceled"/>), unless it has stopped.</summary>
    public void Cancel() => Run.End(BudgetRunStopReason.Canceled);

    /// <summary>Ends the run and those below it (<see cref="BudgetRunStopReason.Completed"/>), unless it has stopped.</summary>
    public void Dispose() => Run.Dispose();

    internal static BudgetRun Start(BudgetLedger ledger, RunPlan plan, Run? parent)
    {
        Run run = new(plan, parent, ledger.Runs, ledger.Clock);
        run.Watch();
        return new(ledger, run);
    }

    internal static BudgetRun Join(BudgetLedger ledger, ImmutableArray<RunPlan> plans)
    {
        Run? parent = null;
        foreach (RunPlan plan in plans.SkipLast(1))
        {
            parent = new(plan, parent, ledger.Runs, ledger.Clock); // nobody holds it, so the last one looks at its time
        }

        return Start(ledger, plans[^1], parent);
    }

    /// <summary>The innermost run that is entered and counts in a ledger.</summary>
    internal static BudgetRun? CurrentOf(BudgetLedger ledger)
    {
        RunScope? scope = RunScope.Current;
        while (scope is not null && scope.Run._ledger != ledger)
        {
            scope = scope.Outer;
        }

        return scope?.Run;
    }
}
