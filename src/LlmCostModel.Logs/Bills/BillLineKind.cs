using System.Text.Json.Serialization;

namespace LlmCostModel.Logs;

/// <summary>What a line of a bill is for.</summary>
[JsonConverter(typeof(JsonNameConverter<BillLineKind>))]
public enum BillLineKind
{
    /// <summary>What was used, at its price.</summary>
    Usage,

    /// <summary>What is paid out of a credit, a grant or a refund: negative.</summary>
    Credit,

    /// <summary>What a contract takes off: negative.</summary>
    Discount,

    /// <summary>A tax.</summary>
    Tax,

    /// <summary>A fee, a purchase, a correction or what was rounded.</summary>
    Other,
}
