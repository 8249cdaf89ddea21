namespace LlmCostModel.Logs;

/// <summary>The files that a search found, and what it left out.</summary>
/// <remarks>The type is immutable.</remarks>
public sealed class FoundLogs
{
    internal FoundLogs(IEnumerable<string> files, IEnumerable<string> skipped, IEnumerable<string> closed) =>
        (Files, Skipped, ClosedFolders) = (Ordered(files), Ordered(skipped), Ordered(closed));

    /// <summary>Gets the files to read, each once, in the order of their characters' numbers, which is the same on every machine.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Gets the files that were left out, because their names do not end as those of logs do.</summary>
    public IReadOnlyList<string> Skipped { get; }

    /// <summary>Gets the folders whose contents could not be listed, so that files may be missing.</summary>
    public IReadOnlyList<string> ClosedFolders { get; }

    private static string[] Ordered(IEnumerable<string> paths) =>
        [.. paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
