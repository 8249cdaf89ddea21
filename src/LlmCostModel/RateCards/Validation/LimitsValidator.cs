using System.Globalization;

namespace LlmCostModel;

/// <summary>Checks that the limits of a model go together.</summary>
internal static class LimitsValidator
{
    internal static void Validate(FaultList faults, string modelPath, ModelLimits? limits)
    {
        if (limits is null)
        {
            return;
        }

        string path = $"{modelPath}:Limits";
        if (limits is { ContextWindow: null, MaxInputTokens: null, MaxOutputTokens: null })
        {
            faults.AddUnlessInside(path, null, "has no limits.", "Add ContextWindow, MaxInputTokens or MaxOutputTokens, or leave it out.");
        }

        ReportAbove(limits.MaxInputTokens, nameof(limits.MaxInputTokens));
        ReportAbove(limits.MaxOutputTokens, nameof(limits.MaxOutputTokens));
        if (limits is { ReasoningInOutput: not null, MaxOutputTokens: null })
        {
            faults.AddUnlessInside($"{path}:ReasoningInOutput", null, "is given without MaxOutputTokens.", "Add it, or leave this out.");
        }

        void ReportAbove(long? tokens, string name)
        {
            if (tokens > limits.ContextWindow)
            {
                faults.Add(
                    $"{path}:{name}",
                    tokens.Value.ToString(CultureInfo.InvariantCulture),
                    "is more than ContextWindow, which holds input and output together.",
                    "Write both as the provider states them.");
            }
        }
    }
}
