namespace LlmCostModel.Budgets.Stores;

/// <summary>Which life of a store answered, and how far it is. A store whose epoch differs from before, or whose sequence is lower, has
/// lost what it had acknowledged.</summary>
public readonly record struct StoreStamp
{
    private StoreStamp(long epoch, long sequence, long now) => (Epoch, Sequence, Now) = (epoch, sequence, now);

    /// <summary>Gets a number that a store draws once, when it is made.</summary>
    public long Epoch { get; }

    /// <summary>Gets how many changes the store had made.</summary>
    public long Sequence { get; }

    /// <summary>Gets the store's time, in milliseconds of Unix time.</summary>
    public long Now { get; }

    /// <summary>Makes a stamp, for stores.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="now">The store's time.</param>
    /// <returns>The stamp.</returns>
    public static StoreStamp Create(long epoch, long sequence, long now) => new(epoch, sequence, now);
}
