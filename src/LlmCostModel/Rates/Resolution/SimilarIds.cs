namespace LlmCostModel;

/// <summary>Finds the id that was probably meant by one that is unknown: for the reason, never for a match.</summary>
internal static class SimilarIds
{
    /// <summary>Below, nearly everything is similar, and above nobody mistypes an id.</summary>
    private const int Shortest = 5;
    private const int Longest = 64;

    /// <summary>From this length on two letters may differ, below it one.</summary>
    private const int LongId = 10;

    /// <summary>More than any id may differ.</summary>
    private const int TooMuch = 3;

    /// <summary>The most similar id that is sold at a provider; <see langword="null"/> when none is similar.</summary>
    /// <param name="modelId">The unknown id.</param>
    /// <param name="provider">The provider; <see langword="null"/> for any.</param>
    /// <param name="entries">The ids that are known.</param>
    internal static string? Find(string modelId, string? provider, Dictionary<string, IdEntry> entries)
    {
        if (modelId.Length is < Shortest or > Longest)
        {
            return null;
        }

        int allowed = modelId.Length >= LongId ? 2 : 1;
        string? best = null;
        int fewest = allowed + 1;
        foreach ((string id, IdEntry entry) in entries)
        {
            if (Math.Abs(id.Length - modelId.Length) <= allowed && entry.IsSoldAt(provider))
            {
                int differences = CountDifferences(modelId, id);
                if (differences < fewest || (differences == fewest && best is not null && string.CompareOrdinal(id, best) < 0))
                {
                    (best, fewest) = (id, differences);
                }
            }
        }

        return best;
    }

    /// <summary>How many letters are missing, too many, wrong or swapped with the next. A digit is not a slip: another version is another
    /// model.</summary>
    private static int CountDifferences(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        Span<int> beforeLast = stackalloc int[Longest + TooMuch];
        Span<int> last = stackalloc int[Longest + TooMuch];
        Span<int> row = stackalloc int[Longest + TooMuch];
        last[0] = 0;
        for (int j = 1; j <= second.Length; j++)
        {
            last[j] = last[j - 1] + CostOf(second[j - 1]);
        }

        for (int i = 1; i <= first.Length; i++)
        {
            char a = char.ToLowerInvariant(first[i - 1]);
            int least = row[0] = last[0] + CostOf(a);
            for (int j = 1; j <= second.Length; j++)
            {
                char b = char.ToLowerInvariant(second[j - 1]);
                int exchanged = last[j - 1] + (a == b ? 0 : Math.Max(CostOf(a), CostOf(b)));
                row[j] = Math.Min(exchanged, Math.Min(last[j] + CostOf(a), row[j - 1] + CostOf(b)));
                if (i > 1 && j > 1 && a == char.ToLowerInvariant(second[j - 2]) && b == char.ToLowerInvariant(first[i - 2]))
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + Math.Max(CostOf(a), CostOf(b)));
                }

                least = Math.Min(least, row[j]);
            }

            if (least >= TooMuch)
            {
                return TooMuch;
            }

            Span<int> free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }

        return last[second.Length];
    }

    private static int CostOf(char letter) => char.IsAsciiDigit(letter) ? TooMuch : 1;
}
