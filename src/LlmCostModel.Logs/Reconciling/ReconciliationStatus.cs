using System.Text.Json.Serialization;

namespace LlmCostModel.Logs;

/// <summary>How a day and model of a log compare with a bill.</summary>
[JsonConverter(typeof(JsonNameConverter<ReconciliationStatus>))]
public enum ReconciliationStatus
{
    /// <summary>Both have the same amount, within the tolerance.</summary>
    Equal,

    /// <summary>The bill charges it, and the log has no call of it.</summary>
    MissingInLog,

    /// <summary>The log has calls of it, and the bill does not charge it.</summary>
    MissingInBill,

    /// <summary>Both have it, with other amounts, or the log has no price for it.</summary>
    Different,

    /// <summary>The bill charges something whose name is not tied to one model.</summary>
    UnknownName,

    /// <summary>Bill and log are in different currencies, which are not compared.</summary>
    OtherCurrency,
}
