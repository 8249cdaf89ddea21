using System.Globalization;
using Microsoft.Extensions.Options;

namespace LlmCostModel;

/// <summary>Checks the options as a whole, when the application starts and at every reload.</summary>
internal sealed class OptionsValidation : IValidateOptions<LlmCostModelOptions>
{
    public ValidateOptionsResult Validate(string? name, LlmCostModelOptions options)
    {
        FaultList faults = new();
        Validate(options, [], faults);
        string[] errors = [.. faults.All.Where(fault => options.Strict || !fault.IsWarning).Select(fault => fault.ToString()).Distinct()];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    internal static void Validate(LlmCostModelOptions options, IReadOnlyCollection<RateCard> more, FaultList faults)
    {
        faults.AddRange(options.ReadingFaults.Distinct());
        if (options.MaxRateAgeDays < 1)
        {
            faults.Add(nameof(LlmCostModelOptions.MaxRateAgeDays), options.MaxRateAgeDays.Value.ToString(CultureInfo.InvariantCulture), "is not a number of days of 1 or more.", "Write a number such as 90, or leave it out.");
        }

        RateCardValidator validator = new(faults);
        validator.Validate([.. options.RateCards.Values, .. more]);
        foreach (PriceOverlay overlay in options.Overlays.Values)
        {
            validator.Validate(overlay);
        }
    }
}
