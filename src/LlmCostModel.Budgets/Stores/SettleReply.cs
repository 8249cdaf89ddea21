using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets.Stores;

/// <summary>How a settlement ended.</summary>
[JsonConverter(typeof(JsonNameConverter<SettleOutcome>))]
public enum SettleOutcome
{
    /// <summary>It is recorded.</summary>
    Settled,

    /// <summary>The same settlement was recorded before.</summary>
    Replayed,

    /// <summary>The id was settled with other amounts; the first ones stay.</summary>
    Conflict,

    /// <summary>The store's time is in neither window of an account that was not reserved; nothing is recorded yet.</summary>
    StaleWindow,
}

/// <summary>What is remarkable about a settlement.</summary>
[Flags]
[JsonConverter(typeof(JsonNameConverter<SettleRemarks>))]
public enum SettleRemarks
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The hold had been given back before: its deadline was over, or it was released.</summary>
    Late = 1,

    /// <summary>Nobody had reserved the id.</summary>
    Unreserved = 2,

    /// <summary>In some account more was spent than was held.</summary>
    AboveHold = 4,

    /// <summary>Some account is above its limit now.</summary>
    AboveLimit = 8,
}

/// <summary>What a store answers to a settlement.</summary>
public readonly record struct SettleReply
{
    private SettleReply(SettleOutcome outcome, StoreStamp stamp, SettleRemarks remarks) =>
        (Outcome, Stamp, Remarks) = (outcome, stamp, remarks);

    /// <summary>Gets how it ended.</summary>
    public SettleOutcome Outcome { get; }

    /// <summary>Gets which store answered, and when.</summary>
    public StoreStamp Stamp { get; }

    /// <summary>Gets what is remarkable about it; of a replay, what was remarkable the first time.</summary>
    public SettleRemarks Remarks { get; }

    /// <summary>Makes an answer, for stores.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="stamp">Which store answered.</param>
    /// <param name="remarks">What is remarkable.</param>
    /// <returns>The answer.</returns>
    public static SettleReply Create(SettleOutcome outcome, StoreStamp stamp, SettleRemarks remarks = SettleRemarks.None) =>
        new(outcome, stamp, remarks);
}
