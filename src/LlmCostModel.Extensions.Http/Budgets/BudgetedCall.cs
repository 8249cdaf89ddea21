using LlmCostModel.Budgets;
using Microsoft.Extensions.Logging;

namespace LlmCostModel;

/// <summary>A request and its lease: counts what it cost when its answer ends, or gives back what was held.</summary>
/// <param name="ledger">The budgets.</param>
/// <param name="questions">Makes tags, and hears how calls were counted.</param>
/// <param name="lease">The lease; <see langword="null"/> for a request that fetches the answer of a call that was made before.</param>
/// <param name="clock">Measures how long it takes.</param>
/// <param name="log">Hears of what fails.</param>
internal sealed partial class BudgetedCall(
    BudgetLedger ledger, HttpBudgetQuestions questions, BudgetLease? lease, TimeProvider clock, ILogger log) : ICallWitness
{
    private readonly long _begun = clock.GetTimestamp();
    private readonly List<CallCost> _calls = [];
    private int _isWatched;
    private int _isOver;

    /// <summary>Whether somebody will say when it is over.</summary>
    internal bool IsWatched => Volatile.Read(ref _isWatched) != 0;

    public bool TryBegin() => Interlocked.Exchange(ref _isWatched, 1) == 0;

    public void Told(CallCost cost)
    {
        lock (_calls)
        {
            _calls.Add(cost);
        }
    }

    public void Over()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            _ = EndAsync(); // an answer does not wait until it is counted
        }
    }

    /// <summary>A call that was made is not broken by its budget: what fails is logged, and what is held stays held until its time is
    /// over.</summary>
    private async Task EndAsync()
    {
        CallCost[] calls;
        lock (_calls)
        {
            calls = [.. _calls];
        }

        try
        {
            if (lease is null)
            {
                await RecordAsync(calls).ConfigureAwait(false);
            }
            else if (calls.Length == 0)
            {
                await lease.ReleaseAsync().ConfigureAwait(false);
            }
            else
            {
                TimeSpan took = clock.GetElapsedTime(_begun);
                Tell(lease.Request, await lease.SettleAsync([.. calls.Select(cost => cost.Priced)], took).ConfigureAwait(false));
            }
        }
        catch (Exception failure)
        {
            LogNotSettled(log, failure, lease?.Id ?? calls.FirstOrDefault()?.Priced.Call.Identity.Id ?? "none");
        }
    }

    /// <summary>The work was asked for by a request whose lease ended without a cost.</summary>
    private async ValueTask RecordAsync(CallCost[] calls)
    {
        foreach (CallCost cost in calls)
        {
            Dictionary<string, string> tags = questions.Tags(cost.RequestedModel ?? cost.ResponseModel, cost.Priced.Context);
            foreach ((string name, string value) in cost.Tags)
            {
                tags[name] = value;
            }

            BudgetRequest request = new() { Tags = tags };
            Tell(request, await ledger.RecordAsync(cost.Priced, tags).ConfigureAwait(false));
        }
    }

    private void Tell(BudgetRequest request, BudgetSettlement settled)
    {
        try
        {
            questions.OnSettled?.Invoke(request, settled);
        }
        catch (Exception failure)
        {
            LogObserverFailed(log, failure);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The call of the lease {Lease} was made and could not be counted in its budgets. What it holds stays held until its "
            + "time is over.")]
    private static partial void LogNotSettled(ILogger logger, Exception exception, string lease);

    [LoggerMessage(Level = LogLevel.Error, Message = "OnSettled of a BudgetHandler failed. The call was counted.")]
    private static partial void LogObserverFailed(ILogger logger, Exception exception);
}
