using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>How much of a call's usage its response tells.</summary>
[JsonConverter(typeof(JsonNameConverter<UsageStatus>))]
public enum UsageStatus
{
    /// <summary>The response does not state its usage. That is not zero: the call's cost is not known.</summary>
    Unknown,

    /// <summary>The counts are a lower bound: the stream was cut off, or a count is missing.</summary>
    Partial,

    /// <summary>The counts are final.</summary>
    Complete,

    /// <summary>The request failed before there was an answer, and its provider bills nothing for it; the reason says what
    /// happened.</summary>
    NotBilled,
}
