using System.Globalization;

namespace LlmCostModel;

/// <summary>What the limits of a model say of one prompt, before it is sent.</summary>
/// <param name="limits">The limits; <see langword="null"/> when they are not known.</param>
/// <param name="input">The counted tokens of the prompt: what it has at least, so that the window leaves no more than this.</param>
internal sealed class PromptLimits(ModelLimits? limits, long input)
{
    internal bool? Fits => limits?.LongestInput is { } most ? input <= most : null;

    /// <summary>The most tokens that the call can produce; <see langword="null"/> when it is not known or there will be no call.</summary>
    internal long? LongestOutput => Fits == false ? null : limits?.GetLongestOutput(input);

    /// <summary>Why the prompt cannot be sent; <see langword="null"/> when it can, as far as is known.</summary>
    internal string? Refusal()
    {
        const string Fix = "Shorten it, or choose a model that takes more.";
        return Fits != false ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"The prompt cannot fit: it has {input} input tokens, and the model takes at most {limits!.LongestInput}{Reading()}. {Fix}");
    }

    /// <summary>Where the most output comes from.</summary>
    internal FormattableString Basis() =>
        limits!.ReasoningInOutput == true && LongestOutput == limits.MaxOutputTokens
            ? (FormattableString)$"the output is limited by the model: {LongestOutput} tokens{Reading()}."
            : $"the output is limited by what the input leaves of the context window of {limits.ContextWindow} tokens{Reading()}.";

    private string Reading() => limits!.AsOf is { } day ? string.Create(CultureInfo.InvariantCulture, $" (read on {day:yyyy-MM-dd})") : "";
}
