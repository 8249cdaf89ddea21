using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;
using LlmCostModel.Cli.Output.Charts;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Commands;

/// <summary><c>llmcost reasoning MODEL</c>: what longer reasoning costs, and what it brings.</summary>
internal static class ReasoningCommand
{
    private const string Form = "LABEL=TOKENS@QUALITY, or LABEL=TOKENS@QUALITY/TASKS, such as high=23k@87.5%/30";

    public static Command Create(CommandHost host)
    {
        Argument<string> model = new("MODEL") { Description = "the model id" };
        Option<ReasoningLevel[]> levels = new("--level")
        {
            Description = $"a length of reasoning and the share of tasks that it solves, as {Form}; TASKS says how sure the share is; "
                + "repeatable",
            HelpName = "LEVEL",
            Required = true,
            Arity = ArgumentArity.OneOrMore,
            CustomParser = Levels,
        };
        ChartOption chart = new();
        UsageOptions usage = new();
        PricingOptions pricing = new();
        Command command = new("reasoning", "What longer reasoning costs a task, a solved task and a further solved task.")
        {
            model,
            levels,
            chart.Option,
        };
        usage.AddTo(command);
        pricing.AddTo(command);
        command.SetAction(result =>
        {
            ICostEstimator estimator = pricing.Estimator(result, host);
            string id = result.GetValue(model)!;
            usage.RefuseReasoning(result, "beside the levels, which say how long it is");
            TokenUsage task = usage.IsGiven(result) ? usage.Usage(result) : default;
            ImmutableArray<ReasoningPoint> points = ReasoningCurve.Compute(
                estimator, id, task, result.GetValue(levels)!, pricing.Context(result));
            string[] notes = [.. Notes(points, usage.IsGiven(result))];
            ChartOption.Write(host, chart.Path(result), () => ChartOf(id, points, notes));
            host.Write(pricing.Format(result, host) switch
            {
                OutputFormat.Json => Json(id, points, notes),
                OutputFormat.Csv => Csv(points),
                _ => WordWrap.Of(host, Table(host, id, points, notes)),
            });
            return ExitCode.Priced;
        });
        return command;
    }

    private static ReasoningLevel[] Levels(ArgumentResult result)
    {
        List<ReasoningLevel> levels = [];
        foreach (Token token in result.Tokens)
        {
            string text = token.Value;
            int equals = text.IndexOf('=', StringComparison.Ordinal), at = text.LastIndexOf('@'), slash = text.LastIndexOf('/');
            int end = slash > at ? slash : text.Length;
            if (equals > 0
                && at > equals
                && QuantityParser.TryParse(text[(equals + 1)..at], out decimal tokens)
                && tokens == decimal.Truncate(tokens) && tokens <= long.MaxValue
                && DecimalOption.TryShare(text[(at + 1)..end], out decimal quality)
                && (end == text.Length || long.TryParse(text[(end + 1)..], out long tasks) && tasks > 0))
            {
                levels.Add(new()
                {
                    Label = text[..equals],
                    ReasoningTokens = (long)tokens,
                    Quality = quality,
                    Tasks = end == text.Length ? null : long.Parse(text.AsSpan(end + 1), System.Globalization.CultureInfo.InvariantCulture),
                });
            }
            else
            {
                result.AddError($"'{text}' is not of the form {Form}.");
            }
        }

        foreach (string label in levels.GroupBy(level => level.Label).Where(same => same.Count() > 1).Select(same => same.Key))
        {
            result.AddError($"Two levels are called '{label}'. Give each a label of its own.");
        }

        return [.. levels];
    }

    private static IEnumerable<string> Notes(ImmutableArray<ReasoningPoint> points, bool hasUsage)
    {
        if (!hasUsage)
        {
            yield return "Only reasoning is priced. Give what else a task consumes, such as --input 1200 --output 300.";
        }

        if (points.Any(point => point.Level.Tasks is null))
        {
            yield return "Where the number of tasks is not known, a difference of chance counts as one. Write it behind the quality: "
                + "@87.5%/30.";
        }

        foreach (ReasoningPoint point in points.Where(point => point.WithinErrorOf is not null))
        {
            yield return $"'{point.Level.Label}' is not distinguishable from '{point.WithinErrorOf}', which is cheaper: their qualities "
                + "differ by less than 1.96 standard errors.";
        }
    }

    private static decimal? Error(ReasoningPoint point) => point.Level.StandardError is { } error ? RoundedText.Share(error) : null;

