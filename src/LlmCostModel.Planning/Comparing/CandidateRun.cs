namespace LlmCostModel.Planning;

/// <summary>Sends a workload to one candidate, piece by piece, and prices what it consumes: a comparison of one, for streams that do not
/// fit in memory.</summary>
/// <remarks>A request has the prices of its own instant, unless the candidate's context states one or it <see
/// cref="PromptRequest.IsRelative">has none</see>. What has no instant has the prices of now. Not thread-safe.</remarks>
public sealed class CandidateRun
{
    private readonly ICostEstimator _estimator;
    private readonly WorkloadCandidate _candidate;
    private readonly Dictionary<string, CostIssue> _issues = [];
    private readonly RunWords _words;
    private CacheSimulator? _simulator;
    private CachePolicy? _cache;
    private CacheTotals _totals;
    private ExactSum _sum;
    private Rational _ofCalls = Rational.Zero;
    private string? _currency;
    private bool _isComplete = true;

    /// <summary>Makes a run in which nothing was sent yet.</summary>
    /// <param name="estimator">The prices.</param>
    /// <param name="candidate">Where the workload could run.</param>
    public CandidateRun(ICostEstimator estimator, WorkloadCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(candidate);
        (_estimator, _candidate, _words) = (estimator, candidate, new(candidate));
    }

    /// <summary>What the request sent last costs; <see langword="null"/> when it has no price.</summary>
    internal decimal? LastAmount { get; private set; }

    /// <summary>Simulates and prices a request.</summary>
    /// <param name="request">The request; under a cache it must not start before the one sent last.</param>
    /// <returns>What it consumes at the candidate.</returns>
    /// <exception cref="ArgumentException">The cache of the model is asked for and not known, or the cache cannot be sent such a
    /// request.</exception>
    /// <exception cref="OverflowException">A count or a sum does not fit.</exception>
    public TokenUsage Send(PromptRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        DateTimeOffset? at = request.IsRelative ? null : request.At;
        if (_totals.Requests == 0)
        {
            _cache = CandidateCache.Choose(_estimator, _candidate, _candidate.Context.At ?? at, _words);
            _simulator = _cache is null ? null : new(_cache);
        }

        PromptRequest scaled = TokenScale.Of(request, _candidate);
        MeteredQuantities meters = MeteredQuantities.Empty;
        TokenUsage usage = _simulator is null ? CacheSimulator.UsageOf(scaled, read: 0) : _simulator.Send(scaled, out meters);
        _totals = _totals.Add(usage, meters);
        LastAmount = Price(usage, meters, at);
        if (LastAmount is { } amount)
        {
            _sum.Add(amount);
        }

        return usage;
    }

    /// <summary>Prices a call, as often as it occurs.</summary>
    /// <param name="modelCall">The call.</param>
    /// <param name="at">When it is made; <see langword="null"/> where that does not matter.</param>
    /// <exception cref="OverflowException">A count or a sum does not fit.</exception>
    public void Add(WorkloadCall modelCall, DateTimeOffset? at = null)
    {
        ArgumentNullException.ThrowIfNull(modelCall);
        TokenUsage usage = TokenScale.Of(modelCall.Usage, _candidate);
        _totals = _totals.Add(usage, modelCall.Meters, modelCall.Count);
        if (Price(usage, modelCall.Meters, at) is not { } amount)
        {
            return;
        }

        if (modelCall.Count == 1)
        {
            _sum.Add(amount);
        }
        else
        {
            _ofCalls += Rational.From(amount) * Rational.From(modelCall.Count);
        }
    }

    /// <summary>Gives the result, without a place among others.</summary>
    /// <param name="tasks">How many tasks the workload is, for the cost per solved task; above 0.</param>
    /// <returns>What was sent so far, and what it costs.</returns>
    /// <exception cref="ArgumentException">The cache needs breakpoints, and no request had one.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tasks"/> is not above 0.</exception>
    /// <exception cref="OverflowException">No decimal holds the sum.</exception>
    public CandidateCost Finish(decimal tasks)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tasks);
        try
        {
            _simulator?.EnsureBreakpoints();
        }
        catch (InvalidOperationException error)
        {
            throw new ArgumentException($"'{_candidate.Label ?? _candidate.Model}': {error.Message}", error);
        }

        Rational exact = _ofCalls + _sum.ToRational();
        decimal solved = tasks * (_candidate.Quality ?? 0);
        _words.Finish(_estimator, _simulator);
        return new()
        {
            Candidate = _candidate,
            Cache = _cache,
            Status = _isComplete ? CostStatus.Priced : _currency is null ? CostStatus.Unpriced : CostStatus.Partial,
            Issues = [.. _issues.Values],
            Totals = _totals,
            Total = _currency is null ? null : new Money(exact.ToDecimal(out _), _currency),
            AmountPerSolved = _isComplete && solved > 0 ? (exact / Rational.From(solved)).ToDecimal(out _) : null,
            Assumptions = [.. _words.Assumptions],
            Notes = [.. _words.Notes],
        };
    }

    private decimal? Price(TokenUsage usage, MeteredQuantities meters, DateTimeOffset? at)
    {
        CallContext context = _candidate.Context.At is null ? _candidate.Context with { At = at } : _candidate.Context;
        CostEstimate estimate = _estimator.Estimate(_candidate.Model, in usage, in context, meters.Count == 0 ? null : meters);
        if (estimate.Status != CostStatus.Priced)
        {
            _isComplete = false;
            foreach (CostIssue issue in estimate.Issues)
            {
                _issues.TryAdd(issue.Message, issue);
            }
        }

        if (estimate.Total is not { } total)
        {
            return null;
        }

        _words.SeePriced(usage, meters, at);
        _currency ??= total.Currency;
        return total.Currency == _currency ? total.Amount : throw new InvalidOperationException(
            $"'{_candidate.Label ?? _candidate.Model}' has prices in {_currency} and in {total.Currency} within one workload, which "
                + "have no sum. Compare each currency's part by itself.");
    }
}
