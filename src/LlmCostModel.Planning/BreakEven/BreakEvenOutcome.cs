using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>When the second of two options is the cheaper one, among the numbers of units that there can be.</summary>
[JsonConverter(typeof(JsonNameConverter<BreakEvenOutcome>))]
public enum BreakEvenOutcome
{
    /// <summary>Above the point.</summary>
    Above,

    /// <summary>Below the point.</summary>
    Below,

    /// <summary>For every number of units it costs no more, and for some less.</summary>
    Always,

    /// <summary>For no number of units.</summary>
    Never,

    /// <summary>Both always cost the same.</summary>
    Same,
}
