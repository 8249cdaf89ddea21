using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What tokens stand for.</summary>
[JsonConverter(typeof(JsonNameConverter<TokenModality>))]
public enum TokenModality
{
    /// <summary>Text, and whatever a provider counts as text.</summary>
    Text,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>Images, and pages that are read as images.</summary>
    Image,

    /// <summary>Video.</summary>
    Video,
}
