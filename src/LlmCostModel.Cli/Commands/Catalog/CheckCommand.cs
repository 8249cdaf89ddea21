using System.CommandLine;
using LlmCostModel.Catalog;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;

namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary><c>llmcost catalog check FORMAT FILE</c>: where the rates in use and a public table agree, differ, or do not meet.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> format = new("FORMAT") { Description = RateFiles.FormatNames };
        Argument<string> file = new("FILE") { Description = "the table; gzip is read as such" };
        PricingOptions pricing = new();
        Command command = new("check", "Compares the rates in use with a public price table.") { format, file };
        pricing.AddTo(command);
        command.SetAction(result =>
        {
            ImportResult table = RateFiles.Import(result.GetValue(format)!, result.GetValue(file)!, pricing.Context(result).Host);
            CrossCheck check = CrossCheck.Against(pricing.Estimator(result, host), table, pricing.Context(result).At ?? host.Clock.GetUtcNow());
            host.Write(JsonText.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("agreeing", check.Agreeing);
                writer.WriteNumber("differing", check.Differences.Select(difference => (difference.Host, difference.Model)).Distinct().Count());
                writer.WriteNumber("unknown", check.Unknown.Count);
                writer.WriteDifferences("differences", check.Differences, "ours", "table");
                writer.WriteStartArray("unknownModels");
                foreach ((string tableHost, string model) in check.Unknown)
                {
                    writer.WriteStringValue($"{tableHost}/{model}");
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }));
            return check.Differences.Count == 0 ? ExitCode.Priced : ExitCode.Incomplete;
        });
        return command;
    }
}
