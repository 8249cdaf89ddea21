namespace LlmCostModel.Logs;

/// <summary>By what lines are priced and added up.</summary>
/// <param name="Estimator">Has the prices.</param>
/// <param name="Summary">What they are added to, in the end.</param>
/// <param name="Asked">What is known of every call.</param>
/// <param name="Now">The instant of calls that state none.</param>
internal sealed record LineTerms(CostEstimator Estimator, LogSummary Summary, CallContext Asked, DateTimeOffset Now)
{
    /// <summary>The instants between which calls count.</summary>
    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    /// <summary>Whether calls are told apart by their ids.</summary>
    public bool Merges { get; init; }

    public bool IsWithin(DateTimeOffset? at) => (From is null || at >= From) && (To is null || at < To);
}
