
namespace LlmCostModel.Planning;

/// <summary>Prices one workload at many candidates: the ratio on your traffic, not that of two price lists.</summary>
public static class WorkloadComparison
{
    /// <summary>Prices the workload at every candidate, call by call.</summary>
    /// <remarks>A request has the prices of its own instant, unless the candidate's context states one or it <see
    /// cref="PromptRequest.IsRelative">has none</see>; calls have none. What has no instant has the prices of now.</remarks>
    /// <param name="estimator">The prices.</param>
    /// <param name="workload">What is to be done.</param>
    /// <param name="candidates">Where it could be done.</param>
    /// <returns>The results: wholly priced ones first, the cheapest before the others, then partly priced, then unpriced ones; equal ones
    /// in the order given.</returns>
    /// <exception cref="ArgumentException">A candidate has a cache but the workload has no requests to simulate, or none of them has the
    /// breakpoints that the cache needs; or the cache of its model is asked for and not known.</exception>
    /// <exception cref="InvalidOperationException">The prices are in several currencies, which have no order.</exception>
    /// <exception cref="OverflowException">A count or a sum does not fit.</exception>
    public static IReadOnlyList<CandidateCost> Compare(
        ICostEstimator estimator,
        Workload workload,
        params WorkloadCandidate[] candidates) => Compare(estimator, workload, (IEnumerable<WorkloadCandidate>)candidates);

    /// <inheritdoc cref="Compare(ICostEstimator, Workload, WorkloadCandidate[])"/>
    public static IReadOnlyList<CandidateCost> Compare(
        ICostEstimator estimator,
        Workload workload,
        IEnumerable<WorkloadCandidate> candidates)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(workload);
        ArgumentNullException.ThrowIfNull(candidates);
        CandidateCost[] costs =
        [
            .. candidates
                .Select(candidate => Price(estimator, workload, candidate))
                .OrderByDescending(cost => cost.Status)
                .ThenBy(cost => cost.Total?.Amount ?? 0),
        ];
        string[] currencies = [.. costs.Select(cost => cost.Total?.Currency).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
        if (currencies.Length > 1)
        {
            throw new InvalidOperationException(
                $"Cannot rank prices in several currencies ({string.Join(", ", currencies)}). Compare the candidates of one currency.");
        }

        decimal cheapest = costs is [{ Status: CostStatus.Priced } first, ..] ? first.Total!.Value.Amount : 0;
        HashSet<int> frontier =
        [
            .. ParetoFrontier.Find(
                Enumerable.Range(0, costs.Length).Where(i => costs[i].Status == CostStatus.Priced
                    && costs[i].Candidate.Quality is not null),
                i => costs[i].Total!.Value.Amount,
                i => costs[i].Candidate.Quality!.Value),
        ];
        return [.. costs.Select((cost, i) => cost with { Ratio = RatioOf(cost, cheapest), OnFrontier = frontier.Contains(i) })];
    }

    private static decimal? RatioOf(CandidateCost cost, decimal cheapest) =>
        cost.Status == CostStatus.Priced && cheapest > 0 ? cost.Total!.Value.Amount / cheapest : null;

    private static CandidateCost Price(ICostEstimator estimator, Workload workload, WorkloadCandidate candidate)
    {
        if (workload.Requests.IsEmpty && (candidate.Cache is not null || candidate.UsesModelCache))
        {
            throw new ArgumentException(
                $"'{candidate.Label ?? candidate.Model}' has a cache policy, but the workload has only calls, whose cache reads are "
                    + $"fixed. Give requests, or leave the policy out.", nameof(candidate));
        }

        CandidateRun run = new(estimator, candidate);
        foreach (PromptRequest request in workload.Requests)
        {
            run.Send(request);
        }

        foreach (WorkloadCall call in workload.Calls)
        {
            run.Add(call);
        }

        return run.Finish(workload.Tasks);
    }
}
