using System.Text.RegularExpressions;

namespace LlmCostModel.Docs.Tests.Figures;

/// <summary>A line of the README or the docs with figures in it: numbers outside of code and links that are not the number of a list item.</summary>
/// <param name="Page">The file name of the page.</param>
/// <param name="Line">The number of the line.</param>
/// <param name="Text">The line.</param>
/// <param name="Figures">The figures as they are written.</param>
internal sealed partial record FigureLine(string Page, int Line, string Text, string[] Figures)
{
    private static string Pages => Path.Combine(AppContext.BaseDirectory, "pages");

    internal static IEnumerable<FigureLine> All() =>
        Directory.EnumerateFiles(Pages, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(Of);

    public override string ToString() => $"{Page}:{Line} ({string.Join(" ", Figures)})";

    private static IEnumerable<FigureLine> Of(string file)
    {
        bool isCode = false;
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
            }

            string[] figures = isCode ? [] : [.. Figure().Matches(NoFigures().Replace(line, "")).Select(match => match.Value)];
            if (figures.Length > 0)
            {
                yield return new FigureLine(Path.GetRelativePath(Pages, file).Replace('\\', '/'), number, line, figures);
            }
        }
    }

    /// <summary>Code, link targets, addresses, and the numbers of list items.</summary>
    [GeneratedRegex(@"`[^`]*`|\]\([^)]*\)|https?://\S+|^\s*\d+\. ")]
    private static partial Regex NoFigures();

    /// <summary>A number, with its unit or without, that is not a part of a name, as in <c>o1</c> or <c>GPT-5.6</c>.</summary>
    [GeneratedRegex(@"(?<![\w.-])\d[\d,]*(\.\d+)?(%|x|ns|us|ms|s|B|KB|MB|GB)?(?![\w-])")]
    private static partial Regex Figure();
}
