using LlmCostModel.Catalog;

namespace LlmCostModel.Cli.Tests.Commands;

public sealed class CatalogExportTests : IDisposable
{
    private readonly CliRunner _runner = new();

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void Export_File_IsTheCatalog()
    {
        string path = _runner.PathOf("catalog.json");

        CliResult result = CliRunner.Run("catalog", "export", "-o", path);

        Assert.Equal((0, "", ""), (result.Code, result.Output, result.Error));
        Assert.Equal(BuiltInCatalog.RateCards.Count, CatalogFile.Load(path).Count);
    }
}
