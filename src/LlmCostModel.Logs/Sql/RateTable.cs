namespace LlmCostModel.Logs;

/// <summary>Asks the library for the prices of a version at one moment: for every tier, region and size that its rules tell
/// apart.</summary>
/// <param name="estimator">Whom to ask.</param>
/// <param name="overlays">What rules there are besides those of a version.</param>
/// <param name="classes">The regions.</param>
/// <param name="tables">Where the rows go.</param>
internal sealed class RateTable(ICostEstimator estimator, PriceOverlay[] overlays, RegionClasses classes, PriceTables tables)
{
    private readonly PriceRule[] _overlayRules = [.. overlays.SelectMany(overlay => overlay.Rules)];
    private readonly Dictionary<PriceVersion, Dictionary<string, int>> _known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _byContent = new(StringComparer.Ordinal);

    /// <summary>The key of the prices of a period.</summary>
    /// <param name="model">The id.</param>
    /// <param name="provider">The provider that is asked for.</param>
    /// <param name="period">The period, which has a version.</param>
    /// <param name="found">What the id means then.</param>
    /// <exception cref="SqlLossException">The tables cannot hold them.</exception>
    internal int KeyOf(string model, string? provider, PricePeriod period, ModelResolution found)
    {
        PriceVersion version = period.Version!;
        Dictionary<string, int> known = _known.TryGetValue(version, out Dictionary<string, int>? of) ? of : _known[version] = [];
        string facts = string.Join(
            '\n',
            [found.RateCard, found.ModelId, found.Provider ?? provider, found.Region, found.Tier, $"{found.Attributes}", .. period.Rules]);
        if (!known.TryGetValue(facts, out int key))
        {
            known.Add(facts, key = Add(model, provider, period));
        }

        return key;
    }

    private int Add(string model, string? provider, PricePeriod period)
    {
        PriceRule[] rules = [.. period.Version!.Rules, .. _overlayRules];
        string[] tiers =
        [
            .. rules.SelectMany(rule => rule.When.Tiers)
                .Select(AsciiText.ToLower)
                .Where(tier => tier is not ("default" or ServiceTiers.Standard))
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Prepend(ServiceTiers.Standard),
        ];
        SizeRange[] sizes = [.. SizeRange.Between(period.Thresholds)];
        CallContext call = new() { At = period.From, Provider = provider };
        List<RateRow> rows = Ask("");
        List<RegionRow> regions = [];
        if (rules.Any(rule => !rule.When.Regions.IsEmpty))
        {
            Dictionary<string, string> regionOf = new(StringComparer.Ordinal) { [KeyOf(rows)] = "" };
            foreach ((string name, string region) in classes.All)
            {
                List<RateRow> here = Ask(name, region);
                if (regionOf.TryAdd(KeyOf(here), name))
                {
                    rows.AddRange(here);
                }

                if (regionOf[KeyOf(here)] is not "" and var same)
                {
                    regions.Add(new RegionRow(0, name, same));
                }
            }
        }

        string content = $"{KeyOf(rows, row => row.Region)}\n{string.Join('\n', regions)}";
        if (!_byContent.TryGetValue(content, out int key))
        {
            _byContent.Add(content, key = _byContent.Count + 1);
            tables.Rates.AddRange(rows.Select(row => row with { Rates = key }));
            tables.Regions.AddRange(regions.Select(row => row with { Rates = key }));
        }

        return key;

        List<RateRow> Ask(string name, string? region = null)
        {
            List<RateRow> asked = [];
            foreach (string tier in tiers)
            {
                CallContext context = call with { Region = region, Tier = tier, Batch = tier == ServiceTiers.Batch };
                foreach (SizeRange size in sizes)
                {
                    if (ProbedPrices.Ask(estimator, model, in context, size) is { } prices)
                    {
                        asked.Add(new RateRow(0, tier, name, size, prices));
                    }
                }
            }

            return asked;
        }
    }

    private static string KeyOf(List<RateRow> rows, Func<RateRow, string>? more = null) => string.Join('\n', rows.Select(row =>
        $"{more?.Invoke(row)}|{row.Tier}|{string.Join(',', row.Size.From)}|{string.Join(',', row.Size.To)}|{row.Prices.Key}"));
}
