using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets;

/// <summary>What a store in a SQLite file survives. The end of a process, however sudden, loses nothing either way.</summary>
[JsonConverter(typeof(JsonNameConverter<SqliteDurability>))]
public enum SqliteDurability
{
    /// <summary>What was acknowledged survives a loss of power: every group of commands waits for the disk (<c>synchronous =
    /// FULL</c>).</summary>
    Full,

    /// <summary>A loss of power may take back the last commands that were acknowledged, wholly, never in part, and leaves the file sound
    /// (<c>synchronous = NORMAL</c>).</summary>
    Normal,
}
