
namespace LlmCostModel.Planning;

/// <summary>Prices one workload at many candidates: the ratio on your traffic, not that of two price lists.</summary>
public static class WorkloadComparison
{
    /// <summary>Prices the workload at every candidate, call by call.</summary>
    /// <param name="estimator">The prices.</param>
    /// <param name="workload">What is to be done.</param>
    /// <param name="candidates">Where it could be done.</param>
    /// <returns>The results: wholly priced ones first, the cheapest before the others, then partly priced, then unpriced ones; equal ones
    /// in the order given.</returns>
    /// <exception cref="ArgumentException">A candidate has a cache but the workload has no requests to simulate.</exception>
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
        if (workload.Requests.IsEmpty && candidate.Cache is not null)
        {
            throw new ArgumentException(
                $"'{candidate.Label ?? candidate.Model}' has a cache policy, but the workload has only calls, whose cache reads are "
                    + $"fixed. Give requests, or leave the policy out.", nameof(candidate));
        }

        Dictionary<string, CostIssue> issues = [];
        CacheTotals totals = default;
        Rational exact = Rational.Zero;
        bool pricedAnything = false;
        string? currency = null;
        bool complete = true;
        foreach ((TokenUsage usage, long count) in UsageOf(workload, candidate))
        {
            CostEstimate estimate = estimator.Estimate(candidate.Model, in usage, candidate.Context);
            totals = totals.Add(usage, count);
            currency ??= estimate.Total?.Currency;
            complete &= estimate.Status == CostStatus.Priced;
            if (estimate.Status != CostStatus.Priced)
            {
                foreach (CostIssue issue in estimate.Issues)
                {
                    issues.TryAdd(issue.Message, issue);
                }
            }

            if (estimate.Total?.Amount is { } amount)
            {
                exact += Rational.From(amount) * Rational.From(count);
                pricedAnything = true;
            }
        }

        decimal? sum = pricedAnything ? exact.ToDecimal(out _) : null;

        decimal solved = workload.Tasks * (candidate.Quality ?? 0);
        return new()
        {
            Candidate = candidate,
            Status = complete ? CostStatus.Priced : sum is null ? CostStatus.Unpriced : CostStatus.Partial,
            Issues = [.. issues.Values],
            Totals = totals,
            Total = sum is { } amountOfAll ? new Money(amountOfAll, currency!) : null,
            AmountPerSolved = complete && solved > 0 ? (exact / Rational.From(solved)).ToDecimal(out _) : null,
        };
    }

    private static IEnumerable<(TokenUsage Usage, long Count)> UsageOf(Workload workload, WorkloadCandidate candidate)
    {
        if (workload.Requests.IsEmpty)
        {
            return workload.Calls.Select(call => (Scaled(call.Usage, candidate), call.Count));
        }

        // Without a cache nothing is ever stored: a minimum that no prompt reaches.
        CacheSimulator simulator = new(candidate.Cache ?? new EntryCachePolicy { MinimumTokens = long.MaxValue });
        return workload.Requests.Select(request => (simulator.Send(Scaled(request, candidate)), 1L));
    }

    private static TokenUsage Scaled(TokenUsage usage, WorkloadCandidate candidate)
    {
        if (candidate.TokenRatio == 1 && candidate.ReasoningRatio == 1)
        {
            return usage;
        }

        foreach (TokenBucketInfo row in TokenBuckets.All.Where(row => row.Modality == TokenModality.Text))
        {
            decimal ratio = row.Bucket == TokenBucket.Reasoning ? candidate.TokenRatio * candidate.ReasoningRatio : candidate.TokenRatio;
            usage = usage.With(row.Bucket, Scale(usage[row.Bucket], ratio));
        }

        return usage;
    }

    private static PromptRequest Scaled(PromptRequest request, WorkloadCandidate candidate)
    {
        if (candidate.TokenRatio == 1 && candidate.ReasoningRatio == 1)
        {
            return request;
        }

        return request with
        {
            Prompt = candidate.TokenRatio == 1
                ? request.Prompt
                : [.. request.Prompt.Select(segment => segment with { Tokens = Scale(segment.Tokens, candidate.TokenRatio) })],
            OutputTokens = Scale(request.OutputTokens, candidate.TokenRatio),
            ReasoningTokens = Scale(request.ReasoningTokens, candidate.TokenRatio * candidate.ReasoningRatio),
        };
    }

    private static long Scale(long tokens, decimal ratio) => checked((long)decimal.Round(tokens * ratio));
}
