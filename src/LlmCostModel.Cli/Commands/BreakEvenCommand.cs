using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;
using LlmCostModel.Cli.Output.Charts;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Commands;

/// <summary><c>llmcost breakeven NAME ...</c>: where two ways of paying cost the same.</summary>
internal static class BreakEvenCommand
{
    private static readonly Input Write = new("--write", "the multiplier of a cache write, such as 1.25");
    private static readonly Input Read = new("--read", "the multiplier of a cache read, such as 0.1");
    private static readonly Input Hourly = new("--hourly", "what the machines or the unit cost an hour");

    private static readonly Question[] Questions =
    [
        new(
            "cache",
            "requests",
            "how many requests must share a prefix before caching it pays",
            [Write, Read],
            v => BreakEven.FindCacheRequests(v[0], v[1])),
        new(
            "cache-reads",
            "reads per write",
            "how many reads each cache write must serve",
            [Write, Read],
            v => BreakEven.FindCacheReadsPerWrite(v[0], v[1])),
        new(
            "hit-rate",
            "share of the prompt tokens",
            "which hit rate caching needs in steady traffic",
            [Write, Read, new("--instead", "the multiplier of what is given up: 0.5 for a batch at half price", 1)],
            v => BreakEven.FindCacheHitRate(v[0], v[1], v[2])),
        new("keep-alive", "pings", "how many pings may keep an entry alive", [Write, Read], v => BreakEven.FindKeepAlivePings(v[0], v[1])),
        new(
            "keep-alive-probability",
            "probability",
            "how likely the entry must be wanted for one more ping",
            [Write, Read],
            v => BreakEven.FindKeepAliveProbability(v[0], v[1])),
        new(
            "storage",
            "calls",
            "how many calls pay for a cache whose storage is billed by the hour",
            [
                new("--input", "input per million"),
                new("--read", "cache read per million"),
                new("--storage", "storage per million and hour"),
                new("--hours", "how long it is kept", 1),
            ],
            v => BreakEven.FindCacheStorageCalls(v[0], v[1], v[2], v[3])),
        new(
            "provisioned",
            "share of the hour",
            "how busy provisioned throughput must be",
            [
                Hourly,
                new("--tokens-per-minute", "input tokens a minute at full load"),
                new("--input", "input per million when paid by token"),
            ],
            v => BreakEven.FindProvisionedLoad(v[0], v[1], v[2])),
        new(
            "self-host",
            "share of the hour",
            "how busy your own machines must be",
            [Hourly, new("--api-hourly", "what the API would charge for an hour of full load")],
            v => BreakEven.FindSelfHostingLoad(v[0], v[1])),
        new(
            "self-host-requests",
            "requests an hour",
            "how many requests an hour your own machines must serve",
            [Hourly, new("--per-request", "what the API charges for a request")],
            v => BreakEven.FindSelfHostingRequests(v[0], v[1])),
        new(
            "fine-tune",
            "requests",
            "how many requests pay back work that is paid once",
            [
                new("--once", "what the work costs"),
                new("--before", "what a request costs without it"),
                new("--after", "what a request costs with it"),
            ],
            v => BreakEven.FindPayback(v[0], v[1], v[2])),
        new(
            "batch",
            "requests",
            "how many requests make a batch worth running",
            [
                new("--per-batch", "what running a batch costs beside its requests"),
                new("--per-request", "what a request costs at the standard tier"),
                new("--multiplier", "what of it a batch charges", 0.5m),
            ],
            v => BreakEven.FindBatchRequests(v[0], v[1], v[2])),
        new(
            "lines",
            "units",
            "where any two ways of paying cost the same",
            [
                new("--fixed1", "fixed amount of the first", 0),
                new("--unit1", "amount per unit of the first"),
                new("--fixed2", "fixed amount of the second"),
                new("--unit2", "amount per unit of the second", 0),
            ],
            v => BreakEven.Find(new() { Fixed = v[0], PerUnit = v[1] }, new() { Fixed = v[2], PerUnit = v[3] })),
    ];

    public static Command Create(CommandHost host)
    {
        Command command = new("breakeven", "Where two ways of paying cost the same: F1 + v1 x = F2 + v2 x.");
        foreach (Question question in Questions)
        {
            command.Subcommands.Add(Create(host, question));
        }

        return command;
    }

