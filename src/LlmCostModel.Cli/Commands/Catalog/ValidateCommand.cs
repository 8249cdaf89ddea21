using System.CommandLine;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;
using LlmCostModel.Cli.Records;

namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary><c>llmcost catalog validate FILE</c>: whether rate cards can be right. Faults go to standard error, with exit code 2.</summary>
internal static class ValidateCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "the rate cards" };
        FormatOption format = new();
        Command command = new("validate", "Checks rate cards; every fault is listed with its path.") { file, format.Option };
        command.SetAction(result =>
        {
            string path = result.GetValue(file)!;
            IReadOnlyList<RateCard> cards = RateCardJson.Parse(
                RecordFile.Bytes(path),
                Path.GetFileName(path),
                out IReadOnlyList<InputFault> warnings);
            int models = cards.Sum(card => card.Models.Length);
            host.Write(
                format.Of(result, host) switch
                {
                    OutputFormat.Json => Json(cards.Count, models, warnings),
                    OutputFormat.Csv => CsvText.Write([
                        ["warning"],
                        .. warnings.Select(warning => new[] { warning.ToString() }),
                    ]),
                    _ => TableText.Write(
                        host,
                        $"valid: {cards.Count} rate cards, {models} models, {warnings.Count} warnings",
                        ["warning~"],
                        warnings.Select(warning => new[] { warning.ToString() })),
                }
            );
            return ExitCode.Priced;
        });
        return command;
    }

    private static string Json(int cards, int models, IReadOnlyList<InputFault> warnings) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("valid", true);
        writer.WriteNumber("cards", cards);
        writer.WriteNumber("models", models);
        writer.WriteStartArray("warnings");
        foreach (InputFault warning in warnings)
        {
            writer.WriteStringValue(warning.ToString());
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
