using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What the units of a break-even are.</summary>
[JsonConverter(typeof(JsonNameConverter<BreakEvenKind>))]
public enum BreakEvenKind
{
    /// <summary>Things that there is no half of, such as requests.</summary>
    Count,

    /// <summary>A number of its own, such as reads per write.</summary>
    Ratio,

    /// <summary>A part of a whole, 0 to 1: a share above 1 is never reached.</summary>
    Share,
}
