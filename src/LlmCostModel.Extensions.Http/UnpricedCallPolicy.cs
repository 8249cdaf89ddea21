using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What happens to calls of models that have no price. A call that was made is never broken.</summary>
[JsonConverter(typeof(JsonNameConverter<UnpricedCallPolicy>))]
public enum UnpricedCallPolicy
{
    /// <summary>They are made, and logged once per model and reason.</summary>
    Log,

    /// <summary>They are made. Observers and metrics still tell of them.</summary>
    Ignore,

    /// <summary>They are not made: an <see cref="UnpricedException"/> is thrown before anything is sent.</summary>
    Refuse,
}
