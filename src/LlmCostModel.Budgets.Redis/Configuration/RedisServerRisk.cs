using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets;

/// <summary>How a server can lose what it acknowledged.</summary>
[JsonConverter(typeof(JsonNameConverter<RedisServerRisk>))]
public enum RedisServerRisk
{
    /// <summary>It does not say how it is configured.</summary>
    Unknown,

    /// <summary>When its memory is full, it may drop the counts of budgets (<c>maxmemory-policy</c> is not <c>noeviction</c>).</summary>
    Eviction,

    /// <summary>A restart takes it back to its last snapshot, or to nothing (<c>appendonly no</c>).</summary>
    NoAppendOnlyFile,

    /// <summary>It is a replica, which does not take changes.</summary>
    Replica,
}
