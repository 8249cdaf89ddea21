namespace LlmCostModel.Budgets.Stores;

/// <summary>Which life of a store answered, and how far it is. A store whose epoch differs from before, or whose sequence is lower, has
/// lost what it had acknowledged.</summary>
public readonly record struct StoreStamp
{
    private StoreStamp(long epoch, long sequence, long now, long connection) =>
        (Epoch, Sequence, Now, Connection) = (epoch, sequence, now, connection);

    /// <summary>Gets a number that a store draws once, when it is made.</summary>
    public long Epoch { get; }

    /// <summary>Gets how many changes the store had made.</summary>
    public long Sequence { get; }

    /// <summary>Gets the store's time, in milliseconds of Unix time.</summary>
    public long Now { get; }

    /// <summary>Gets a number that grows whenever it is not certain that the server which answers is the one that did before: a connection
    /// was lost, or another server took over. One that lagged behind may know less, and its sequence may have caught up since.</summary>
    public long Connection { get; }

    /// <summary>Makes a stamp, for stores.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="now">The store's time.</param>
    /// <param name="connection">The number of the connection; 0 for stores that have none.</param>
    /// <returns>The stamp.</returns>
    public static StoreStamp Create(long epoch, long sequence, long now, long connection = 0) => new(epoch, sequence, now, connection);
}
