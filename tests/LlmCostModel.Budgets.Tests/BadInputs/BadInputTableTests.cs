namespace LlmCostModel.Budgets.Tests.BadInputs;

/// <summary>Every bad input that concerns budgets is held by a test that is there.</summary>
public sealed class BadInputTableTests
{
    private static readonly int[] Numbers = [.. Enumerable.Range(1, 20), 44, 45, 47, 48, 49, 53, 54, 57, 58, .. Enumerable.Range(59, 28)];

    [Fact]
    public void Numbers_OfTheTable_AreAll() => Assert.Equal(Numbers, BadInputTable.Rows.Select(row => row.Number));

    [Fact]
    public void Tests_OfTheTable_AreThere()
    {
        ILookup<string, string> sources = Directory.EnumerateFiles(Path.Combine(Repository(), "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToLookup(path => Path.GetFileName(path).Split('.')[0], File.ReadAllText);

        Assert.All(BadInputTable.Rows.SelectMany(row => row.Tests), test =>
        {
            string[] names = test.Split('.');
            Assert.Contains(sources[names[0]], source => source.Contains($" {names[1]}(", StringComparison.Ordinal));
        });
    }

    private static string Repository()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LlmCostModel.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The repository is not above the tests.");
        }

        return folder.FullName;
    }
}
