namespace LlmCostModel;

/// <summary>Is told of every call behind the backs of the calls: for databases and services. Register one with <see
/// cref="CostObserverServiceCollectionExtensions.AddAsyncCostObserver{TObserver}"/>, or put it into a <see
/// cref="BackgroundCostObserver"/>.</summary>
public interface IAsyncCostObserver
{
    /// <summary>Takes what one call cost. Calls come one after the other, in their order.</summary>
    /// <param name="cost">The cost; also of calls that could not be priced.</param>
    /// <param name="cancellationToken">Ends when nobody waits for the observer any more.</param>
    /// <returns>A task that ends when the cost was taken. What it throws is counted and logged, and the next call comes.</returns>
    ValueTask OnCallCompletedAsync(CallCost cost, CancellationToken cancellationToken);
}
