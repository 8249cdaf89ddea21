namespace LlmCostModel;

/// <summary>Is notified of every call: for ledgers, budgets and dashboards. Register implementations as services, or add them to <see
/// cref="CostTrackingOptions.Observers"/>.</summary>
public interface ICostObserver
{
    /// <summary>Takes what one call cost. It runs where the call was made and is waited for, so it should only put the cost
    /// aside.</summary>
    /// <remarks>Calls run at the same time, so implementations have to be thread-safe. What it throws is logged and does not break the
    /// call.</remarks>
    /// <param name="cost">The cost; also of calls that could not be priced.</param>
    void OnCallCompleted(CallCost cost);
}
