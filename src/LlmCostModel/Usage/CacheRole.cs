using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What tokens have to do with a prompt cache.</summary>
[JsonConverter(typeof(JsonNameConverter<CacheRole>))]
public enum CacheRole
{
    /// <summary>Nothing: fresh input, or output.</summary>
    None,

    /// <summary>They were read from a cache.</summary>
    Read,

    /// <summary>They were written to a cache.</summary>
    Write,
}
