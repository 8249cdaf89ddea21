using System.CommandLine;
using System.Globalization;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;
using LlmCostModel.Cli.Records;
using LlmCostModel.Logs;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Commands;

/// <summary><c>llmcost job SAMPLE... --of COUNT</c>: what a whole job costs, from a sample of its calls.</summary>
internal static class JobCommand
{
    public static Command Create(CommandHost host)
    {
        InputOptions inputs = new();
        Option<long> of = new("--of")
        {
            Description = "how many items the whole job has, those of the sample among them, such as 10000 or 10k",
            HelpName = "COUNT",
            CustomParser = QuantityParser.Tokens,
            Required = true,
        };
        Option<string?> item = new("--item")
        {
            Description = "the tag that says which calls are of one item, such as session; default every call is one",
            HelpName = "TAG",
        };
        Option<string?> model = new("--model")
        {
            Description = "another model than the sample's, taken to consume the same tokens",
            HelpName = "MODEL",
        };
        PricingOptions pricing = new();
        Command command = new("job", "What a whole job costs, from a random sample of its calls: an evaluation, a migration, a batch.")
        {
            of,
            item,
            model,
        };
        inputs.AddTo(command);
        pricing.AddTo(command);
        command.SetAction(result =>
        {
            ICostEstimator estimator = pricing.Estimator(result, host);
            CallContext context = pricing.Context(result);
            JobEstimator job = new(estimator, new()
            {
                At = context.At ?? host.Clock.GetUtcNow(),
                Model = result.GetValue(model),
                ItemTag = result.GetValue(item),
                Context = context with { At = null, Batch = context.Batch == true ? true : null },
            });
            using (LogInputs logs = inputs.Find(result, host))
            {
                CallRun.Read(host, logs, new LogReaderOptions(), job.Add);
            }

            long items = result.GetValue(of);
            JobEstimate estimate;
            try
            {
                estimate = job.Finish(items);
            }
            catch (ArgumentOutOfRangeException)
            {
                throw new CliException($"--of is {items}, and the sample alone has more items. Say how many the whole has.");
            }
            catch (InvalidOperationException error)
            {
                throw new CliException(CommandWords.Of(error.Message));
            }

            host.Write(pricing.Format(result, host) switch
            {
                OutputFormat.Json => Json(estimate, context.At ?? host.Clock.GetUtcNow()),
                OutputFormat.Csv => CsvText.Write([Names, Cells(estimate, JsonText.Number)]),
                _ => WordWrap.Of(host, Table(host, estimate)),
            });
            return estimate.IsWhole ? ExitCode.Priced : ExitCode.Incomplete;
        });
        return command;
    }

    private static string[] Names => ["items", "sampled", "sample", "mean", "p5", "p95", "currency"];

    private static string[] Cells(JobEstimate estimate, Func<decimal, string> text) =>
    [
        Number(estimate.Items),
        Number(estimate.SampledItems),
        text(estimate.Sample),
        text(decimal.Round(estimate.Mean, 6)),
        estimate.P5 is { } low ? text(low) : "",
        estimate.P95 is { } high ? text(high) : "",
        estimate.Currency,
    ];

    private static string Table(CommandHost host, JobEstimate estimate) =>
        TableText.Write(
            host,
            $"a job of {estimate.Items:#,##0} items, {estimate.Currency}",
            ["items>", "sampled>", "sample>", "whole, mean>", "p5>", "p95>", "currency"],
            [Cells(estimate, amount => TableText.Amount(decimal.Round(amount, 4)))])
        + string.Concat(estimate.Notes.Select(note => $"{CommandWords.Of(note)}\n"));

    private static string Json(JobEstimate estimate, DateTimeOffset at) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("items", estimate.Items);
        writer.WriteNumber("sampledItems", estimate.SampledItems);
        writer.WriteNumber("sampledCalls", estimate.Calls);
        writer.WriteString("currency", estimate.Currency);
        writer.WriteDecimal("sample", estimate.Sample);
        writer.WriteDecimal("mean", estimate.Mean);
        writer.WriteDecimal("p5", estimate.P5);
        writer.WriteDecimal("p95", estimate.P95);
        writer.WriteDecimal("largestShare", estimate.LargestShare);
        writer.WriteString("at", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.WriteBoolean("complete", estimate.IsWhole);
        writer.WriteStartArray("notes");
        foreach (string note in estimate.Notes)
        {
            writer.WriteStringValue(CommandWords.Of(note));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
