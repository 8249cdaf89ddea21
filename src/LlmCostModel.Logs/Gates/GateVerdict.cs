using System.Text.Json.Serialization;

namespace LlmCostModel.Logs;

/// <summary>What a change did to the cost of a scenario.</summary>
[JsonConverter(typeof(JsonNameConverter<GateVerdict>))]
public enum GateVerdict
{
    /// <summary>It costs as much as before, or more by no more than is allowed.</summary>
    WithinLimit,

    /// <summary>It costs less or more than before, but runs differ so much by themselves that this may be chance.</summary>
    WithinNoise,

    /// <summary>It costs less than before; where runs repeat, by more than chance explains.</summary>
    Decrease,

    /// <summary>Only the head has it: there is nothing to compare with.</summary>
    New,

    /// <summary>Only the base has it.</summary>
    Removed,

    /// <summary>It costs more than is allowed; where runs repeat, by more than chance explains.</summary>
    Increase,

    /// <summary>A call of it has no price, or one in part only, so that it is not known what the change did.</summary>
    Unpriced,
}
