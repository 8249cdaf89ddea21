using System.Text.RegularExpressions;

namespace LlmCostModel.Docs.Tests;

/// <summary>Turns of phrase that a reader of English stumbles over, in pages, messages and comments alike.</summary>
public sealed partial class EnglishTests
{
    private static readonly (Regex Found, string Say)[] Turns =
    [
        (NoThing(), "is not a ..."),
        (Told(), "reported, listed"),
        (SinceEver(), "there is no known beginning"),
        (Dear(), "expensive, costlier"),
        (AtLast(), "finally"),
        (OnesOwn(), "your own, its own"),
        (TellsWhether(), "Determines whether"),
        (British(), "American spelling"),
    ];

    public static TheoryData<string> Files =>
    [
        "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md",
        .. Under("docs", "*.md").Where(file => !file.StartsWith("docs/api/", StringComparison.Ordinal)),
        .. Under("src", "*.md"),
        .. Under("src", "*.cs"),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Text_OfAFile_ReadsAsItsReadersWrite(string file)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Folder, file));
        IEnumerable<string> found =
            from entry in lines.Select((text, index) => (text, index))
            from turn in Turns
            from match in turn.Found.Matches(entry.text)
            select $"{file}:{entry.index + 1}: '{match.Value}': say '{turn.Say}'";

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("The text is no JSON.")]
    [InlineData("'x' is no way to match")]
    [InlineData("what cannot be right is told at once")]
    [InlineData("null means since ever")]
    [InlineData("the dearest of them")]
    [InlineData("a machine of one's own")]
    [InlineData("/// Tells whether it holds.")]
    [InlineData("the behaviour of a catalogue")]
    public void Turn_OfTheKind_IsFound(string text) => Assert.Contains(Turns, turn => turn.Found.IsMatch(text));

    [Theory]
    [InlineData("There is no rate card.")]
    [InlineData("which is no longer sold, is no more than 5, is no less exact and is no different")]
    [InlineData("'A deployment that is no one's'")]
    public void Turn_OfAnother_IsNot(string text) => Assert.DoesNotContain(Turns, turn => turn.Found.IsMatch(text));

    private static IEnumerable<string> Under(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Folder, folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Folder, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"(?<!\b([Tt]here|that)) (is|are) no (?!(longer|more|less|fewer|different|one|better|other|known|price|cost)\b)[a-zA-Z]+")]
    private static partial Regex NoThing();

    [GeneratedRegex(@"\b(is|are|be|and|was|were) told\b(?! apart)")]
    private static partial Regex Told();

    [GeneratedRegex(@"\bsince ever\b")]
    private static partial Regex SinceEver();

    [GeneratedRegex(@"\b[Dd]ear(er|est)?\b(?!"")")]
    private static partial Regex Dear();

    [GeneratedRegex(@"\bat last\b")]
    private static partial Regex AtLast();

    [GeneratedRegex(@"\bone's own\b")]
    private static partial Regex OnesOwn();

    [GeneratedRegex(@"\bTells whether\b")]
    private static partial Regex TellsWhether();

    [GeneratedRegex(@"\b([Bb]ehaviour|[Cc]olour|[Cc]atalogue|[Nn]ormalis(?!ed"")|[Uu]tilis|[Rr]ecognis|[Ss]erialis|[Oo]ptimis|[Cc]ancelled|[Ll]icence[sd]?|[Nn]eighbour|[Ff]avour)[a-z]*\b(?!\))")]
    private static partial Regex British();
}
