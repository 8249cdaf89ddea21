using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets.Stores;

/// <summary>What a reservation was when it was released or extended.</summary>
[JsonConverter(typeof(JsonNameConverter<HoldState>))]
public enum HoldState
{
    /// <summary>Nobody had reserved the id.</summary>
    Unknown,

    /// <summary>It was held.</summary>
    Held,

    /// <summary>Its deadline was over in some account.</summary>
    Abandoned,

    /// <summary>It was released before.</summary>
    Released,

    /// <summary>It was settled before.</summary>
    Settled,
}

/// <summary>What a store answers to a release.</summary>
public readonly record struct ReleaseReply
{
    private ReleaseReply(HoldState state, StoreStamp stamp) => (State, Stamp) = (state, stamp);

    /// <summary>Gets what the reservation was before.</summary>
    public HoldState State { get; }

    /// <summary>Gets which store answered, and when.</summary>
    public StoreStamp Stamp { get; }

    /// <summary>Makes an answer, for stores.</summary>
    /// <param name="state">What the reservation was before.</param>
    /// <param name="stamp">Which store answered.</param>
    /// <returns>The answer.</returns>
    public static ReleaseReply Create(HoldState state, StoreStamp stamp) => new(state, stamp);
}
