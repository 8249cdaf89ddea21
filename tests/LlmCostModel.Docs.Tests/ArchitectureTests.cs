using System.Text.RegularExpressions;

namespace LlmCostModel.Docs.Tests;

/// <summary><c>docs/architecture.md</c> speaks of files that exist, and its walks stay short.</summary>
public sealed class ArchitectureTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "pages", "architecture.md"));

    private static readonly Dictionary<string, int> Sources = Directory
        .EnumerateFiles(Path.Combine(Repository.Folder, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
        .GroupBy(file => Path.GetFileName(file), StringComparer.Ordinal)
        .ToDictionary(files => files.Key, files => files.Count(), StringComparer.Ordinal);

    [Fact]
    public void Files_ThatThePageNames_ExistOnce() =>
        Assert.All(FilesIn(Page), file => Assert.True(Sources.GetValueOrDefault(file) == 1, $"{file} exists {Sources.GetValueOrDefault(file)} times under src"));

    /// <summary>Two thirds of the 37, 21 and 20 files that these walks had when the core was one cycle of folders.</summary>
    [Theory]
    [InlineData("**A price in `appsettings.json`", 24)]
    [InlineData("**A raw response", 14)]
    [InlineData("**A chat call through", 13)]
    public void Walks_StayShort(string title, int most)
    {
        int start = Page.IndexOf(title, StringComparison.Ordinal);
        Assert.True(start >= 0, $"The page has no walk '{title}'.");
        int end = Page.IndexOf("\n\n", start, StringComparison.Ordinal);

        Assert.InRange(FilesIn(Page[start..end]).Distinct().Count(), 5, most);
    }

    private static IEnumerable<string> FilesIn(string text) => Regex.Matches(text, "`([A-Za-z.]+\\.cs)`").Select(match => match.Groups[1].Value);
}
