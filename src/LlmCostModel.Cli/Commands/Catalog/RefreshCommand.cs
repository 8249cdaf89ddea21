using System.CommandLine;
using LlmCostModel.Catalog;
using LlmCostModel.Cli.Options;

namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary><c>llmcost catalog refresh FOLDER --from FORMAT=FILE</c>: what public tables would change in the cards of a folder.</summary>
internal static class RefreshCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> folder = new("FOLDER") { Description = "rate cards, a file per provider" };
        Option<string[]> from = new("--from")
        {
            Description = $"a table that you downloaded, repeatable; formats are {RateFiles.FormatNames}; its day is the one in the file's "
                + "name, or else that of the file",
            Required = true,
            HelpName = "FORMAT=FILE",
        };
        Option<bool> write = new("--write") { Description = "edit the files; without it, the proposals are only shown" };
        Option<RefreshConfidence> confidence = new("--confidence")
        {
            Description = "the least sure proposals to show and write: high (two tables, or the provider's own answer), medium (one table) "
                + "or low (something speaks against it)",
            DefaultValueFactory = _ => RefreshConfidence.High,
            HelpName = "high|medium|low",
        };
        Option<string?> provider = new("--provider") { Description = "only this provider", HelpName = "NAME" };
        Option<DateTimeOffset?> at = PricingOptions.At();
        at.Description = "the instant up to which models may have been retired, ISO 8601; default now";
        FormatOption format = new();
        Command command = new("refresh", "Proposes edits of rate cards from public price tables, with their evidence.")
        {
            folder,
            from,
            write,
            confidence,
            provider,
            at,
            format.Option,
        };
        command.SetAction(result =>
        {
            CardFolder cards = new(result.GetValue(folder)!, host);
            string? only = result.GetValue(provider);
            CatalogRefresh refresh = CatalogRefresh.Propose(
                [.. cards.Cards.Where(card => only is null || only.Equals(card.Provider, StringComparison.OrdinalIgnoreCase))],
                [.. result.GetValue(from)!.Select(table => Table(table, host))],
                result.GetValue(at) ?? host.Clock.GetUtcNow());
            RefreshProposal[] shown = [.. refresh.Proposals.Where(proposal => proposal.Confidence >= result.GetValue(confidence))];
            (HashSet<RefreshProposal> written, List<string> files) = result.GetValue(write) ? cards.Write(shown) : ([], []);
            host.Write(format.Of(result, host) switch
            {
                OutputFormat.Json => RefreshOutput.Json(refresh, shown, written, files),
                OutputFormat.Csv => RefreshOutput.Csv(refresh, shown),
                _ => RefreshOutput.Table(refresh, shown, files, host),
            });
            return shown.All(written.Contains) ? ExitCode.Priced : ExitCode.Incomplete;
        });
        return command;
    }

    private static RefreshTable Table(string text, CommandHost host)
    {
        string[] parts = text.Split('=', 2);
        if (parts is not [{ Length: > 0 } format, { Length: > 0 } file])
        {
            throw new CliException($"'{text}' is not of the form FORMAT=FILE, such as litellm=prices.json.");
        }

        return RateFiles.ReadTable(format, file, host);
    }
}
