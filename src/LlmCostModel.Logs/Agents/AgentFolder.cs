namespace LlmCostModel.Logs;

/// <summary>A folder in which an agent keeps its sessions.</summary>
/// <remarks>The type is immutable.</remarks>
public sealed class AgentFolder
{
    internal AgentFolder(string agent, string path, string source, params string[] patterns) =>
        (Agent, Path, Source, Patterns) = (agent, path, source, patterns);

    /// <summary>Gets the name of the agent, such as <c>claude-code</c>.</summary>
    public string Agent { get; }

    /// <summary>Gets the folder, which need not exist.</summary>
    public string Path { get; }

    /// <summary>Gets the patterns of its sessions, from the folder on, as <see cref="LogFiles.FindMatching"/> takes them.</summary>
    public IReadOnlyList<string> Patterns { get; }

    /// <summary>Gets where it is written that the agent keeps them there.</summary>
    public string Source { get; }

    /// <summary>Gets the files of the folder that hold sessions which are not read, such as a database.</summary>
    public IReadOnlyList<string> NotRead =>
        Unread is not null && Directory.Exists(Path) ? [.. Directory.EnumerateFiles(Path, Unread).Order(StringComparer.Ordinal)] : [];

    internal string? Unread { get; init; }

    /// <summary>Finds the sessions in it.</summary>
    /// <returns>The files; none where the folder does not exist.</returns>
    public FoundLogs Find()
    {
        FoundLogs[] found = Directory.Exists(Path)
            ? [.. Patterns.Select(pattern => FileSearch.Matching(Path, pattern))]
            : [];
        return new(
            found.SelectMany(logs => logs.Files),
            found.SelectMany(logs => logs.Skipped),
            found.SelectMany(logs => logs.ClosedFolders));
    }

    /// <summary>Shows agent and folder.</summary>
    /// <returns>Such as <c>codex: /home/ann/.codex</c>.</returns>
    public override string ToString() => VisibleText.OneLine($"{Agent}: {Path}");
}
