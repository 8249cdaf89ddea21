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
        Command command = new("export", "Writes the built-in catalog as one file, with its hash, or prices as SQL.")
        {
            output,
            claudeCode,
        };
        sql.AddTo(command);
        pricing.AddTo(command);
        command.SetAction(result =>
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
}
