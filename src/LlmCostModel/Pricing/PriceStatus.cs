using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>How sure a price is.</summary>
[JsonConverter(typeof(JsonNameConverter<PriceStatus>))]
public enum PriceStatus
{
    /// <summary>The price is or was in force.</summary>
    Confirmed,

    /// <summary>The provider announced the price for a later date. It applies only to calls with <see
    /// cref="CallContext.IncludeAnnounced"/>.</summary>
    Announced,
}