    private static Command Create(CommandHost host, Question question)
    {
        Option<decimal>[] inputs =
        [
            .. question.Inputs.Select(input => new Option<decimal>(input.Name)
            {
                Description = input.Description,
                Required = input.Default is null,
                CustomParser = Number,
                DefaultValueFactory = input.Default is { } value ? _ => value : null,
                HelpName = "NUMBER",
            }),
        ];
        FormatOption format = new();
        ChartOption chart = new();
        Command command = new(question.Name, char.ToUpperInvariant(question.Description[0]) + question.Description[1..] + ".")
        {
            chart.Option,
            format.Option,
        };
        foreach (Option<decimal> input in inputs)
        {
            command.Options.Add(input);
        }

        command.SetAction(result =>
        {
            BreakEvenPoint point;
            try
            {
                point = question.Ask([.. inputs.Select(result.GetValue)]);
            }
            catch (ArgumentOutOfRangeException error)
            {
                throw new CliException(ErrorText.Of(error));
            }

            ChartOption.Write(host, chart.Path(result), () => ChartOf(question, point));
            host.Write(
                format.Of(result, host) switch
                {
                    OutputFormat.Json => Json(question, point),
                    OutputFormat.Csv => CsvText.Write([
                        ["name", "unit", "breakEven", "firstWholeUnit"],
                        [question.Name, question.Unit, Text(point.Units), Text(point.FirstWholeUnit)],
                    ]),
                    _ => WordWrap.Of(
                        host,
                        $"{char.ToUpperInvariant(question.Description[0])}{question.Description[1..]}:\n"
                            + BreakEvenText.Of(point, question.Kind, question.Unit)),
                }
            );
            return ExitCode.Priced;
        });
        return command;
    }

    private static string Json(Question question, BreakEvenPoint point) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("name", question.Name);
        writer.WriteString("unit", question.Unit);
        WriteLine("first", point.First);
        WriteLine("second", point.Second);
        writer.WriteDecimal("breakEven", point.Units);
        writer.WriteDecimal("firstWholeUnit", point.FirstWholeUnit);
        writer.WriteString("verdict", point.ToString());
        writer.WriteEndObject();

        void WriteLine(string name, LinearCost cost)
        {
            writer.WriteStartObject(name);
            writer.WriteDecimal("fixed", cost.Fixed);
            writer.WriteDecimal("perUnit", cost.PerUnit);
            writer.WriteEndObject();
        }
    });

    private static LineChart ChartOf(Question question, BreakEvenPoint point) => BreakEvenChart.Of(
        char.ToUpperInvariant(question.Description[0]) + question.Description[1..],
        question.Unit,
        "cost, in the unit of the inputs",
        point,
        question.First,
        question.Second,
        BreakEvenText.Answer(point, question.Kind, question.Unit));

    private static string? Text(decimal? value) => value is null ? null : JsonText.Number(value.Value);

    private static decimal Number(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (decimal.TryParse(
                text,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out decimal number))
        {
            return number;
        }

        result.AddError($"'{text}' is not a number. Write it with a point, such as 1.25.");
        return 0;
    }

    private sealed record Input(string Name, string Description, decimal? Default = null);

    private sealed record Question(string Name, string Unit, string Description, Input[] Inputs, Func<decimal[], BreakEvenPoint> Ask)
    {
        /// <summary>What is given up.</summary>
        public string First => Name switch
        {
            "cache" or "cache-reads" or "hit-rate" or "storage" => "without cache",
            "keep-alive" or "keep-alive-probability" => "let it expire",
            "provisioned" or "self-host" or "self-host-requests" => "pay by token",
            "fine-tune" => "as it is",
            "batch" => "standard tier",
            _ => "first",
        };

        /// <summary>What is taken instead.</summary>
        public string Second => Name switch
        {
            "cache" or "cache-reads" or "hit-rate" or "storage" => "with cache",
            "keep-alive" or "keep-alive-probability" => "keep it alive",
            "provisioned" => "provisioned",
            "self-host" or "self-host-requests" => "own machines",
            "fine-tune" => "after the work",
            "batch" => "batch",
            _ => "second",
        };

        /// <summary>Whether its answer is counted, is a share, or a number of its own.</summary>
        public BreakEvenKind Kind =>
            Unit == "probability" || Unit.StartsWith("share", StringComparison.Ordinal) ? BreakEvenKind.Share
            : Unit == "reads per write" ? BreakEvenKind.Ratio
            : BreakEvenKind.Count;
    }
}
