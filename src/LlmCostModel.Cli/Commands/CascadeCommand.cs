using System.CommandLine;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;
using LlmCostModel.Cli.Output.Charts;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Commands;

/// <summary><c>llmcost cascade</c>: one way after the other until a task is solved.</summary>
internal static class CascadeCommand
{
    public static Command Create(CommandHost host)
    {
        Option<string[]> steps = new("--step")
        {
            Description = $"a way of solving a task, in the order in which they are tried: {CascadeStep.Form}; repeatable",
            HelpName = "STEP",
            Required = true,
            Arity = ArgumentArity.OneOrMore,
        };
        ChartOption chart = new();
        UsageOptions usage = new();
        PricingOptions pricing = new();
        Command command = new("cascade", "What a solved task costs when a cheap model tries first and a better one on failure.")
        {
            steps,
            chart.Option,
        };
        usage.AddTo(command);
        pricing.AddTo(command);
        command.SetAction(result =>
        {
            ICostEstimator estimator = pricing.Estimator(result, host);
            TokenUsage? task = usage.IsGiven(result) ? usage.Usage(result) : null;
            CascadeStep[] all =
            [
                .. result.GetValue(steps)!.Select(text => CascadeStep.Parse(text, estimator, task, pricing.Context(result))),
            ];
            string[] currencies =
            [
                .. all.SelectMany(step => step.Parts)
                    .Where(part => part.Model is not null)
                    .Select(part => part.Amount.Currency)
                    .Distinct(),
            ];
            all = [.. all.Select(step => step.In(currencies is [var only, ..] ? only : "USD"))];
            TaskAttempt cascade;
            try
            {
                cascade = TaskAttempt.Cascade(all.Select(step => step.Attempt));
            }
            catch (InvalidOperationException error)
            {
                throw new CliException(error.Message);
            }

            ChartOption.Write(host, chart.Path(result), () => ChartOf(all, cascade));
            host.Write(pricing.Format(result, host) switch
            {
                OutputFormat.Json => Json(all, cascade),
                OutputFormat.Csv => Csv(all, cascade),
                _ => WordWrap.Of(host, Table(host, all, cascade)),
            });
            return ExitCode.Priced;
        });
        return command;
    }

    /// <summary>Each step with the share of the tasks that reaches it.</summary>
    private static IEnumerable<(CascadeStep Step, decimal Reach)> Reached(CascadeStep[] steps)
    {
        decimal reach = 1;
        foreach (CascadeStep step in steps)
        {
            yield return (step, reach);
            reach *= 1 - step.Attempt.SolveRate;
        }
    }

    private static string Json(CascadeStep[] steps, TaskAttempt cascade) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("currency", cascade.Currency);
        writer.WriteDecimal("amount", cascade.Amount);
        writer.WriteDecimal("solveRate", cascade.SolveRate);
        writer.WriteDecimal("amountPerSolved", cascade.AmountPerSolved);
        writer.WriteStartArray("steps");
        foreach ((CascadeStep step, decimal reach) in Reached(steps))
        {
            writer.WriteStartObject();
            writer.WriteString("step", step.Text);
            writer.WriteStartArray("parts");
            foreach ((string? model, Money amount) in step.Parts)
            {
                writer.WriteStartObject();
                writer.WriteString("model", model);
                writer.WriteDecimal("amount", amount.Amount);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteNumber("samples", step.Samples);
            writer.WriteString("samplesAre", step.Kind);
            writer.WriteDecimal("reach", reach);
            writer.WriteDecimal("amount", step.Attempt.Amount);
            writer.WriteDecimal("solveRate", step.Attempt.SolveRate);
            writer.WriteDecimal("amountPerSolved", step.Attempt.AmountPerSolved);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteTexts("notes", Notes(steps));
        writer.WriteEndObject();
    });

    private static IEnumerable<string> Notes(CascadeStep[] steps)
    {
        if (steps.Length > 1 || steps.Any(step => step.Samples > 1))
        {
            yield return "Failures are seen before the next try, and each share is that on the tasks which reach its step.";
        }

        if (steps.Any(step => step is { Kind: CascadeStep.Repeat, Samples: > 1 }))
        {
            yield return "Tries of one step succeed independently of each other. A task that failed once fails more often again: measure "
                + "it where you can.";
        }

        if (steps.Any(step => step.Kind is CascadeStep.Vote or CascadeStep.Best))
        {
            yield return "Samples are right independently of each other; in a vote all wrong answers are the same. Measure a vote where "
                + "you can.";
        }
    }

    private static string Csv(CascadeStep[] steps, TaskAttempt cascade) => CsvText.Write(
    [
        ["step", "reach", "amount", "solveRate", "amountPerSolved", "currency"],
        .. Reached(steps).Select(one => Cells(one.Step.Text, JsonText.Number(one.Reach), one.Step.Attempt)),
        Cells("cascade", "1", cascade),
    ]);

    private static string?[] Cells(string name, string reach, TaskAttempt attempt) =>
    [
        name,
        reach,
        JsonText.Number(attempt.Amount),
        JsonText.Number(attempt.SolveRate),
        attempt.AmountPerSolved is { } solved ? JsonText.Number(solved) : null,
        attempt.Currency,
    ];

    private static string Table(CommandHost host, CascadeStep[] steps, TaskAttempt cascade) =>
        TableText.Write(
            host,
            $"Cascade, {cascade.Currency}",
            ["step", "reached by>", "a try>", "solved>", "a solved task>"],
            [
                .. Reached(steps).Select(one => Row(one.Step.Text, one.Reach, one.Step.Attempt)),
                Row("all", 1, cascade),
            ])
        + string.Concat(Notes(steps).Select(note => note + "\n"));

    private static string[] Row(string name, decimal reach, TaskAttempt attempt) =>
    [
        name,
        RoundedText.Percent(reach),
        RoundedText.Amount(attempt.Amount),
        RoundedText.Percent(attempt.SolveRate),
        RoundedText.Amount(attempt.AmountPerSolved),
    ];

    private static BarChart ChartOf(CascadeStep[] steps, TaskAttempt cascade) => new()
    {
        Title = "A cascade, and each step alone",
        ValueName = $"{cascade.Currency} for a solved task",
        Bars =
        [
            .. steps.Select(step => Bar(step.Text, step.Attempt)),
            Bar("all, one after the other", cascade),
        ],
        Footnotes = [.. Notes(steps)],
        Numbers = new ChartTable(
            ["step", "reached by>", "a try>", "solved>", "a solved task>"],
            [.. Reached(steps).Select(one => Row(one.Step.Text, one.Reach, one.Step.Attempt)), Row("all", 1, cascade)]),
    };

    private static ChartBar Bar(string name, TaskAttempt attempt) => new(
        name,
        attempt.AmountPerSolved,
        attempt.AmountPerSolved is null ? "none solved" : RoundedText.Amount(attempt.AmountPerSolved))
    {
        Detail = $"{RoundedText.Percent(attempt.SolveRate)} solved",
    };
}
