namespace LlmCostModel.Logs;

/// <summary>What lines of a log have in common that name the same model, provider, region and tier.</summary>
/// <param name="estimator">Has the prices.</param>
/// <param name="model">The model as it is priced.</param>
/// <param name="context">What else decides the price; the instant is that of lines without one.</param>
/// <param name="said">What is said by words, for the identity of a call.</param>
internal sealed class LineKind(CostEstimator estimator, string model, CallContext context, UInt128 said)
{
    private const int Days = 256;

    private (long Day, LineName? Name) _first = (-1, null);
    private (long Day, LineName? Name)[]? _others; // most kinds of odd logs are of one day

    public string Model => model;

    public CallContext Context { get; } = context;

    public UInt128 Said => said;

    /// <summary>The model, if it is found by now.</summary>
    public PricedModel? Priced { get; } = estimator.TryGetModel(model, out PricedModel? found, context.Provider) ? found : null;

    /// <summary>All that its lines are priced as.</summary>
    public List<LineName> Names { get; } = new(1);

    /// <summary>What lines of a day are priced as; null when nobody looked, or that changes on the day.</summary>
    public ref LineName? NameOn(long day)
    {
        if (_first.Day < 0)
        {
            _first.Day = day;
        }

        if (_first.Day == day)
        {
            return ref _first.Name;
        }

        ref (long Day, LineName? Name) known = ref (_others ??= new (long, LineName?)[Days])[day % Days];
        if (known.Day != day)
        {
            known = (day, null);
        }

        return ref known.Name;
    }
}
