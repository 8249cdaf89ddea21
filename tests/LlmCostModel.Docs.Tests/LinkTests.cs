using System.Text.RegularExpressions;

namespace LlmCostModel.Docs.Tests;

/// <summary>Every link of every page of the repository leads to a file, a folder or a heading that is there.</summary>
public sealed partial class LinkTests
{
    private static readonly string[] Folders = ["docs", "src", "tests"];

    public static TheoryData<string> Pages =>
    [
        .. Directory.EnumerateFiles(Repository.Folder, "*.md")
            .Concat(Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Folder, folder), "*.md", SearchOption.AllDirectories)))
            .Select(file => Path.GetRelativePath(Repository.Folder, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_OfAPage_LeadSomewhere(string page)
    {
        string file = Path.Combine(Repository.Folder, page);
        Assert.All(Link().Matches(WithoutCode(file)).Select(match => Escaped().Replace(match.Groups[1].Value, "$1")), link =>
        {
            string[] parts = link.Split('#', 2);
            string target = parts[0].Length == 0 ? file : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, parts[0]));
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{page} links to {link}, which does not exist");
            if (parts.Length == 2)
            {
                Assert.True(Headings(target).Contains(parts[1]), $"{page} links to {link}; the headings there are {string.Join(", ", Headings(target))}");
            }
        });
    }

    private static HashSet<string> Headings(string file) =>
    [
        .. Heading().Matches(WithoutCode(file)).Select(match => Anchor(match.Groups[1].Value)),
        .. Named().Matches(WithoutCode(file)).Select(match => match.Groups[1].Value),
    ];

    /// <summary>The anchor that repositories show for a heading: lower case, hyphens for spaces, nothing else but letters, digits, _ and -.</summary>
    private static string Anchor(string heading) => NoAnchor().Replace(heading.ToLowerInvariant(), "").Trim().Replace(' ', '-');

    private static string WithoutCode(string file) => Code().Replace(File.ReadAllText(file).ReplaceLineEndings("\n"), "");

    [GeneratedRegex(@"\\([^A-Za-z0-9\s])")]
    private static partial Regex Escaped();

    [GeneratedRegex("<a id=\"([^\"]+)\"></a>")]
    private static partial Regex Named();

    [GeneratedRegex(@"\]\((?!https?:|mailto:)([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ +(.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();
}
