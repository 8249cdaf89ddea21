namespace LlmCostModel.Planning;

/// <summary>Keeps what nothing else beats: for less money, or for the same, there is no better quality.</summary>
public static class ParetoFrontier
{
    /// <summary>Selects the frontier.</summary>
    /// <typeparam name="T">What is compared.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="amount">What an item costs; one currency.</param>
    /// <param name="quality">How good it is; more is better.</param>
    /// <returns>The items from the cheapest to the best. Of items equal in both, the first is kept.</returns>
    public static IReadOnlyList<T> Find<T>(IEnumerable<T> items, Func<T, decimal> amount, Func<T, decimal> quality)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(amount);
        ArgumentNullException.ThrowIfNull(quality);
        List<T> frontier = [];
        foreach (T item in items.OrderBy(amount).ThenByDescending(quality))
        {
            if (frontier.Count == 0 || quality(item) > quality(frontier[^1]))
            {
                frontier.Add(item);
            }
        }

        return frontier;
    }
}
