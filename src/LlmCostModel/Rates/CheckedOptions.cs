using Microsoft.Extensions.Options;

namespace LlmCostModel;

/// <summary>Options without faults, and what is only suspicious about them.</summary>
/// <param name="Options">The options.</param>
/// <param name="Warnings">What to warn about.</param>
internal sealed record CheckedOptions(LlmCostModelOptions Options, IReadOnlyList<InputFault> Warnings)
{
    /// <summary>Validates options made in code.</summary>
    /// <exception cref="RateCardException">Something about them, or about the cards, is invalid.</exception>
    internal static CheckedOptions Check(LlmCostModelOptions options, IReadOnlyList<RateCard> userCards)
    {
        IReadOnlyList<InputFault> findings = OptionsValidation.Validate(options, userCards);
        InputFault[] faults = [.. findings.Where(options.Refuses)];
        return faults.Length == 0 ? new CheckedOptions(options, findings) : throw new RateCardException(faults);
    }

    /// <summary>Has an application's options configured and validated by the framework, which passes on nothing but faults: the warnings
    /// are with the options.</summary>
    /// <exception cref="OptionsValidationException">Something about them is invalid.</exception>
    internal static CheckedOptions Create(IOptionsFactory<LlmCostModelOptions> factory)
    {
        LlmCostModelOptions options = factory.Create(Microsoft.Extensions.Options.Options.DefaultName);
        return options.Findings is { } findings ? new CheckedOptions(options, findings) : Check(options, []);
    }
}
