using System.Text.RegularExpressions;

namespace LlmCostModel.Docs.Tests.Commands;

/// <summary>A command line of <c>llmcost</c> that a page shows, in a block or in a sentence.</summary>
/// <param name="Page">The page, from the root of the repository.</param>
/// <param name="Line">The line of the page.</param>
/// <param name="Text">The arguments, as they stand.</param>
/// <param name="IsWhole">Whether it stands on its own; a sentence may name a command without its arguments.</param>
public sealed partial record DocumentedCommand(string Page, int Line, string Text, bool IsWhole)
{
    public override string ToString() => $"{Page}:{Line} llmcost {Text}";

    internal static IEnumerable<DocumentedCommand> All() =>
        from page in Pages()
        from entry in File.ReadLines(Path.Combine(Repository.Folder, page)).Select((text, index) => (text, index))
        from match in Command().Matches(entry.text)
        let text = match.Groups[1].Value.Trim()
        where text.Length > 0 && !text.Contains('|', StringComparison.Ordinal)
        select new DocumentedCommand(page, entry.index + 1, text, match.Value[0] != '`');

    private static IEnumerable<string> Pages() =>
    [
        "README.md",
        .. Files("docs").Where(page => page != CommandReference.Page && !page.StartsWith("docs/api/", StringComparison.Ordinal)),
        .. Files("src").Where(page => !page.Split('/').Any(part => part is "bin" or "obj")),
    ];

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Folder, folder), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    /// <summary>At the start of a line, after a prompt, a pipe or a back tick; or the README's way of running it from source.</summary>
    [GeneratedRegex(@"(?:^|^\$ |\| |`)(?:llmcost|dotnet run --project src/LlmCostModel\.Cli --) ([^`|]*)")]
    private static partial Regex Command();
}
