using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Records;

/// <summary>Simulates requests one by one and prices each, with the cache and without it.</summary>
/// <param name="estimator">The prices.</param>
/// <param name="candidate">The model, its cache, and what else decides its prices; <see langword="null"/> to count tokens only.</param>
/// <param name="policy">The policy that is simulated where no model is named.</param>
internal sealed class SimulationRun(ICostEstimator estimator, WorkloadCandidate? candidate, CachePolicy policy)
{
    public CacheTotals Totals { get; private set; }

    /// <summary>The policy that was simulated; <see langword="null"/> for a model that has no cache.</summary>
    public CachePolicy? Cache { get; private set; } = policy;

    public string? Currency { get; private set; }

    /// <summary>The sum; <see langword="null"/> when nothing was priced.</summary>
    public decimal? Total { get; private set; }

    /// <summary>The sum if every prompt were plain input.</summary>
    public decimal? TotalWithoutCache { get; private set; }

    /// <summary>The one instant whose prices apply; <see langword="null"/> when each request has its own.</summary>
    public DateTimeOffset? At => candidate?.Context.At;

    /// <summary>Why something is not priced, each reason once.</summary>
    public List<string> Reasons { get; } = [];

    public IReadOnlyList<string> Assumptions { get; private set; } = [];

    public IReadOnlyList<string> Notes { get; private set; } = [];

    public void Simulate(IEnumerable<PromptRequest> requests)
    {
        if (candidate is null)
        {
            Count(requests);
        }
        else
        {
            Price(candidate, requests);
        }
    }

    /// <summary>Says of a request that cannot be sent which one it is.</summary>
    private static void Send(IEnumerable<PromptRequest> requests, Action<PromptRequest> send)
    {
        int number = 0;
        foreach (PromptRequest request in requests)
        {
            number++;
            try
            {
                send(request);
            }
            catch (ArgumentException error)
            {
                throw new CliException($"Request {number}: {ErrorText.Of(error)}");
            }
        }
    }

    private void Count(IEnumerable<PromptRequest> requests)
    {
        CacheSimulator simulator = new(Cache!);
        Send(requests, request =>
        {
            TokenUsage usage = simulator.Send(request, out MeteredQuantities meters);
            Totals = Totals.Add(usage, meters);
        });
        try
        {
            simulator.EnsureBreakpoints();
        }
        catch (InvalidOperationException error)
        {
            throw new CliException(error.Message);
        }

        Assumptions = simulator.Assumptions;
    }

    private void Price(WorkloadCandidate model, IEnumerable<PromptRequest> requests)
    {
        CandidateRun cached = new(estimator, model);
        CandidateRun plain = new(estimator, model with { Cache = null, UsesModelCache = false });
        Send(requests, request =>
        {
            TokenUsage usage = cached.Send(request);
            TokenUsage input = new() { Input = usage.TotalInput, Output = usage.Output, Reasoning = usage.Reasoning };
            plain.Add(new WorkloadCall { Usage = input }, request.IsRelative ? null : request.At);
        });
        CandidateCost cost;
        try
        {
            cost = cached.Finish(tasks: 1);
        }
        catch (ArgumentException error)
        {
            throw new CliException(ErrorText.Of(error));
        }

        CandidateCost without = plain.Finish(tasks: 1);
        Totals = cost.Totals;
        Cache = cost.Cache;
        Currency = cost.Total?.Currency ?? without.Total?.Currency;
        Total = cost.Total?.Amount;
        TotalWithoutCache = without.Total?.Amount;
        Reasons.AddRange(cost.Issues.Concat(without.Issues).Select(issue => CommandWords.Of(issue.Message)).Distinct());
        Assumptions = cost.Assumptions;
        Notes = cost.Notes;
    }
}
