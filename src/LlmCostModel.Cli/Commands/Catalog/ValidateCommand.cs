using System.CommandLine;
using LlmCostModel.Catalog;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;
using Microsoft.Extensions.DependencyInjection;

namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary><c>llmcost catalog validate FILE</c>: whether rate cards can be right. Faults go to standard error, with exit code 2.</summary>
internal static class ValidateCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "rate cards, or the settings of an application" };
        FormatOption format = new();
        Command command = new("validate", "Checks rate cards; every fault is listed with its path.") { file, format.Option };
        command.SetAction(result =>
        {
            string path = result.GetValue(file)!;

            // As --rates reads it, so with overlays and deployments, which may be of models of the catalog.
            ServiceCollection services = new();
            services.AddSingleton(host.Clock);
            services.AddLlmCostModel(options => options.AddJson(InputFile.Bytes(path, host), Path.GetFileName(path))).AddCatalog();
            using ServiceProvider provider = services.BuildServiceProvider();
            RatesStatus rates = provider.GetRequiredService<ICostEstimator>().Rates;
            int cards = rates.OwnRateCards;
            int models = rates.Models - BuiltInCatalog.RateCards.Sum(card => card.Models.Length);
            IReadOnlyList<string> warnings = rates.Warnings;
            host.Write(
                format.Of(result, host) switch
                {
                    OutputFormat.Json => Json(cards, models, warnings),
                    OutputFormat.Csv => CsvText.Write([
                        ["warning"],
                        .. warnings.Select(warning => new[] { warning }),
                    ]),
                    _ => $"valid: {TableText.Count(cards, "rate card")}, {TableText.Count(models, "model")}, "
                        + $"{TableText.Count(warnings.Count, "warning")}\n"
                        + WordWrap.Of(host, string.Concat(warnings.Select(warning => $"  {VisibleText.OneLine(warning)}\n"))),
                }
            );
            return ExitCode.Priced;
        });
        return command;
    }

    private static string Json(int cards, int models, IReadOnlyList<string> warnings) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("valid", true);
        writer.WriteNumber("cards", cards);
        writer.WriteNumber("models", models);
        writer.WriteStartArray("warnings");
        foreach (string warning in warnings)
        {
            writer.WriteStringValue(warning);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
