using System.CommandLine;
using System.CommandLine.Parsing;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;
using LlmCostModel.Cli.Output.Charts;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Commands;

/// <summary><c>llmcost breakeven NAME ...</c>: where two ways of paying cost the same.</summary>
internal static class BreakEvenCommand
{
    private static readonly (string Text, TokenBucket Bucket)[] Lifetimes =
    [
        ("5m", TokenBucket.CacheWrite5m),
        ("30m", TokenBucket.CacheWrite30m),
        ("1h", TokenBucket.CacheWrite1h),
        ("12h", TokenBucket.CacheWrite12h),
    ];

    public static Command Create(CommandHost host)
    {
        Command command = new("breakeven", "Where two ways of paying cost the same: F1 + v1 x = F2 + v2 x.");
        foreach (BreakEvenQuestion question in BreakEvenQuestions.All)
        {
            command.Subcommands.Add(Create(host, question));
        }

        return command;
    }

    private static Command Create(CommandHost host, BreakEvenQuestion question)
    {
        Option<decimal?>[] inputs = [.. question.Inputs.Select(input => DecimalOption.Number(input.Name, input.Description))];
        for (int i = 0; i < inputs.Length; i++)
        {
            BreakEvenInput input = question.Inputs[i];
            inputs[i].Required = input.IsRequired;
            inputs[i].DefaultValueFactory = input.Default is { } value ? _ => value : null;
        }

        FormatOption format = new();
        ChartOption chart = new();
        PricingOptions pricing = new();
        Option<string?> model = new("--model")
        {
            Description = "take what is not given from this model's prices",
            HelpName = "MODEL",
        };
        Option<TokenBucket?> lifetime = new("--ttl")
        {
            Description = "the lifetime whose write price of the model applies: 5m, 30m, 1h or 12h; default its shortest",
            HelpName = "NAME",
            CustomParser = Lifetime,
        };
        Command command = new(question.Name, char.ToUpperInvariant(question.Description[0]) + question.Description[1..] + ".")
        {
            chart.Option,
        };
        foreach (Option<decimal?> input in inputs)
        {
            command.Options.Add(input);
        }

        if (question.TakesModel)
        {
            command.Options.Add(model);
            command.Options.Add(lifetime);
            pricing.AddTo(command);
        }
        else
        {
            command.Options.Add(format.Option);
        }

        command.SetAction(result =>
        {
            ModelPrices? prices = question.TakesModel && result.GetValue(model) is { } id
                ? new(pricing.Estimator(result, host), id, pricing.Context(result))
                : null;
            if (prices is null)
            {
                UnusedOptions.Refuse(result, "without --model, whose write price it names", lifetime);
            }

            decimal[] values =
            [
                .. question.Inputs.Select((input, i) => result.GetValue(inputs[i]) ?? input.From(prices, result.GetValue(lifetime))),
            ];
            BreakEvenPoint point;
            try
            {
                point = question.Ask(values);
            }
            catch (ArgumentOutOfRangeException error)
            {
                throw new CliException(ErrorText.Of(error));
            }

            string[] notes = [.. question.Inputs.Select((input, i) => input.Suspect?.Invoke(values[i])).OfType<string>()];
            ChartOption.Write(host, chart.Path(result), () => ChartOf(question, point));
            host.Write(
                (question.TakesModel ? pricing.Format(result, host) : format.Of(result, host)) switch
                {
                    OutputFormat.Json => Json(question, point, values, prices?.Model, notes),
                    OutputFormat.Csv => CsvText.Write([
                        ["name", "unit", "breakEven", "firstWholeUnit"],
                        [question.Name, point.Unit, Text(point.Units), Text(point.FirstWholeUnit)],
                    ]),
                    _ => WordWrap.Of(
                        host,
                        $"{char.ToUpperInvariant(question.Description[0])}{question.Description[1..]}:\n" + BreakEvenText.Of(point)),
                }
            );
            foreach (string note in notes)
            {
                host.Tell($"note: {note}");
            }

            return ExitCode.Priced;
        });
        return command;
    }

    private static string Json(BreakEvenQuestion question, BreakEvenPoint point, decimal[] values, string? model, string[] notes) =>
        JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("name", question.Name);
            writer.WriteString("unit", point.Unit);
            WriteLine("first", point.First);
            WriteLine("second", point.Second);
            writer.WriteDecimal("breakEven", point.Units);
            writer.WriteDecimal("firstWholeUnit", point.FirstWholeUnit);
            writer.WriteString("verdict", point.ToString());
            writer.WriteString("outcome", JsonText.Camel(point.Outcome.ToString()));
            writer.WriteString("model", model);
            writer.WriteStartObject("inputs");
            for (int i = 0; i < values.Length; i++)
            {
                writer.WriteDecimal(question.Inputs[i].JsonName, values[i]);
            }

            writer.WriteEndObject();
            writer.WriteTexts("notes", notes);
            writer.WriteEndObject();

            void WriteLine(string name, LinearCost cost)
            {
                writer.WriteStartObject(name);
                writer.WriteString("name", cost.Name);
                writer.WriteDecimal("fixed", cost.Fixed);
                writer.WriteDecimal("perUnit", cost.PerUnit);
                writer.WriteEndObject();
            }
        });

    private static LineChart ChartOf(BreakEvenQuestion question, BreakEvenPoint point) => BreakEvenChart.Of(
        char.ToUpperInvariant(question.Description[0]) + question.Description[1..], "cost, in the unit of the inputs", point);

    private static string? Text(decimal? value) => value is null ? null : JsonText.Number(value.Value);

    private static TokenBucket? Lifetime(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        foreach ((string name, TokenBucket bucket) in Lifetimes)
        {
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return bucket;
            }
        }

        result.AddError($"'{text}' is not a lifetime of a cache. Write {string.Join(", ", Lifetimes.Select(one => one.Text))}.");
        return null;
    }
}
