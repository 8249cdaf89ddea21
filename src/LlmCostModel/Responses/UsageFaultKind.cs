using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>Why a response cannot be read.</summary>
[JsonConverter(typeof(JsonNameConverter<UsageFaultKind>))]
public enum UsageFaultKind
{
    /// <summary>The bytes are not valid JSON in UTF-8, or a message is longer than the reader keeps.</summary>
    InvalidJson,

    /// <summary>The body has no usage of a known shape, or not of the shape that was named.</summary>
    NotRecognized,

    /// <summary>The body fits two conventions that would give different counts. Name the API.</summary>
    Ambiguous,

    /// <summary>A count or an amount is not a number that it can be: negative, fractional, too large, a text, or stated twice.</summary>
    InvalidValue,

    /// <summary>The counts contradict each other, such as more cached tokens than input tokens.</summary>
    Impossible,
}
