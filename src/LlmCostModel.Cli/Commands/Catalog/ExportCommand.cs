using System.CommandLine;
using LlmCostModel.Catalog;
using LlmCostModel.Cli.Options;

namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary><c>llmcost catalog export -o FILE</c>: the built-in catalog as one file, prices as SQL, or contract prices for Claude
/// Code.</summary>
internal static class ExportCommand
{
    public static Command Create(CommandHost host)
    {
        Option<string> output = new("--output", "-o")
        {
            Description = "where the file is written",
            Required = true,
            HelpName = "FILE",
        };
        Option<string[]> claudeCode = new("--claude-code")
        {
            Description = "write the prices of these models as modelPricing of Claude Code's managed settings instead, by the given rates",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "MODEL...",
        };
        SqlOptions sql = new();
        PricingOptions pricing = new();
        CheckedCommand command = new("export", "Writes the built-in catalog as one file, with its hash, or prices as SQL.")
        {
            output,
            claudeCode,
        };
        sql.AddTo(command);
        pricing.AddTo(command);
        AddUses(command.Uses, output, claudeCode, sql, pricing);
        command.Run(result =>
        {
            if (sql.IsAsked(result))
            {
                return sql.Write(result, host, pricing, result.GetValue(output)!);
            }

            if (result.GetValue(claudeCode) is not { Length: > 0 } models)
            {
                OutputFile.Write(host, result.GetValue(output)!, BuiltInCatalog.Write());
                return ExitCode.Priced;
            }

            CallContext context = pricing.Context(result);
            ICostEstimator estimator = pricing.Estimator(result, host);
            byte[] settings = ClaudeCodePricing.Write(estimator, models, out IReadOnlyList<ImportLoss> losses, context);
            OutputFile.Write(host, result.GetValue(output)!, settings);
            foreach (ImportLoss loss in losses)
            {
                host.Tell(loss.ToString());
            }

            return losses.Count == 0 ? ExitCode.Priced : ExitCode.Incomplete;
        });
        return command;
    }

    /// <summary>The file is the catalog as it is, SQL of the rates, or settings of Claude Code by them.</summary>
    private static void AddUses(OptionUses uses, Option output, Option<string[]> claudeCode, SqlOptions sql, PricingOptions pricing)
    {
        uses.Always(output);
        uses.Only(
            result => !sql.IsAsked(result), option => $"{option} and --sql write another file each. Give one of the two.", claudeCode);
        uses.Only(
            result => !sql.IsAsked(result),
            option => "Time, provider, region and tier are columns of the table of calls, and attributes, consumed quantities and "
                + $"announced prices are not written as SQL. Leave {option} out.",
            pricing.OfCalls);
        uses.Only(
            result => sql.IsAsked(result) || OptionUses.IsGiven(result, claudeCode),
            option => $"{option} says nothing of the built-in catalog, which is written as it is. Add --sql DIALECT or --claude-code "
                + "MODEL, or leave it out.",
            [.. pricing.OfRates, .. pricing.OfCalls]);
        uses.Only(
            result => !pricing.HasNoRates(result),
            option => $"{option} without --rates leaves no prices to write. Add --rates FILE, or leave it out.",
            pricing.NoCatalog);
        uses.Only(_ => false, option => $"{option} is of what is shown, and a file has its own. Leave it out.", pricing.OfFormat);
    }
}
