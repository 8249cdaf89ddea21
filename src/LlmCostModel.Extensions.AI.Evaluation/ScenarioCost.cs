using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI.Evaluation;

/// <summary>What the calls of a scenario cost and consumed together.</summary>
internal sealed class ScenarioCost
{
    private ScenarioCost(IReadOnlyList<PricedCall> calls)
    {
        Calls = calls;
        foreach (PricedCall call in calls)
        {
            IsPriced &= call.Status == CostStatus.Priced;
            foreach (Money amount in call.Totals)
            {
                int place = Amounts.FindIndex(one => one.Currency == amount.Currency);
                if (place < 0)
                {
                    Amounts.Add(amount);
                }
                else
                {
                    Amounts[place] += amount;
                }
            }

            foreach (PricedPart part in call.Parts)
            {
                Usage = Usage is { } sum && part.Usage is { } usage ? sum + usage : null;
            }
        }

        IsCounted = calls.All(call => call.Call.Reading.Status != UsageStatus.Partial);
    }

    public IReadOnlyList<PricedCall> Calls { get; }

    /// <summary>Whether all that the calls cost is in <see cref="Amounts"/>.</summary>
    public bool IsPriced { get; } = true;

    /// <summary>Whether the counts are all that was consumed.</summary>
    public bool IsCounted { get; }

    /// <summary>The sum of each currency; of what is not wholly priced a lower bound.</summary>
    public List<Money> Amounts { get; } = [];

    /// <summary>What was consumed; <see langword="null"/> when that is not known of all calls.</summary>
    public TokenUsage? Usage { get; } = default(TokenUsage);

    /// <summary>What is not priced, and why, each once.</summary>
    public IEnumerable<string> Issues =>
        Calls.SelectMany(call => call.Issues).Select(issue => issue.Message).Distinct(StringComparer.Ordinal);

    public IEnumerable<string> Notes => Calls.SelectMany(call => call.Notes).Distinct(StringComparer.Ordinal);

    public string Text => Amounts.Count == 0 ? "not known" : (IsPriced ? "" : "at least ") + string.Join(" + ", Amounts);

    /// <summary>The calls that the caller gives, those that were tracked, or the response itself, as one call.</summary>
    public static ScenarioCost Of(ChatResponse response, CostEvaluatorContext? given, ICostEstimator estimator, in CallContext context)
    {
        IReadOnlyList<CallCost> tracked = given?.Calls ?? response.GetCallCosts();
        return new(given is null && tracked.Count == 0
            ? [estimator.Price(response, context)]
            : [.. tracked.Select(call => call.Priced)]);
    }
}
