using System.Runtime.CompilerServices;
using LlmCostModel.Budgets;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace LlmCostModel.Extensions.AI;

/// <summary>Takes a lease before every call, and settles it with the calls that were made under it: as the tracker inside counts them,
/// also where a stream is given up or a call fails.</summary>
internal sealed partial class BudgetChatClient(
    IChatClient inner, BudgetLedger ledger, BudgetQuestions questions, TimeProvider clock, ILogger log) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        messages = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        await using BudgetLease lease = await LeaseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        long begun = clock.GetTimestamp();
        using CostScope scope = CostScope.BeginKeepingCalls();
        try
        {
            return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await EndAsync(lease, scope, begun).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        messages = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        await using BudgetLease lease = await LeaseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        long begun = clock.GetTimestamp();
        CostScope scope = CostScope.BeginKeepingCalls();
        try
        {
            // The scope is around the first step of the stream, in which the call begins; what follows finds it by the call.
            await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(messages, options, cancellationToken)
                .ConfigureAwait(false))
            {
                yield return update;
            }
        }
        finally
        {
            scope.Dispose();
            await EndAsync(lease, scope, begun).ConfigureAwait(false);
        }
    }

    private async ValueTask<BudgetLease> LeaseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        BudgetLease lease = await ledger.ReserveAsync(questions.Ask(messages, options), cancellationToken).ConfigureAwait(false);
        if (!lease.WouldDeny.IsEmpty)
        {
            LogWouldDeny(log, string.Join(", ", lease.WouldDeny));
        }

        return lease.ThrowIfNotAcquired();
    }

    /// <summary>Nothing was called: it was refused, never sent, or answered from what is known. A call that was made is not broken by its
    /// budget: what fails is logged, and what is held stays held until its time is over.</summary>
    private async ValueTask EndAsync(BudgetLease lease, CostScope scope, long begun)
    {
        BudgetSettlement settled;
        try
        {
            PricedCall[] calls = [.. scope.KeptCalls().Select(cost => cost.Priced)];
            if (calls.Length == 0)
            {
                await lease.ReleaseAsync().ConfigureAwait(false);
                return;
            }

            settled = await lease.SettleAsync(calls, clock.GetElapsedTime(begun)).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            LogNotSettled(log, failure, lease.Id);
            return;
        }

        try
        {
            questions.OnSettled?.Invoke(lease.Request, settled);
        }
        catch (Exception failure)
        {
            LogObserverFailed(log, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The budgets {Budgets} only observe, and would have denied a call.")]
    private static partial void LogWouldDeny(ILogger logger, string budgets);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The call of the lease {Lease} was made and could not be counted in its budgets. What it holds stays held until its "
            + "time is over.")]
    private static partial void LogNotSettled(ILogger logger, Exception exception, string lease);

    [LoggerMessage(Level = LogLevel.Error, Message = "OnSettled of UseBudget failed. The call was counted.")]
    private static partial void LogObserverFailed(ILogger logger, Exception exception);
}
