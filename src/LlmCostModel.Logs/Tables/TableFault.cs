namespace LlmCostModel.Logs;

/// <summary>Why a table is not read.</summary>
internal static class TableFault
{
    private const int MostShown = 30;

    /// <summary>Says it.</summary>
    /// <param name="columns">The names in its header.</param>
    /// <param name="only">What the log is said to be; <see langword="null"/> when that is to be found out.</param>
    /// <param name="kind">What kind of file it is.</param>
    /// <param name="cause">What is missing to read it as usage records; <see langword="null"/> when that is not asked.</param>
    public static string Of(IReadOnlyList<string> columns, string? only, string kind, string? cause)
    {
        string shown = string.Join(", ", columns.Where(name => name.Length > 0).Take(MostShown));
        string more = columns.Count > MostShown ? FormattableString.Invariant($" and {columns.Count - MostShown} more") : "";
        return $"This is a table ({kind}) of columns that {(only is null ? "no format has" : $"are not those of {only}")}: {shown}{more}. "
            + $"{(cause is null ? "" : $"{cause} ")}Say which column is what with --map, such as --map model=NAME --map input=NAME.";
    }
}
