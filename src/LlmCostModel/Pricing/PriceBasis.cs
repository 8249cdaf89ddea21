using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What a price was read from, the surest first.</summary>
[JsonConverter(typeof(JsonNameConverter<PriceBasis>))]
public enum PriceBasis
{
    /// <summary>It is not said.</summary>
    Unstated,

    /// <summary>The provider's page, or a stored copy or transcription of it.</summary>
    Page,

    /// <summary>The provider's API.</summary>
    Api,

    /// <summary>A statement of the provider elsewhere, such as a mail or a thread, or a report that quotes its page.</summary>
    Statement,

    /// <summary>Public price tables.</summary>
    Tables,
}
