using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets.Stores;

/// <summary>How a reservation ended.</summary>
[JsonConverter(typeof(JsonNameConverter<ReserveOutcome>))]
public enum ReserveOutcome
{
    /// <summary>The amounts are held.</summary>
    Granted,

    /// <summary>An account has no room; nothing is held anywhere.</summary>
    Denied,

    /// <summary>The same reservation was granted before.</summary>
    Replayed,

    /// <summary>The id belongs to another reservation; nothing is held.</summary>
    Conflict,

    /// <summary>The call of this id was settled or released, before or after it was reserved; nothing is held.</summary>
    Ended,

    /// <summary>The store's time is in neither window of an account; nothing is held.</summary>
    StaleWindow,
}

/// <summary>What a store answers to a reservation.</summary>
public readonly record struct ReserveReply
{
    private ReserveReply(ReserveOutcome outcome, StoreStamp stamp, int account, AccountState state, ulong observed) =>
        (Outcome, Stamp, Account, State, Observed) = (outcome, stamp, account, state, observed);

    /// <summary>Gets how it ended.</summary>
    public ReserveOutcome Outcome { get; }

    /// <summary>Gets which store answered, and when.</summary>
    public StoreStamp Stamp { get; }

    /// <summary>Gets the place of the first account without room, or of the first whose window is stale, in the charges; -1 for
    /// none.</summary>
    public int Account { get; }

    /// <summary>Gets the state of the account without room.</summary>
    public AccountState State { get; }

    /// <summary>Gets which of the first 64 accounts have no room but are only observed, a bit for each.</summary>
    public ulong Observed { get; }

    /// <summary>Makes an answer, for stores.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="stamp">Which store answered.</param>
    /// <param name="account">The account without room, or -1.</param>
    /// <param name="state">Its state.</param>
    /// <param name="observed">The accounts that are only observed.</param>
    /// <returns>The answer.</returns>
    public static ReserveReply Create(
        ReserveOutcome outcome, StoreStamp stamp, int account = -1, AccountState state = default, ulong observed = 0) =>
        new(outcome, stamp, account, state, observed);
}
