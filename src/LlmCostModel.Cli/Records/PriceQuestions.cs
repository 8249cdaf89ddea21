namespace LlmCostModel.Cli.Records;

/// <summary>What prices depend on, besides what is counted.</summary>
/// <param name="estimator">Has the prices.</param>
/// <param name="rates">The rates of the command.</param>
internal sealed class PriceQuestions(ICostEstimator estimator, LlmCostModelOptions rates)
{
    /// <summary>By some values of these, providers sell something else, whether a rule asks for them or not.</summary>
    private static readonly string[] AlwaysAsked = [AttributeNames.Latency, AttributeNames.SearchType];

    private readonly HashSet<string> _ofOverlays = AttributesOf(rates.Overlays.Values.SelectMany(overlay => overlay.Rules));
    private readonly Dictionary<(string?, string?), HashSet<string>> _ofModels = [];

    /// <summary>Whether a price depends on the deployment, which is the model asked for where nobody says another.</summary>
    public bool AskForDeployments { get; } = rates.Overlays.Values.SelectMany(overlay => overlay.Rules)
        .Concat(rates.RateCards.Values.SelectMany(card => card.Models).SelectMany(model => model.Versions).SelectMany(price => price.Rules))
        .Any(rule => rule.When.Deployments.Length > 0);

    /// <summary>Whether a price of the models of a call depends on an attribute.</summary>
    public bool DependOn(string attribute, ModelCall call) =>
        AlwaysAsked.Contains(attribute, StringComparer.OrdinalIgnoreCase)
        || _ofOverlays.Contains(attribute)
        || estimator.Price(call).Parts.Any(part => AttributesOf(part.Estimate.RateCard, part.Estimate.Model).Contains(attribute));

    /// <summary>Whether the cost of a call depends on what was consumed before.</summary>
    public bool DependOnConsumed(ModelCall call)
    {
        if (!estimator.Price(call).Parts.Any(part => part.Meters.Count > 0))
        {
            return false;
        }

        try
        {
            PricedCall with = estimator.Price(call);
            PricedCall without = estimator.Price(call with { Asked = call.Asked with { ConsumedBefore = null } });
            return with.Status != without.Status || !with.Totals.SequenceEqual(without.Totals);
        }
        catch (UnpricedException)
        {
            return true; // strict, and without it there is no price
        }
    }

    /// <summary>Whether a call is priced as a model that its response does not name.</summary>
    public bool IsPricedAs(ModelCall call, string model) => estimator.Price(call).Parts.Any(part => part.Model == model);

    private HashSet<string> AttributesOf(string? card, string? model)
    {
        if (!_ofModels.TryGetValue((card, model), out HashSet<string>? names))
        {
            _ofModels[(card, model)] = names = AttributesOf(estimator.RateCards.Where(one => one.Name == card)
                .SelectMany(one => one.Models).Where(one => one.Id == model)
                .SelectMany(one => one.Versions).SelectMany(version => version.Rules));
        }

        return names;
    }

    private static HashSet<string> AttributesOf(IEnumerable<PriceRule> rules) =>
        new(rules.SelectMany(rule => rule.When.Attributes.Keys), StringComparer.OrdinalIgnoreCase);
}
