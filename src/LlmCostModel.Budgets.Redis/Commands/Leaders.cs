using System.Collections.Immutable;

namespace LlmCostModel.Budgets.Redis.Commands;

/// <summary>The accounts that spent most of those that were seen, as many as are asked for. One that is seen twice counts once.</summary>
internal sealed class Leaders(int count)
{
    private static readonly Comparer<(Int128 Spent, string Name)> MostFirst = Comparer<(Int128 Spent, string Name)>.Create(
        (left, right) => left.Spent != right.Spent ? right.Spent.CompareTo(left.Spent) : string.CompareOrdinal(left.Name, right.Name));

    private readonly SortedSet<(Int128 Spent, string Name)> _accounts = new(MostFirst);
    private readonly HashSet<string> _names = [];

    /// <summary>The names, the one that spent most first.</summary>
    internal ImmutableArray<string> Names => [.. _accounts.Select(account => account.Name)];

    internal void Add(string name, Int128 spent)
    {
        if (spent <= 0 || !_names.Add(name))
        {
            return;
        }

        _accounts.Add((spent, name));
        if (_accounts.Count > count)
        {
            (Int128, string Name) last = _accounts.Max;
            _accounts.Remove(last);
            _names.Remove(last.Name);
        }
    }
}
