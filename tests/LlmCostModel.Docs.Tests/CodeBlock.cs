namespace LlmCostModel.Docs.Tests;

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">The file name of the page.</param>
/// <param name="Line">The line of the opening fence.</param>
/// <param name="Text">What is between the fences.</param>
public sealed record CodeBlock(string Page, int Line, string Text)
{
    private static string Pages => Path.Combine(AppContext.BaseDirectory, "pages");

    /// <summary>All blocks of one language in the README and the docs.</summary>
    internal static IEnumerable<CodeBlock> All(string language) =>
        Directory.EnumerateFiles(Pages, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(file => Of(file, language));

    public override string ToString() => $"{Page}:{Line}";

    private static IEnumerable<CodeBlock> Of(string file, string language)
    {
        string[] lines = File.ReadAllLines(file);
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                continue;
            }

            int end = Array.FindIndex(lines, i + 1, line => line.StartsWith("```", StringComparison.Ordinal));
            Assert.True(end > i, $"{file}:{i + 1}: the block has no end");
            if (lines[i][3..].Trim() == language)
            {
                yield return new CodeBlock(Path.GetRelativePath(Pages, file), i + 1, string.Join('\n', lines[(i + 1)..end]));
            }

            i = end;
        }
    }
}
