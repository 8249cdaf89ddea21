using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>How a context-size condition compares.</summary>
[JsonConverter(typeof(JsonNameConverter<ThresholdComparison>))]
public enum ThresholdComparison
{
    /// <summary>More than the threshold; the threshold itself is not included. What OpenAI, Anthropic and Google do.</summary>
    Above,

    /// <summary>The threshold or more. What xAI does.</summary>
    From,

    /// <summary>The threshold or less.</summary>
    UpTo,

    /// <summary>Less than the threshold; the threshold itself is not included.</summary>
    Below,
}
