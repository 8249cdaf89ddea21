using System.Text.Json.Serialization;

namespace LlmCostModel.Logs;

/// <summary>Whence the one instant is at whose prices both runs of a <see cref="CostGate"/> are compared.</summary>
[JsonConverter(typeof(JsonNameConverter<GateInstant>))]
public enum GateInstant
{
    /// <summary>The caller gave it.</summary>
    Given,

    /// <summary>It is that of the last call of the head.</summary>
    LastOfHead,

    /// <summary>It is that of the last call of the base, for no call of the head states its time.</summary>
    LastOfBase,

    /// <summary>It is that of the comparison, for no call states its time.</summary>
    Now,
}
