using System.CommandLine;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Commands;

/// <summary><c>llmcost compare MODEL MODEL...</c>: one usage on many models.</summary>
internal static class CompareCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string[]> models = new("MODEL") { Description = "the model ids", Arity = ArgumentArity.ZeroOrMore };
        Option<string?> workload = new("--workload")
        {
            Description = "a workload file: compare its candidates (and the models) on its requests or calls",
            HelpName = "FILE",
        };
        ChartOption chart = new();
        UsageOptions usage = new();
        PricingOptions pricing = new();
        Command command = new("compare", "What one usage costs on several models, cheapest first.") { models, workload, chart.Option };
        usage.AddTo(command);
        pricing.AddTo(command);
        command.SetAction(result =>
        {
            ICostEstimator estimator = pricing.Estimator(result, host);
            if (result.GetValue(workload) is { } file)
            {
                return WorkloadComparisonOutput.Run(
                    host,
                    estimator,
                    file,
                    result.GetValue(models)!,
                    pricing.Context(result),
                    pricing.Format(result, host),
                    chart.Path(result));
            }

            if (result.GetValue(models) is not [_, ..] || chart.Path(result) is not null)
            {
                throw new CliException(
                    chart.Path(result) is null
                        ? "Name at least one model, or give --workload FILE."
                        : "--chart draws a workload. Give --workload FILE.");
            }

            TokenUsage tokens = usage.Usage(result);
            CallContext context = pricing.Context(result);
            context = context with { At = context.At ?? host.Clock.GetUtcNow() }; // one instant for all
            IReadOnlyList<CostComparison> results = estimator.Compare(result.GetValue(models)!, tokens, context, usage.Meters(result));
            string[] notes =
            [
                .. results.Select(one => HourlyPrices.FindNote(estimator, one.RequestedId, context, tokens, usage.Meters(result)))
                    .OfType<string>(),
            ];
            host.Write(
                pricing.Format(result, host) switch
                {
                    OutputFormat.Json => Json(tokens, results, context.At, notes),
                    OutputFormat.Csv => Csv(results),
                    _ => WordWrap.Of(host, Table(host, tokens, results, context.At, notes)),
                }
            );
            foreach (CostComparison item in results)
            {
                NearIds.Tell(host, estimator, item.RequestedId, item.Estimate.Issues);
            }

            return results.All(item => item.Estimate.Status == CostStatus.Priced) ? ExitCode.Priced : ExitCode.Incomplete;
        });
        return command;
    }

    private static string Json(
        TokenUsage usage,
        IReadOnlyList<CostComparison> results,
        DateTimeOffset? at,
        string[] notes) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteUsage("usage", in usage);
        writer.WriteStartArray("results");
        foreach (CostComparison result in results)
        {
            writer.WriteStartObject();
            writer.WriteString("model", result.RequestedId);
            writer.WriteString("provider", result.Estimate.Provider);
            writer.WriteString("status", JsonText.Status(result.Estimate.Status));
            writer.WriteIssues(result.Estimate.Issues);
            writer.WriteString("currency", result.Estimate.Total?.Currency);
            if (result.Estimate.Total?.Amount is { } total)
            {
                writer.WriteDecimal("total", total);
            }

            if (Rounded(result.Ratio) is { } ratio)
            {
                writer.WriteDecimal("ratio", ratio);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("at", InstantText.Of(at));
        writer.WriteTexts("notes", notes);
        writer.WriteEndObject();
    });

    private static string Csv(IReadOnlyList<CostComparison> results) => CsvText.Write(
    [
        ["model", "provider", "status", "currency", "total", "ratio", "reasons"],
        .. results.Select(result => new[]
        {
            result.RequestedId, result.Estimate.Provider, JsonText.Status(result.Estimate.Status), result.Estimate.Total?.Currency,
            result.Estimate.Total?.Amount is { } total ? JsonText.Number(total) : null,
            Rounded(result.Ratio) is { } ratio ? JsonText.Number(ratio) : null,
            IssueText.Of(result.Estimate.Issues),
        }),
    ]);

    private static string Table(
        CommandHost host,
        TokenUsage usage,
        IReadOnlyList<CostComparison> results,
        DateTimeOffset? at,
        string[] notes)
    {
        decimal most = results.Max(result => result.Estimate.Total?.Amount) ?? 0;
        string[] amounts = TableText.Amounts([.. results.Select(result => result.Estimate.Total?.Amount)]);
        string table = TableText.Write(
            host,
            usage.ToString(),
            [
                "model",
                "provider=",
                "status=",
                $"{results.Select(result => result.Estimate.Total?.Currency).FirstOrDefault(currency => currency is not null)}>",
                "ratio>",
                "|",
            ],
            results.Select((result, row) =>
                new[]
                {
                    result.RequestedId,
                    result.Estimate.Provider,
                    JsonText.Status(result.Estimate.Status),
                    amounts[row],
                    TableText.Ratio(result.Ratio),
                    TableText.Bar(result.Estimate.Total?.Amount, most),
                }
            ));
        return table
            + string.Concat(
                results.SelectMany(result => result.Estimate.Issues).Select(issue => CommandWords.Of(issue.Message) + "\n").Distinct())
            + $"Prices of {InstantText.Minute(at)}.\n"
            + string.Concat(notes.Select(note => $"Note: {note}\n"));
    }

    private static decimal? Rounded(decimal? ratio) => ratio is null ? null : decimal.Round(ratio.Value, 6, MidpointRounding.ToEven);
}
