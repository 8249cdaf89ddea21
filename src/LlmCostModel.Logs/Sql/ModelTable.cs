namespace LlmCostModel.Logs;

/// <summary>Lists what ids mean at providers, as the library finds them.</summary>
internal sealed class ModelTable
{
    /// <summary>Stands for a provider that nothing names.</summary>
    private const string Unnamed = "~";

    private readonly ICostEstimator _estimator;
    private readonly PriceTables _tables = new();
    private readonly PeriodTable _periods;

    private ModelTable(ICostEstimator estimator, LlmCostModelOptions options, DateTimeOffset hoursUntil)
    {
        _estimator = estimator;
        PriceOverlay[] overlays = [.. options.Overlays.Values];
        PriceRule[] rules =
        [
            .. estimator.RateCards.SelectMany(card => card.Models).SelectMany(model => model.Versions).SelectMany(version => version.Rules),
            .. overlays.SelectMany(overlay => overlay.Rules),
        ];
        Regions = new RegionClasses(rules.SelectMany(rule => rule.When.Regions));
        Providers =
        [
            .. estimator.RateCards.Select(card => card.Provider)
                .Concat(rules.SelectMany(rule => rule.When.Providers))
                .Concat(options.Deployments.Values.Select(deployment => deployment.Provider))
                .OfType<string>()
                .Where(name => name.Length > 0)
                .Select(AsciiText.ToLower)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        _periods = new PeriodTable(estimator, new RateTable(estimator, overlays, Regions, _tables), _tables, hoursUntil);
    }

    internal string[] Providers { get; }

    internal RegionClasses Regions { get; }

    /// <summary>Fills the tables.</summary>
    internal static (PriceTables Tables, string[] Providers, RegionClasses Regions) Fill(
        ICostEstimator estimator, LlmCostModelOptions options, IEnumerable<string> ids, DateTimeOffset hoursUntil)
    {
        ModelTable table = new(estimator, options, hoursUntil);
        IEnumerable<string> written = estimator.RateCards.SelectMany(card =>
            card.Models.SelectMany(model => model.Aliases.Prepend(model.Id)).Concat(card.Lifecycle.Select(life => life.Id)));
        string[] all = [.. written.Concat(options.Deployments.Keys).Concat(ids).Distinct().Order(StringComparer.Ordinal)];
        foreach ((string id, PricedModel?[] models) in all.AsParallel().AsOrdered().Select(id => (id, table.FindEverywhere(id))))
        {
            table.Add(id, models);
        }

        return (table._tables, table.Providers, table.Regions);
    }

    /// <summary>What an id means without a provider, at each one, and at any other. Most of the time goes into what it does not
    /// mean.</summary>
    private PricedModel?[] FindEverywhere(string id)
    {
        string?[] asked = [null, .. Providers, Unnamed];
        return [.. asked.Select(provider => _estimator.TryGetModel(id, out PricedModel? model, provider) ? model : null)];
    }

    private void Add(string id, PricedModel?[] models)
    {
        if (id.Contains('\0'))
        {
            _tables.Losses.Add($"'{VisibleText.OneLine(id)}' has a character that no table holds.");
            return;
        }

        Add(id, "", null, models[0]);
        for (int i = 0; i < Providers.Length; i++)
        {
            Add(id, Providers[i], Providers[i], models[i + 1]);
        }

        Add(id, "*", Unnamed, models[^1]);
    }

    private void Add(string id, string key, string? provider, PricedModel? model)
    {
        if (model is not null)
        {
            string? tier = string.IsNullOrEmpty(model.Resolution.Tier) ? null : AsciiText.ToLower(model.Resolution.Tier);
            _tables.Models.Add(new ModelRow(id, key, _periods.KeyOf(model, id, provider), tier, null));
        }
        else if (provider is null)
        {
            TokenUsage nothing = default;
            string issue = SqlReason.Of(_estimator.Estimate(id, in nothing).Issues[0].Kind);
            _tables.Models.Add(new ModelRow(id, key, null, null, issue));
        }
    }
}
