using System.CommandLine;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;

namespace LlmCostModel.Cli.Commands;

/// <summary><c>llmcost models [FILTER]</c>: what can be priced.</summary>
internal static class ModelsCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string?> filter = new("FILTER")
        {
            Description = "a part of the id, an alias or the provider",
            DefaultValueFactory = _ => null,
        };
        PricingOptions pricing = new();
        Command command = new("models", "Lists the models that can be priced.") { filter };
        pricing.AddTo(command);
        command.SetAction(result =>
        {
            CallContext context = pricing.Context(result);
            string part = result.GetValue(filter) ?? "";
            List<ListedModel> models =
            [
                .. ListedModel
                    .All(pricing.Estimator(result, host))
                    .Where(model => model.Contains(part) && (context.Provider is null || model.IsAt(context.Provider))),
            ];
            DateTimeOffset at = context.At ?? host.Clock.GetUtcNow();
            host.Write(
                pricing.Format(result, host) switch
                {
                    OutputFormat.Json => Json(models, at),
                    OutputFormat.Csv => CsvText.Write([
                        ["model", "provider", "currency", "input", "cacheRead", "output", "card"],
                        .. models.Select(model => Row(model, at)),
                    ]),
                    _ => TableText.Write(
                        host,
                        TableText.Count(models.Count, "model"),
                        ["model", "provider=", "currency=", "input>", "cacheRead>?", "output>", "card?"],
                        models.Select(model => Row(model, at))),
                }
            );
            if (models.Count == 0)
            {
                host.Tell(part.Length == 0
                    ? "There are no rates."
                    : $"No model, alias or provider has '{VisibleText.OneLine(part)}' in it.");
            }

            return ExitCode.Priced;
        });
        return command;
    }

    private static string?[] Row(ListedModel model, DateTimeOffset at)
    {
        TokenRates? rates = model.InForce(at)?.PerMillionTokens;
        string? Text(decimal? price) => price is { } known ? JsonText.Number(known) : null;
        return
        [
            model.Pricing.Id,
            model.Card.Provider,
            model.PricedIn,
            Text(rates?.Input),
            Text(rates?.CacheRead),
            Text(rates?.Output),
            model.Card.Name,
        ];
    }

    private static string Json(List<ListedModel> models, DateTimeOffset at) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("models");
        foreach (ListedModel model in models)
        {
            writer.WriteStartObject();
            writer.WriteString("model", model.Pricing.Id);
            writer.WriteString("provider", model.Card.Provider);
            writer.WriteStartArray("aliases");
            foreach (string alias in model.Pricing.Aliases)
            {
                writer.WriteStringValue(alias);
            }

            writer.WriteEndArray();
            writer.WriteString("currency", model.PricedIn);
            writer.WriteRates("perMillionTokens", model.InForce(at)?.PerMillionTokens);
            writer.WriteString("card", model.Card.Name);
            writer.WriteString("source", model.InForce(at)?.Source ?? model.Card.Source);
            writer.WriteString("asOf", ReadingText.Date(model.InForce(at)?.AsOf ?? model.Card.AsOf));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
