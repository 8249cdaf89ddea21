using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What a context-size condition counts.</summary>
[JsonConverter(typeof(JsonNameConverter<TokenBasis>))]
public enum TokenBasis
{
    /// <summary>All input: fresh, read from a cache and written to one (<see cref="TokenUsage.TotalInput"/>).</summary>
    TotalInput,

    /// <summary>Input neither read from a cache nor written to one (<see cref="TokenUsage.FreshInput"/>).</summary>
    FreshInput,

    /// <summary>All output, reasoning included (<see cref="TokenUsage.TotalOutput"/>).</summary>
    Output,
}
