using System.Globalization;
using Microsoft.Extensions.Options;

namespace LlmCostModel;

/// <summary>Checks the options as a whole.</summary>
internal sealed class OptionsValidation : IValidateOptions<LlmCostModelOptions>
{
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
        faults.AddRange(options.ReadingFaults.Distinct());
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
                "holds rate cards or overlays, which services.Configure<LlmCostModelOptions>(section) and the framework's binder cannot read.",
                "Call services.AddLlmCostModel(configuration) instead.");
        }

        CompletenessValidator completeness = new(faults);
        List<RateCard> cards = [];
        foreach ((string key, RateCard card) in options.RateCards.Concat(userCards.Select((card, index) => KeyValuePair.Create($"{index}", card))))
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

        foreach ((string key, ModelDeployment deployment) in options.Deployments)
        {
            if (completeness.IsThere(deployment, $"Deployments:{key}") && string.IsNullOrWhiteSpace(deployment.Model))
            {
                faults.Add($"Deployments:{key}", null, "has no Model.", "Add the id of the model that is deployed.");
            }
        }
    }

    /// <summary>Whether the framework's binder made the card: it can set neither lists nor the name, which is the key in
    /// configuration.</summary>
    private static bool WasBound(RateCard? card) => card is { Name: null, Models.IsEmpty: true };

    private static bool WasBound(PriceOverlay? overlay) => overlay is { Name: null, Rules.IsEmpty: true };
}
