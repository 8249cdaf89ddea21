namespace LlmCostModel.Logs;

/// <summary>Compares what two recorded runs cost, of tests or evaluations before and after a change, scenario by scenario: is it more than
/// is allowed, and more than chance explains?</summary>
/// <remarks>
/// Both runs are priced at one instant with the same rates, so that a price that changed between them is not taken for a change of the
/// code. Each call counts once in each run. Records are kept, packed, until the end: half a kilobyte to one a call. Not thread-safe.
/// </remarks>
public sealed class CostGate
{
    private readonly ICostEstimator _estimator;
    private readonly CostGateOptions _options;
    private readonly GateReader _base;
    private readonly GateReader _head;

    /// <summary>Makes a comparison.</summary>
    /// <param name="estimator">Prices the calls.</param>
    /// <param name="options">How to compare; <see langword="null"/> for the defaults.</param>
    public CostGate(ICostEstimator estimator, CostGateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        (_estimator, _options) = (estimator, options ?? new());
        (_base, _head) = (new(_options.KeepDuplicates), new(_options.KeepDuplicates));
    }

    /// <summary>Adds a record of the run before the change.</summary>
    /// <param name="record">The record.</param>
    /// <exception cref="InvalidOperationException">The comparison is finished.</exception>
    public void AddBase(LogRecord record) => _base.Add(record);

    /// <summary>Adds a record of the run after the change.</summary>
    /// <param name="record">The record.</param>
    /// <exception cref="InvalidOperationException">The comparison is finished.</exception>
    public void AddHead(LogRecord record) => _head.Add(record);

    /// <summary>Compares.</summary>
    /// <returns>What came out.</returns>
    /// <exception cref="InvalidOperationException">The comparison is finished already, or <see
    /// cref="CostGateOptions.MaximumIncreaseAmount"/> is given and the costs have several currencies or none.</exception>
    /// <exception cref="UnpricedException">The options of the estimator ask for strictness and something is not priced.</exception>
    public GateResult Finish()
    {
        _base.Finish();
        _head.Finish();
        (DateTimeOffset at, GateInstant instant) = Instant();
        SummaryKey scenario = _options.Scenario ?? Tag("scenario")!;
        SummaryKey run = _options.Run ?? Tag("run", "iteration")!;
        IReadOnlyList<SummaryGroup> before = _base.PriceAll(_estimator, at, [scenario, run], _options.Converter);
        IReadOnlyList<SummaryGroup> after = _head.PriceAll(_estimator, at, [scenario, run], _options.Converter);
        Money? most = _options.MaximumIncreaseAmount is { } amount ? new Money(amount, CurrencyOf(before.Concat(after))) : null;
        GateComparer comparer = new(before, after, _options);
        bool hasScenarios = comparer.Names.Any(name => name is not null);
        bool hasRuns = before.Concat(after).Any(group => group.Key[1].Value is not null);
        GateWords words = new(_options, comparer, _base, _head)
        {
            MissingScenario = hasScenarios ? null : _options.Scenario,
            MissingRun = hasRuns ? null : _options.Run,
            Instant = instant,
        };
        return new(comparer.Total)
        {
            At = at,
            Instant = instant,
            Scenario = hasScenarios ? scenario : null,
            Run = hasRuns ? run : null,
            MaximumIncrease = _options.MaximumIncrease,
            MaximumIncreaseAmount = most,
            Confidence = _options.Confidence,
            Scenarios = hasScenarios ? comparer.Scenarios : [],
            Base = Input(_base, before),
            Head = Input(_head, after),
            Reasons = [.. words.Reasons()],
            Notes = [.. words.Notes()],
        };
    }

    /// <summary>The currency of an amount that says none: that of all costs.</summary>
    private static string CurrencyOf(IEnumerable<SummaryGroup> groups)
    {
        string[] currencies =
        [
            .. groups.Select(group => group.Total?.Currency).OfType<string>()
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        return currencies switch
        {
            [var one] => one,
            [] => throw new InvalidOperationException(
                "MaximumIncreaseAmount has the currency of the costs, and nothing has a price. Leave it out, or give what can be priced."),
            _ => throw new InvalidOperationException("MaximumIncreaseAmount has the currency of the costs, and they are in "
                + $"{string.Join(" and ", currencies)}. Convert them with Converter, or leave it out."),
        };
    }

    private (DateTimeOffset At, GateInstant Instant) Instant() =>
        _options.At is { } given ? (given, GateInstant.Given)
        : _head.Last is { } head ? (head, GateInstant.LastOfHead)
        : _base.Last is { } before ? (before, GateInstant.LastOfBase)
        : (_options.Clock.GetUtcNow(), GateInstant.Now);

    /// <summary>The first of some tags that a call has; where none has, the first of them, which no call states then.</summary>
    private SummaryKey? Tag(params string[] names) =>
        SummaryKey.Find($"tag:{Array.Find(names, name => _base.HasTag(name) || _head.HasTag(name)) ?? names[0]}");

    private static GateInput Input(GateReader reader, IReadOnlyList<SummaryGroup> groups)
    {
        GateSide all = new(groups);
        return new()
        {
            Records = reader.Records,
            Merged = reader.Merged,
            Rejected = reader.Rejected,
            Calls = all.Calls,
            Runs = all.Runs,
        };
    }
}
