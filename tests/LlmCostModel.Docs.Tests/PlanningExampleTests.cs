using LlmCostModel.Docs.Tests.Commands;

namespace LlmCostModel.Docs.Tests;

/// <summary>The example files of <c>docs/planning.md</c>: they stand there whole, and run as they stand there.</summary>
public sealed class PlanningExampleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("planning-");

    private static string Folder => Path.Combine(Repository.Folder, "docs", "planning");

    public static TheoryData<string> Examples => [.. Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_StandsOnThePage(string name)
    {
        string page = File.ReadAllText(Path.Combine(Repository.Folder, "docs", "planning.md")).ReplaceLineEndings("\n");

        Assert.Contains($"```json\n{File.ReadAllText(Path.Combine(Folder, name + ".json")).ReplaceLineEndings("\n").TrimEnd()}\n```", page, StringComparison.Ordinal);
    }

    /// <summary>Everything has a price, and the picture on the page is the one that the command draws.</summary>
    [Theory]
    [InlineData("support-chatbot")]
    [InlineData("coding-agent")]
    [InlineData("nightly-batch")]
    public void Example_Runs_AndDrawsItsPictures(string name)
    {
        string file = Path.Combine(Folder, name + ".json");
        foreach ((string what, string[] command) in new[] { ("compare", (string[])["compare", "--workload", file]), ("forecast", ["forecast", file]) })
        {
            string drawn = Path.Combine(_folder.FullName, "chart.svg"), kept = Path.Combine(Folder, $"{name}-{what}.svg");
            (int code, _, string error) = CommandRun.Of([.. command, "--chart", drawn]);

            Assert.True(code == 0, error);
            if (Environment.GetEnvironmentVariable("LLMCOSTMODEL_WRITE_DOCS") == "1")
            {
                File.Copy(drawn, kept, overwrite: true);
            }

            Assert.Equal(File.ReadAllText(drawn), File.ReadAllText(kept).ReplaceLineEndings("\n"));
        }
    }
}
