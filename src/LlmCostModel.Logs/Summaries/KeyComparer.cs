namespace LlmCostModel.Logs;

/// <summary>Compares the values of keys one after the other; what is not stated comes first.</summary>
internal sealed class KeyComparer : IEqualityComparer<string?[]>, IComparer<string?[]>
{
    public static KeyComparer Default { get; } = new();

    public bool Equals(string?[]? left, string?[]? right) => left.AsSpan().SequenceEqual(right);

    public int GetHashCode(string?[] values)
    {
        HashCode hash = default;
        foreach (string? value in values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    public int Compare(string?[]? left, string?[]? right)
    {
        int order = 0;
        for (int i = 0; order == 0 && i < left!.Length; i++)
        {
            order = string.CompareOrdinal(left[i], right![i]);
        }

        return order;
    }
}
