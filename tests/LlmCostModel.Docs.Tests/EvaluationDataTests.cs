using System.Text.RegularExpressions;

namespace LlmCostModel.Docs.Tests;

/// <summary><c>CONTRIBUTING.md</c> names the tests that skip without the evaluation data.</summary>
public sealed partial class EvaluationDataTests
{
    [Fact]
    public void Tests_ThatNeedTheData_AreNamed()
    {
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "pages", "CONTRIBUTING.md"));
        string section = page[page.IndexOf("## The evaluation data", StringComparison.Ordinal)..];
        string[] needing =
        [
            .. Directory.EnumerateFiles(Path.Combine(Repository.Folder, "tests"), "*Tests.cs", SearchOption.AllDirectories)
                .Where(file => Attribute().IsMatch(File.ReadAllText(file)))
                .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal),
        ];

        Assert.NotEmpty(needing);
        Assert.Equal(
            needing,
            TestClass().Matches(section).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^ *\[SharedData(Fact|Theory)\b", RegexOptions.Multiline)]
    private static partial Regex Attribute();

    [GeneratedRegex("`([A-Za-z]+Tests)`")]
    private static partial Regex TestClass();
}
