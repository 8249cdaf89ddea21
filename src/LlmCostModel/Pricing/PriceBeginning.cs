using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What is known of when a price began.</summary>
[JsonConverter(typeof(JsonNameConverter<PriceBeginning>))]
public enum PriceBeginning
{
    /// <summary>The price began at <see cref="PriceVersion.From"/>; without it, it holds for every earlier instant.</summary>
    Stated,

    /// <summary>The price holds since the model came out; there is no <see cref="PriceVersion.From"/>.</summary>
    Launch,

    /// <summary>The price was first read at <see cref="PriceVersion.From"/>; when it began, and what held before, is not known.</summary>
    Reading,
}
