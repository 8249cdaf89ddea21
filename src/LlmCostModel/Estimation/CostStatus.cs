using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>Whether a cost could be worked out.</summary>
[JsonConverter(typeof(JsonNameConverter<CostStatus>))]
public enum CostStatus
{
    /// <summary>Nothing was priced; there is no amount.</summary>
    Unpriced,

    /// <summary>A part was priced and a part was not; the amount is a lower bound.</summary>
    Partial,

    /// <summary>Everything was priced; the amount is exact.</summary>
    Priced,
}