    private static string Json(string model, ImmutableArray<ReasoningPoint> points, string[] notes) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("model", model);
        writer.WriteString("currency", points[0].Attempt.Currency);
        writer.WriteStartArray("levels");
        foreach (ReasoningPoint point in points)
        {
            writer.WriteStartObject();
            writer.WriteString("label", point.Level.Label);
            writer.WriteNumber("reasoningTokens", point.Level.ReasoningTokens);
            writer.WriteDecimal("quality", point.Level.Quality);
            writer.WriteDecimal("tasks", point.Level.Tasks);
            writer.WriteDecimal("standardError", Error(point));
            writer.WriteDecimal("amount", point.Attempt.Amount);
            writer.WriteDecimal("amountPerSolved", point.Attempt.AmountPerSolved);
            writer.WriteDecimal("amountPerExtraSolved", point.AmountPerExtraSolved);
            writer.WriteBoolean("onFrontier", point.OnFrontier);
            writer.WriteString("withinErrorOf", point.WithinErrorOf);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteTexts("notes", notes);
        writer.WriteEndObject();
    });

    private static string Csv(ImmutableArray<ReasoningPoint> points) => CsvText.Write(
    [
        [
            "label", "reasoningTokens", "quality", "tasks", "standardError", "amount", "amountPerSolved", "amountPerExtraSolved",
            "currency", "onFrontier", "withinErrorOf",
        ],
        .. points.Select(point => new[]
        {
            point.Level.Label, JsonText.Number(point.Level.ReasoningTokens), JsonText.Number(point.Level.Quality), Text(point.Level.Tasks),
            Text(Error(point)), Text(point.Attempt.Amount), Text(point.Attempt.AmountPerSolved), Text(point.AmountPerExtraSolved),
            point.Attempt.Currency, point.OnFrontier ? "true" : "false", point.WithinErrorOf,
        }),
    ]);

    private static string? Text(decimal? value) => value is null ? null : JsonText.Number(value.Value);

    private static string Table(CommandHost host, string model, ImmutableArray<ReasoningPoint> points, string[] notes) =>
        TableText.Write(
            host,
            $"{model}, {points[0].Attempt.Currency}",
            ["level", "tokens>", "solved>", "a task>", "a solved task>", "a further one>?", "frontier"],
            points.Select(point => new[]
            {
                point.Level.Label,
                TableText.Quantity(point.Level.ReasoningTokens),
                RoundedText.Percent(point.Level.Quality)
                    + (Error(point) is { } error ? $" +-{RoundedText.Percent(decimal.Round(error, 3))}" : ""),
                RoundedText.Amount(point.Attempt.Amount),
                RoundedText.Amount(point.Attempt.AmountPerSolved),
                RoundedText.Amount(point.AmountPerExtraSolved),
                point.OnFrontier ? "yes" : point.WithinErrorOf is null ? "no" : $"as {point.WithinErrorOf}",
            }))
        + string.Concat(notes.Select(note => note + "\n"));

    private static BarChart ChartOf(string model, ImmutableArray<ReasoningPoint> points, string[] notes) => new()
    {
        Title = $"{model}: what longer reasoning costs",
        ValueName = $"{points[0].Attempt.Currency} for a solved task",
        Bars =
        [
            .. points.Select(point => new ChartBar(
                $"{point.Level.Label}: {RoundedText.Percent(point.Level.Quality)} solved",
                point.Attempt.AmountPerSolved,
                point.Attempt.AmountPerSolved is null ? "none solved" : RoundedText.Amount(point.Attempt.AmountPerSolved))
            {
                Detail = $"{TableText.Quantity(point.Level.ReasoningTokens)} tokens"
                    + (point.OnFrontier ? ", on the frontier" : point.WithinErrorOf is null ? "" : $", as good as {point.WithinErrorOf}"),
            }),
        ],
        Footnotes = notes,
        Numbers = new ChartTable(
            ["level", "tokens>", "solved>", "a task>", "a solved task>", "a further one>"],
            [
                .. points.Select(point => new[]
                {
                    point.Level.Label, TableText.Quantity(point.Level.ReasoningTokens), RoundedText.Percent(point.Level.Quality),
                    RoundedText.Amount(point.Attempt.Amount), RoundedText.Amount(point.Attempt.AmountPerSolved),
                    RoundedText.Amount(point.AmountPerExtraSolved),
                }),
            ]),
    };
}
