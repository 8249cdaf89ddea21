using System.Globalization;
using Microsoft.Extensions.Options;

namespace LlmCostModel;

/// <summary>Checks the options as a whole.</summary>
internal sealed class OptionsValidation : IValidateOptions<LlmCostModelOptions>
{
    public ValidateOptionsResult Validate(string? name, LlmCostModelOptions options)
    {
        IReadOnlyList<RateFault> findings = Validate(options, []);
        options.Findings = findings;
        string[] faults = [.. findings.Where(options.Refuses).Select(fault => fault.ToString()).Distinct()];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>Lists everything that is invalid or suspicious about options and further cards of the user's own.</summary>
    internal static IReadOnlyList<RateFault> Validate(LlmCostModelOptions options, IReadOnlyList<RateCard> userCards)
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

        RateCardValidator validator = new(faults);
        validator.Validate([.. options.RateCards.Values, .. userCards]);
        foreach (PriceOverlay overlay in options.Overlays.Values)
        {
            validator.Validate(overlay);
        }

        return faults.All;
    }
}
