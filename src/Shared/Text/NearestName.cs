namespace LlmCostModel;

/// <summary>Finds what was probably meant, for "did you mean".</summary>
internal static class NearestName
{
    private const int MostDifferences = 2;

    /// <summary>The one of some names that was probably meant: at most two letters differ; <see langword="null"/> when none is so
    /// near.</summary>
    internal static string? Find(IEnumerable<string> names, string written) =>
        names.Where(name => Math.Abs(name.Length - written.Length) <= MostDifferences)
            .MinBy(name => Distance(name, written)) is { } nearest
            && Distance(nearest, written) <= MostDifferences ? nearest : null;

    /// <summary>The number of letters to change, insert or drop (Levenshtein).</summary>
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int substitution = diagonal + (char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
