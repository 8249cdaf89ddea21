namespace LlmCostModel.Logs;

/// <summary>What lines of a log have in common that name the same model, provider, region and tier.</summary>
/// <param name="model">The model as it is priced.</param>
/// <param name="context">What else decides the price; the instant is that of lines without one.</param>
/// <param name="said">What is said by words, for the identity of a call.</param>
internal sealed class LineKind(string model, CallContext context, UInt128 said)
{
    private (string? Model, string? Provider, string? Currency, int Number) _last;

    public string Model => model;

    public CallContext Context { get; } = context;

    public UInt128 Said => said;

    /// <summary>The number of what a line was priced as: an id may mean other models at other times.</summary>
    public int NumberOf(in CostEstimate estimate, string currency, List<(LineKind Kind, string? Model, string? Provider, string Currency)> all)
    {
        (string? model, string? provider) = (estimate.Model, estimate.Provider);
        if (!ReferenceEquals(model, _last.Model) || !ReferenceEquals(provider, _last.Provider) || currency != _last.Currency)
        {
            int number = all.FindIndex(one =>
                ReferenceEquals(one.Kind, this) && one.Model == model && one.Provider == provider && one.Currency == currency);
            if (number < 0)
            {
                number = all.Count;
                all.Add((this, model, provider, currency));
            }

            _last = (model, provider, currency, number);
        }

        return _last.Number;
    }
}
