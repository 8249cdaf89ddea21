using System.CommandLine;
using LlmCostModel.Cli.Output;

namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary><c>llmcost catalog validate FILE</c>: whether rate cards can be right. Faults go to standard error, with exit code 2.</summary>
internal static class ValidateCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "the rate cards" };
        Command command = new("validate", "Checks rate cards; every fault is told with its path.") { file };
        command.SetAction(result =>
        {
            string path = result.GetValue(file)!;
            IReadOnlyList<RateCard> cards = RateCardJson.Parse(RateFiles.Bytes(path), Path.GetFileName(path), out IReadOnlyList<RateFault> warnings);
            host.Write(JsonText.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteBoolean("valid", true);
                writer.WriteNumber("cards", cards.Count);
                writer.WriteNumber("models", cards.Sum(card => card.Models.Length));
                writer.WriteStartArray("warnings");
                foreach (RateFault warning in warnings)
                {
                    writer.WriteStringValue(warning.ToString());
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }));
            return ExitCode.Priced;
        });
        return command;
    }
}
