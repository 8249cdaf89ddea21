using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets;

/// <summary>What is remarkable about how a call was counted. It was counted in any case.</summary>
[Flags]
[JsonConverter(typeof(JsonNameConverter<SettlementRemarks>))]
public enum SettlementRemarks
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The lease had ended before: its time was over, or it was released.</summary>
    Late = 1,

    /// <summary>Nobody had a lease for it.</summary>
    Unreserved = 2,

    /// <summary>More was spent than was held.</summary>
    AboveHold = 4,

    /// <summary>A budget is above its limit now.</summary>
    AboveLimit = 8,

    /// <summary>What the call cost is not known, or only in part: what was held is counted where it is more, never nothing.</summary>
    Estimated = 16,

    /// <summary>The call is priced in a currency that a budget does not have; that budget counts what was held.</summary>
    OtherCurrency = 32,

    /// <summary>The call had been counted before with the same amounts, and was not counted again.</summary>
    Repeated = 64,

    /// <summary>The call had been counted before with other amounts: the first ones stay.</summary>
    Conflict = 128,

    /// <summary>The store of budgets does not answer: it hears of the call when it does.</summary>
    Pending = 256,
}
