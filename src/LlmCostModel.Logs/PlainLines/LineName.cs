namespace LlmCostModel.Logs;

/// <summary>What lines are priced as: an id may mean other models at other times.</summary>
/// <param name="Kind">The lines.</param>
/// <param name="Model">The canonical id.</param>
/// <param name="Provider">Whose prices.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Number">The number among all of these.</param>
/// <param name="Again">The model by its canonical id, to ask what a cache saved; null where it is not found so.</param>
internal sealed record LineName(LineKind Kind, string? Model, string? Provider, string Currency, int Number, PricedModel? Again)
{
    /// <summary>The kinds of call to price: as the lines say it, and by the canonical id.</summary>
    public CallKind[] Kinds =>
    [
        new(Kind.Model, Kind.Context),
        Again is null ? new(Kind.Model, Kind.Context) : new(Model!, Kind.Context with { Provider = Provider }),
    ];
}
