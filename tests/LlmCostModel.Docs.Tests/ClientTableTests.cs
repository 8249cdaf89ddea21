using System.Text.RegularExpressions;

namespace LlmCostModel.Docs.Tests;

/// <summary>The versions of client libraries that the middleware's page names are those that its tests run against.</summary>
public sealed partial class ClientTableTests
{
    [Fact]
    public void Versions_OfTheTable_AreThoseOfTheTests()
    {
        string[] rows = [.. File.ReadAllLines(Path.Combine(Repository.Folder, "docs", "middleware.md")).SkipWhile(line => !line.StartsWith("| client | tested with |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))];
        string packages = File.ReadAllText(Path.Combine(Repository.Folder, "Directory.Packages.props"));

        string[] versions = [.. rows.SelectMany(row => Version().Matches(row.Split('|')[2])).Select(match => match.Value)];

        Assert.True(versions.Length > 5);
        Assert.All(versions, version => Assert.Contains($"Version=\"{version}\"", packages, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\d+\.\d+\.\d+(-[a-z]+\.\d+)?")]
    private static partial Regex Version();
}
