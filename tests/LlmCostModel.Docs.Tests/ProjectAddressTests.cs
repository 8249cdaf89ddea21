using System.Text.Json;
using System.Xml.Linq;

namespace LlmCostModel.Docs.Tests;

/// <summary>Where the project lives is said once, in <c>Directory.Build.props</c>.</summary>
public sealed class ProjectAddressTests
{
    private const string Placeholder = "example.org/llmcostmodel";

    private static readonly string Address =
        XDocument.Load(Path.Combine(Repository.Folder, "Directory.Build.props")).Descendants("ProjectAddress").Single().Value;

    [Theory]
    [InlineData("docs/rate-card.schema.json")]
    [InlineData("src/LlmCostModel/ConfigurationSchema.json")]
    [InlineData("src/LlmCostModel.Budgets/ConfigurationSchema.json")]
    public void Id_OfASchema_IsItsAddress(string file)
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Folder, file)));

        Assert.Equal($"{Address}/raw/main/{file}", schema.RootElement.GetProperty("$id").GetString());
    }

    /// <summary>As long as it is a placeholder, the page on releasing says that it has to be set first; once it is set, nothing does.</summary>
    [Fact]
    public void Placeholder_IsNamedWhereReleasesAreMade_UntilItIsSet() =>
        Assert.Equal(
            Address.Contains(Placeholder, StringComparison.Ordinal),
            File.ReadAllText(Path.Combine(Repository.Folder, "docs", "releasing.md")).Contains(Placeholder, StringComparison.Ordinal));
}
