using System.Text.RegularExpressions;

namespace LlmCostModel.Docs.Tests;

/// <summary>What the pages for contributors name is in the repository: files, tests, scripts and their steps, variables.</summary>
public sealed partial class ContributorPageTests
{
    private static readonly string[] Pages = ["CONTRIBUTING.md", "docs/style.md", "docs/releasing.md", "docs/versioning.md"];

    private static readonly string[] Files =
    [
        .. from folder in (string[])[".ci", "benchmarks", "docs", "src", "tests"]
           from file in Directory.EnumerateFiles(Path.Combine(Repository.Folder, folder), "*", SearchOption.AllDirectories)
           let name = Path.GetRelativePath(Repository.Folder, file).Replace('\\', '/')
           where !name.Split('/').Any(part => part is "bin" or "obj")
           select name,
    ];

    private static readonly string Code = string.Join('\n', Files
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.StartsWith(".ci/", StringComparison.Ordinal))
        .Select(file => File.ReadAllText(Path.Combine(Repository.Folder, file))));

    private static readonly string[] Steps =
        [.. StepList().Matches(File.ReadAllText(Path.Combine(Repository.Folder, ".ci/run"))).SelectMany(match => match.Groups[1].Value.Split(' '))];

    [Fact]
    public void Files_Exist() =>
        AssertAll(FileName(), 20, name => Array.Exists(Files, file => $"/{file}".EndsWith($"/{name}", StringComparison.Ordinal)));

    [Fact]
    public void Tests_Exist() => AssertAll(TestName(), 15, Declared().Matches(Code).Select(match => match.Groups[1].Value).ToHashSet().Contains);

    [Fact]
    public void Scripts_Exist() => AssertAll(Script(), 15, name => Files.Contains(name, StringComparer.Ordinal));

    [Fact]
    public void Steps_OfTheGate_Exist() => AssertAll(StepNames(), 2, names => names.Split(' ').All(name => Steps.Contains(name, StringComparer.Ordinal)));

    [Fact]
    public void Variables_AreRead() => AssertAll(Variable(), 3, name => Regex.IsMatch(Code, $@"\b{name}\b"));

    private static void AssertAll(Regex pattern, int least, Func<string, bool> exists)
    {
        (string Page, string Name)[] found =
        [
            .. from page in Pages
               from match in pattern.Matches(File.ReadAllText(Path.Combine(Repository.Folder, page)))
               select (page, match.Groups[1].Value),
        ];

        Assert.True(found.Length >= least, $"only {found.Length} names were found");
        Assert.All(found, name => Assert.True(exists(name.Name), $"{name.Page} names '{name.Name}', which does not exist"));
    }

    [GeneratedRegex(@"`(?:[\w.]+/)*([\w.]+\.(?:cs|txt))`")]
    private static partial Regex FileName();

    [GeneratedRegex(@"(?:`|FullyQualifiedName~)([A-Z]\w*(?:Tests|_\w+))\b(?<!\b(?:LLMCOSTMODEL|TEST|CsCheck)_\w+)")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\b(?:class|void|Task) (\w+)")]
    private static partial Regex Declared();

    [GeneratedRegex(@"(?<![\w/])(\.ci/[a-z]+)\b")]
    private static partial Regex Script();

    [GeneratedRegex(@"\.ci/run ([a-z][a-z0-9 ]*[a-z0-9])(?=`|\r?\n)")]
    private static partial Regex StepNames();

    [GeneratedRegex(@"^(?:all|more)=\(([^)]*)\)", RegexOptions.Multiline)]
    private static partial Regex StepList();

    [GeneratedRegex(@"\b(LLMCOSTMODEL_[A-Z]+|TEST_PROJECT)\b")]
    private static partial Regex Variable();
}
