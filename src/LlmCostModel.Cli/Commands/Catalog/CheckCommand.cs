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
            ImportResult table = RateFiles.Import(result.GetValue(format)!, result.GetValue(file)!, host, pricing.Context(result).Provider);
            CrossCheck check = CrossCheck.Compare(
                pricing.Estimator(result, host),
                table,
                pricing.Context(result).At ?? host.Clock.GetUtcNow());
            host.Write(
                pricing.Format(result, host) switch
                {
                    OutputFormat.Json => Json(check),
                    OutputFormat.Csv => CsvText.Write([Columns, .. Rows(check)]),
                    _ => TableText.Write(
                        host,
                        $"{check.Agreeing} models agree, {check.Lacking} lack a price, {check.Differing} differ, "
                            + $"{check.Unknown.Count} are unknown to the rates in use",
                        [.. Columns[..4], "ours>", "table>"],
                        Rows(check)),
                }
            );
            return check.Differences.Count == 0 ? ExitCode.Priced : ExitCode.Incomplete;
        });
        return command;
    }

    private static readonly string[] Columns = ["finding", "provider", "model", "what", "ours", "table"];

    private static IEnumerable<string?[]> Rows(CrossCheck check) =>
    [
        .. check.Differences.Select(difference => (string?[])["differs", .. difference.Cells()]),
        .. check.OnlyInTable.Select(missing => (string?[])["lacks", .. missing.Cells()]),
        .. check.Unknown.Select(unknown => new string?[] { "unknown", unknown.Provider, unknown.Model, null, null, null }),
    ];

    private static string Json(CrossCheck check) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("agreeing", check.Agreeing);
        writer.WriteNumber("lacking", check.Lacking);
        writer.WriteNumber("differing", check.Differing);
        writer.WriteNumber("unknown", check.Unknown.Count);
        writer.WriteDifferences("differences", check.Differences, "ours", "table");
        writer.WriteDifferences("onlyInTable", check.OnlyInTable, "ours", "table");
        writer.WriteStartArray("unknownModels");
        foreach (ModelAtProvider unknown in check.Unknown)
        {
            writer.WriteStringValue($"{unknown.Provider}/{unknown.Model}");
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
