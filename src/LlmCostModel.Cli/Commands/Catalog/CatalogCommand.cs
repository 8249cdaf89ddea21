using System.CommandLine;

namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary><c>llmcost catalog</c>: rate cards from other tables, compared, checked and refreshed.</summary>
internal static class CatalogCommand
{
    public static Command Create(CommandHost host) => new("catalog", "Import, compare, check, refresh and export rate cards.")
    {
        ImportCommand.Create(host),
        DiffCommand.Create(host),
        ValidateCommand.Create(host),
        CheckCommand.Create(host),
        RefreshCommand.Create(host),
        ExportCommand.Create(host),
    };
}
