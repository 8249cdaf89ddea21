using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>Whose counts a reading holds.</summary>
[JsonConverter(typeof(JsonNameConverter<UsageOrigin>))]
public enum UsageOrigin
{
    /// <summary>The provider's own response.</summary>
    Provider,

    /// <summary>A client library's, converted from the response; what the library leaves out is not there.</summary>
    Adapter,

    /// <summary>The application's own.</summary>
    Application,
}
