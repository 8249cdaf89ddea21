using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>Which part of a call a rule with a context-size condition prices.</summary>
[JsonConverter(typeof(JsonNameConverter<RuleMode>))]
public enum RuleMode
{
    /// <summary>All tokens of the call, once the condition holds. What OpenAI, Anthropic, Google and xAI do.</summary>
    WholeRequest,

    /// <summary>Only the tokens beyond the threshold.</summary>
    Marginal,
}
