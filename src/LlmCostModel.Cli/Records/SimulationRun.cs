using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Records;

/// <summary>Simulates requests one by one and prices each, with the cache and without it.</summary>
internal sealed class SimulationRun(ICostEstimator estimator, string? model, CallContext context, bool useRequestInstants)
{
    private readonly HashSet<string> _seen = [];

    public CacheTotals Totals { get; private set; }

    public string? Currency { get; private set; }

    /// <summary>The sum; <see langword="null"/> when nothing was priced.</summary>
    public decimal? Total { get; private set; }

    /// <summary>The sum if every prompt were plain input.</summary>
    public decimal? TotalWithoutCache { get; private set; }

    /// <summary>Why something is not priced, each reason once.</summary>
    public List<string> Reasons { get; } = [];

    public void Simulate(CachePolicy policy, IEnumerable<PromptRequest> requests)
    {
        CacheSimulator simulator = new(policy);
        int number = 0;
        foreach (PromptRequest request in requests)
        {
            number++;
            TokenUsage usage;
            try
            {
                usage = simulator.Send(request);
            }
            catch (ArgumentException error)
            {
                throw new CliException($"Request {number}: {error.Message}");
            }

            Totals = Totals.Add(usage);
            if (model is not null)
            {
                CallContext call = useRequestInstants ? context with { At = request.At } : context;
                Total = Add(Total, usage, call);
                TotalWithoutCache = Add(
                    TotalWithoutCache,
                    new()
                    {
                        Input = usage.TotalInput,
                        Output = usage.Output,
                        Reasoning = usage.Reasoning,
                    },
                    call);
            }
        }
    }

    private decimal? Add(decimal? sum, TokenUsage usage, CallContext call)
    {
        CostEstimate estimate = estimator.Estimate(model!, in usage, in call);
        if (estimate.Status != CostStatus.Priced)
        {
            Reasons.AddRange(estimate.Issues.Select(issue => CommandWords.Of(issue.Message)).Where(_seen.Add));
        }

        if (estimate.Total is not { } cost)
        {
            return sum;
        }

        Currency ??= cost.Currency;
        return (sum is null ? cost : new Money(sum.Value, Currency) + cost).Amount;
    }
}
