namespace LlmCostModel.Logs;

/// <summary>By what lines are priced and added up.</summary>
/// <param name="Estimator">Has the prices.</param>
/// <param name="Summary">What they are added to, in the end.</param>
/// <param name="Asked">What is known of every call.</param>
/// <param name="Now">The instant of calls that state none.</param>
internal sealed record LineTerms(CostEstimator Estimator, LogSummary Summary, CallContext Asked, DateTimeOffset Now)
{
    /// <summary>The instants between which calls count.</summary>
    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    /// <summary>Takes a call of every kind; null where nobody asks for it.</summary>
    public Action<ModelCall>? KindFound { get; init; }

    /// <summary>Whether calls are told apart by their ids.</summary>
    public bool Merges { get; init; }

    /// <summary>What lines have in common that say what a call says; null when they are not to be priced by what they say alone.</summary>
    public LineKind? KindOf(ModelCall call)
    {
        try
        {
            ModelCall dated = WithInstant(call);
            KindFound?.Invoke(call);
            return dated.Reading.Model is { } model && Estimator.Price(dated).Parts is [{ Model: var asked }] && asked == model
                ? new(
                    Estimator,
                    model,
                    dated.Context with { At = dated.Asked.At },
                    CallKeys.SaidOf(model, call.RequestedModel, call.Asked, meters: null))
                : null;
        }
        catch (UnpricedException)
        {
            return null; // strict: who prices the record says so
        }
    }

    /// <summary>The group of a record that costs an amount; null when it does not, or more is to be said of it.</summary>
    public GroupKey? GroupOf(LogRecord record, decimal amount)
    {
        PricedCall priced = Estimator.Price(WithInstant(record.Call!));
        return priced is { Status: CostStatus.Priced, Issues.Length: 0, Total: { } total } && total.Amount == amount
            ? new(Summary.ValuesOf(record, priced), total.Currency)
            : null;
    }

    public bool IsWithin(DateTimeOffset? at) => (From is null || at >= From) && (To is null || at < To);

    /// <summary>The hour or the day of a call where it was made; a number of its own for calls whose time nobody states.</summary>
    public int StepOf(LocalClock clock, bool isUndated, DateTimeOffset at, bool isHour) =>
        isUndated && Asked.At is null ? int.MinValue
        : (int)(clock.At(at) / (isHour ? TimeSpan.TicksPerHour : TimeSpan.TicksPerDay));

    private ModelCall WithInstant(ModelCall call) => call with { Asked = call.Asked with { At = call.Asked.At ?? Now } };
}
