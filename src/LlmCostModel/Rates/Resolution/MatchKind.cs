using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>How a model id was matched, from the strongest to the weakest.</summary>
[JsonConverter(typeof(JsonNameConverter<MatchKind>))]
public enum MatchKind
{
    /// <summary>The id is that of a model in a rate card.</summary>
    Exact,

    /// <summary>The caller's own deployment map says which model the id stands for.</summary>
    Mapped,

    /// <summary>A rate card lists the id as an alias of the model.</summary>
    Alias,

    /// <summary>A documented rule of the provider turned the id into that of a model: letter case, a region prefix, a version
    /// suffix.</summary>
    Normalized,
}
