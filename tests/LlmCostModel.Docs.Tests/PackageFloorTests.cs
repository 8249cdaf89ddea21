using System.Xml.Linq;

namespace LlmCostModel.Docs.Tests;

/// <summary>The oldest packages that are asked for are those that the page on versions names.</summary>
public sealed class PackageFloorTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Folder, "docs", "versioning.md"));

    private static readonly XElement[] Groups =
        [.. XDocument.Load(Path.Combine(Repository.Folder, "Directory.Packages.props")).Root!.Elements("ItemGroup")];

    [Theory]
    [InlineData("Libraries", "Microsoft.Extensions.AI")]
    [InlineData("Libraries", "Microsoft.Extensions.AI.Evaluation")]
    [InlineData("Libraries on .NET 8", "System.Text.Json")]
    public void Floor_OfAPackage_IsOnThePage(string group, string package) =>
        Assert.Contains($"`{package}` {Versions(group)[package]}", Page, StringComparison.Ordinal);

    [Fact]
    public void Floors_OfTheFramework_AreThoseOnThePage()
    {
        Assert.All(Versions("Libraries on .NET 8").Where(IsExtension), pair => Assert.StartsWith("8.0.", pair.Value, StringComparison.Ordinal));
        Assert.All(Versions("Libraries on .NET 10").Where(IsExtension), pair => Assert.Equal("10.0.0", pair.Value));
    }

    private static bool IsExtension(KeyValuePair<string, string> package) => package.Key.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal);

    private static Dictionary<string, string> Versions(string group) =>
        Groups.Single(items => items.Attribute("Label")?.Value == group).Elements()
            .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);
}
