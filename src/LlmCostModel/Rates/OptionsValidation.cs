using System.Globalization;
using Microsoft.Extensions.Options;

namespace LlmCostModel;

/// <summary>Checks the options as a whole.</summary>
internal sealed class OptionsValidation : IValidateOptions<LlmCostModelOptions>
{
    /// <summary>What the names of the catalog's cards begin with.</summary>
    private const string CatalogPrefix = "catalog:";

    public ValidateOptionsResult Validate(string? name, LlmCostModelOptions options)
    {
        IReadOnlyList<InputFault> findings = Validate(options, []);
        options.Findings = findings;
        string[] faults = [.. findings.Where(options.Refuses).Select(fault => fault.ToString()).Distinct()];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>Lists everything that is invalid or suspicious about options and further cards of the user's own.</summary>
    internal static IReadOnlyList<InputFault> Validate(LlmCostModelOptions options, IReadOnlyList<RateCard> userCards)
    {
        FaultList faults = new();
        faults.AddRange(options.ReadingFaults);
        if (options.MaxRateAgeDays < 1)
        {
            faults.Add(
                nameof(LlmCostModelOptions.MaxRateAgeDays),
                options.MaxRateAgeDays.Value.ToString(CultureInfo.InvariantCulture),
                "is not a number of days of 1 or more.",
                "Write a number such as 90, or leave it out.");
        }

        ValidateRates(options, userCards, faults);
        return faults.All;
    }

    private static void ValidateRates(LlmCostModelOptions options, IReadOnlyList<RateCard> userCards, FaultList faults)
    {
        if (options.RateCards.Values.Any(WasBound) || options.Overlays.Values.Any(WasBound))
        {
            faults.Add(
                LlmCostModelOptions.SectionName,
                null,
                "holds rate cards or overlays, which services.Configure<LlmCostModelOptions>(section) and the framework's binder cannot "
                    + "read.",
                "Call services.AddLlmCostModel(configuration) instead.");
        }

        ValidateKeys(options, faults);
        ValidateNames([.. options.RateCards.Values, .. userCards], faults);
        CompletenessValidator completeness = new(faults);
        List<RateCard> cards = [];
        foreach ((string key, RateCard card) in options.RateCards.Concat(
                userCards.Select((card, index) => KeyValuePair.Create($"{index}", card))))
        {
            if (!WasBound(card) && completeness.Validate(card, $"RateCards:{key}"))
            {
                cards.Add(card);
            }
        }

        RateCardValidator validator = new(faults);
        validator.Validate(cards);
        foreach ((string key, PriceOverlay overlay) in options.Overlays)
        {
            if (!WasBound(overlay) && completeness.Validate(overlay, $"Overlays:{key}"))
            {
                validator.Validate(overlay);
            }
        }

        foreach ((string key, PrepaidPool pool) in options.Pools)
        {
            if (completeness.Validate(pool, $"Pools:{key}"))
            {
                PoolValidator.Validate(faults, pool);
            }
        }

        foreach ((string key, ModelDeployment deployment) in options.Deployments)
        {
            if (completeness.IsThere(deployment, $"Deployments:{key}") && string.IsNullOrWhiteSpace(deployment.Model))
            {
                faults.Add($"Deployments:{key}", null, "has no Model.", "Add the id of the model that is deployed.");
            }
        }
    }

    /// <summary>A receipt that names a card of the user's own as one of the catalog would say that the catalog has the price.</summary>
    private static void ValidateNames(IEnumerable<RateCard?> cards, FaultList faults)
    {
        foreach (RateCard? card in cards)
        {
            if (card?.Name?.StartsWith(CatalogPrefix, StringComparison.OrdinalIgnoreCase) == true)
            {
                faults.Add(
                    $"{card.Path ?? card.Name}:Name",
                    card.Name,
                    $"begins with '{CatalogPrefix}', as only cards of the catalog do.",
                    $"Name it '{card.Name[CatalogPrefix.Length..]}'.");
            }
        }
    }

    /// <summary>Who sets a card under a key in code means that name; receipts would show another one.</summary>
    private static void ValidateKeys(LlmCostModelOptions options, FaultList faults)
    {
        IEnumerable<(string Place, string Key, string? Name)> named =
        [
            .. options.RateCards.Select(pair => ("RateCards", pair.Key, (string?)pair.Value?.Name)),
            .. options.Overlays.Select(pair => ("Overlays", pair.Key, (string?)pair.Value?.Name)),
            .. options.Pools.Select(pair => ("Pools", pair.Key, (string?)pair.Value?.Name)),
        ];
        foreach ((string place, string key, string? name) in named)
        {
            if (name is not null && !name.Equals(key, StringComparison.OrdinalIgnoreCase) && !options.KeysRead.Contains(key))
            {
                faults.Add(
                    $"{place}:{key}:Name",
                    name,
                    "is not the key that it stands under.",
                    $"Use {place}[\"{name}\"], or name it '{key}'.");
            }
        }
    }

    /// <summary>Whether the framework's binder made the card: it can set neither lists nor the name, which is the key in
    /// configuration.</summary>
    private static bool WasBound(RateCard? card) => card is { Name: null, Models.IsEmpty: true };

    private static bool WasBound(PriceOverlay? overlay) => overlay is { Name: null, Rules.IsEmpty: true };
}
