namespace LlmCostModel.Catalog;

/// <summary>Tables and pages keep the prices of models that were retired: they are compared with those of the last moment.</summary>
internal static class LastServed
{
    /// <summary>The instant itself, or the last one before the model was retired.</summary>
    /// <param name="estimator">The estimator.</param>
    /// <param name="id">The id of the model.</param>
    /// <param name="provider">The provider.</param>
    /// <param name="at">The instant.</param>
    internal static DateTimeOffset Find(ICostEstimator estimator, string id, string provider, DateTimeOffset at)
    {
        CallContext context = new() { Provider = provider, At = at };
        if (!IsRetired(estimator.Estimate(id, default, in context)))
        {
            return at;
        }

        ModelResolution found = estimator.Explain(id, default, in context).Resolution!;
        return estimator.RateCards.Where(card => card.Name == found.RateCard)
            .SelectMany(card => card.Lifecycle)
            .SelectMany(life => life.Events)
            .Where(one => one.Retired && one.From <= at)
            .Select(one => one.From.AddTicks(-1))
            .OrderDescending()
            .FirstOrDefault(last => !IsRetired(estimator.Estimate(id, default, new CallContext { Provider = provider, At = last })), at);
    }

    private static bool IsRetired(CostEstimate estimate) => estimate.Issues is [{ Kind: CostIssueKind.Retired }];
}
