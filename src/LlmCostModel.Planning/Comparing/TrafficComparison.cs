namespace LlmCostModel.Planning;

/// <summary>Simulates traffic at every candidate: the same conversations, each role with its own model and its own cache.</summary>
public static class TrafficComparison
{
    /// <summary>Draws the conversations once and prices each request at every candidate.</summary>
    /// <param name="estimator">The prices.</param>
    /// <param name="traffic">The conversations.</param>
    /// <param name="candidates">Where they could run. A request has the prices of its instant, unless the candidate states another.</param>
    /// <returns>The results: wholly priced ones first, the cheapest before the others; equal ones in the order given.</returns>
    /// <exception cref="ArgumentException">A candidate has no model for a role, or no conversation was drawn: the traffic is that
    /// small.</exception>
    /// <exception cref="InvalidOperationException">The prices are in several currencies, which have no order.</exception>
    /// <exception cref="OverflowException">A count or a sum does not fit.</exception>
    public static IReadOnlyList<TrafficCost> Compare(
        ICostEstimator estimator,
        ConversationTraffic traffic,
        params TrafficCandidate[] candidates) => Compare(estimator, traffic, (IEnumerable<TrafficCandidate>)candidates);

    /// <inheritdoc cref="Compare(ICostEstimator, ConversationTraffic, TrafficCandidate[])"/>
    public static IReadOnlyList<TrafficCost> Compare(
        ICostEstimator estimator,
        ConversationTraffic traffic,
        IEnumerable<TrafficCandidate> candidates)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(traffic);
        ArgumentNullException.ThrowIfNull(candidates);
        TrafficRun[] runs = [.. candidates.Select(candidate => new TrafficRun(estimator, traffic, candidate))];
        long conversations = 0;
        foreach (TrafficRequest request in traffic.CreateRequests())
        {
            conversations = Math.Max(conversations, request.Conversation + 1);
            foreach (TrafficRun run in runs)
            {
                run.Send(request);
            }
        }

        if (conversations == 0)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"No conversation was drawn in {traffic.SampledWeeks} weeks: the traffic has too few, or none in the ")
                    + "weeks from its start on.",
                nameof(traffic));
        }

        TrafficCost[] costs =
        [
            .. runs.Select(run => run.Finish(conversations)).OrderByDescending(cost => cost.Status).ThenBy(cost => cost.Sampled?.Amount
                ?? 0),
        ];
        string[] currencies = [.. costs.Select(cost => cost.Sampled?.Currency).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
        if (currencies.Length > 1)
        {
            throw new InvalidOperationException(
                $"Cannot rank prices in several currencies ({string.Join(", ", currencies)}). Compare the candidates of one currency.");
        }

        decimal cheapest = costs is [{ Status: CostStatus.Priced } first, ..] ? first.Sampled!.Value.Amount : 0;
        return [.. costs.Select(cost => cost with { Ratio = RatioOf(cost, cheapest) })];
    }

    private static decimal? RatioOf(TrafficCost cost, decimal cheapest) =>
        cost.Status == CostStatus.Priced && cheapest > 0 ? cost.Sampled!.Value.Amount / cheapest : null;
}
