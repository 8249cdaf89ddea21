using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;

namespace LlmCostModel.Extensions.AI.Evaluation;

/// <summary>Puts what a scenario costs, its tokens, cache hits and calls beside its quality in the reports of
/// Microsoft.Extensions.AI.Evaluation. It asks no model.</summary>
/// <remarks>
/// <para>The calls are those of a <see cref="CostEvaluatorContext"/>, else those that a tracked client made for the response, else the
/// response itself: one that the evaluation's own cache replays is priced as the call that it once was, so that a report does not depend
/// on the cache.</para>
/// <para>A metric is a <see cref="double"/> by the API; the exact amount stands in its reason and metadata. What is not known has no
/// value, a diagnostic that says why, and is never 0. Thread-safe.</para>
/// </remarks>
public sealed class CostEvaluator : IEvaluator
{
    /// <summary>The metric of what the scenario cost, in the currency that its reason names.</summary>
    public const string CostMetricName = "Cost";

    /// <summary>The metric of how many calls were made.</summary>
    public const string CallsMetricName = "Model Calls";

    /// <summary>The metric of the tokens of the input, fresh, cached and written to a cache.</summary>
    public const string InputTokensMetricName = "Input Tokens";

    /// <summary>The metric of the tokens of the output, with reasoning.</summary>
    public const string OutputTokensMetricName = "Output Tokens";

    /// <summary>The metric of the part of the input that was read from a cache, from 0 to 1.</summary>
    public const string CacheHitsMetricName = "Cache Hit Rate";

    private const string AllDigits = "0.############################";

    private readonly ICostEstimator _estimator;
    private readonly Money? _most;
    private readonly CallContext _context;

    /// <summary>Makes an evaluator.</summary>
    /// <param name="estimator">Prices responses that no tracked client made.</param>
    /// <param name="options">How to price and judge; <see langword="null"/> for the defaults. Read once.</param>
    public CostEvaluator(ICostEstimator estimator, CostEvaluatorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        (_estimator, _most, _context) = (estimator, options?.MaximumCost, options?.Context ?? default);
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> EvaluationMetricNames { get; } =
        [CostMetricName, CallsMetricName, InputTokensMetricName, OutputTokensMetricName, CacheHitsMetricName];

    /// <inheritdoc/>
    public ValueTask<EvaluationResult> EvaluateAsync(
        IEnumerable<ChatMessage> messages,
        ChatResponse modelResponse,
        ChatConfiguration? chatConfiguration = null,
        IEnumerable<EvaluationContext>? additionalContext = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(modelResponse);
        CostEvaluatorContext? given = additionalContext?.OfType<CostEvaluatorContext>().FirstOrDefault();
        ScenarioCost cost;
        try
        {
            cost = ScenarioCost.Of(modelResponse, given, _estimator, in _context);
        }
        catch (Exception exception) when (exception is UnpricedException or OverflowException)
        {
            return new(new EvaluationResult(EvaluationMetricNames.Select(name => (EvaluationMetric)Unknown(name, exception.Message))));
        }

        NumericMetric[] metrics =
        [
            CostOf(cost),
            new(CallsMetricName, cost.Calls.Count, cost.Calls.Count == 1 ? "1 call" : Text($"{cost.Calls.Count} calls")),
            Tokens(cost, InputTokensMetricName, usage => usage.TotalInput),
            Tokens(cost, OutputTokensMetricName, usage => usage.TotalOutput),
            CacheHits(cost),
        ];
        if (given is not null)
        {
            metrics[0].AddOrUpdateContext(given);
        }

        return new(new EvaluationResult(metrics));
    }

    private NumericMetric CostOf(ScenarioCost cost)
    {
        Money? known = cost is { IsPriced: true, Amounts: [var only] } ? only : null;
        NumericMetric metric = new(CostMetricName, known is { } exact ? (double)exact.Amount : null, cost.Text);
        foreach (Money amount in cost.Amounts)
        {
            metric.AddOrUpdateMetadata($"cost-{amount.Currency}", amount.Amount.ToString(AllDigits, CultureInfo.InvariantCulture));
        }

        if (cost.Calls.Count > 0)
        {
            DateTimeOffset at = cost.Calls.Max(call => call.At);
            metric.AddOrUpdateMetadata("cost-prices-of", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }

        metric.AddDiagnostics(cost.Issues.Select(EvaluationDiagnostic.Warning));
        metric.AddDiagnostics(cost.Notes.Select(EvaluationDiagnostic.Informational));
        if (cost is { IsPriced: true, Amounts.Count: > 1 })
        {
            metric.AddDiagnostics(
                EvaluationDiagnostic.Warning("The calls are priced in several currencies, which do not add up to one number."));
        }

        metric.Interpretation = _most is { } most ? Judge(known, most, cost.Text) : null;
        return metric;
    }

    /// <summary>What is not known, or cannot be compared, does not pass a limit.</summary>
    private static EvaluationMetricInterpretation Judge(Money? known, Money most, string text) =>
        known is not { } cost || cost.Currency != most.Currency
            ? new(EvaluationRating.Inconclusive, failed: true, $"The cost is {text}, which cannot be compared with {most}.")
        : cost.Amount <= most.Amount ? new(EvaluationRating.Good, failed: false, $"{cost} is at most {most}.")
        : new(EvaluationRating.Unacceptable, failed: true, $"{cost} is more than {most}.");

    private static NumericMetric Tokens(ScenarioCost cost, string name, Func<TokenUsage, long> read) =>
        cost is { IsCounted: true, Usage: { } usage } ? new(name, read(usage), usage.ToString()) : Unknown(name, Reason(cost));

    private static NumericMetric CacheHits(ScenarioCost cost)
    {
        if (cost is not { IsCounted: true, Usage: { } usage })
        {
            return Unknown(CacheHitsMetricName, Reason(cost));
        }

        return usage.TotalInput == 0
            ? Unknown(CacheHitsMetricName, "There is no input to read from a cache.")
            : new(
                CacheHitsMetricName,
                (double)usage.TotalCacheRead / usage.TotalInput,
                Text($"{usage.TotalCacheRead} of {usage.TotalInput} tokens were read from a cache"));
    }

    private static string Reason(ScenarioCost cost) =>
        cost.Calls.Select(call => call.Call.Reading.Reason).FirstOrDefault(reason => reason is not null)
            ?? "The usage of a call is not known.";

    private static NumericMetric Unknown(string name, string reason)
    {
        NumericMetric metric = new(name, value: null, "not known");
        metric.AddDiagnostics(EvaluationDiagnostic.Warning(reason));
        return metric;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
