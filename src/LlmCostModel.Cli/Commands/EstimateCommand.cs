using System.CommandLine;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Commands;

/// <summary><c>llmcost estimate MODEL</c>: what one call costs, line by line.</summary>
internal static class EstimateCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> model = new("MODEL") { Description = "the model id" };
        UsageOptions usage = new();
        PricingOptions pricing = new();
        Command command = new("estimate", "What one call costs, line by line.") { model };
        usage.AddTo(command);
        pricing.AddTo(command);
        command.SetAction(result =>
        {
            ICostEstimator estimator = pricing.Estimator(result, host);
            CallContext context = pricing.Context(result);
            TokenUsage tokens = usage.Usage(result);
            CostReceipt receipt = estimator.Explain(result.GetValue(model)!, in tokens, in context, usage.Meters(result));
            string? note = context.At is null ? null
                : HourlyPrices.FindNote(estimator, receipt.RequestedId, context, tokens, usage.Meters(result));
            OutputFormat format = pricing.Format(result, host);
            host.Write(
                format switch
                {
                    OutputFormat.Json => Json(receipt, note),
                    OutputFormat.Csv => Csv(receipt),
                    _ => WordWrap.Of(host, ReceiptText.Write(host, receipt)),
                }
            );
            if (format == OutputFormat.Csv)
            {
                host.TellIssues(receipt.Issues); // lines of a bill have no place for them
            }

            if (note is not null && format != OutputFormat.Json)
            {
                host.Tell($"note: {note}");
            }

            NearIds.Tell(host, estimator, receipt.RequestedId, receipt.Issues);
            LimitsText.Tell(host, estimator, receipt, in tokens, context.Provider);
            return receipt.Status == CostStatus.Priced ? ExitCode.Priced : ExitCode.Incomplete;
        });
        return command;
    }

    private static string Json(CostReceipt receipt, string? note) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("model", receipt.RequestedId);
        writer.WriteString("canonical", receipt.Resolution?.ModelId);
        writer.WriteString("provider", receipt.Resolution?.Provider);
        writer.WriteString("match", receipt.Resolution is { } resolution ? JsonText.Match(resolution.Kind) : null);
        writer.WriteString("status", JsonText.Status(receipt.Status));
        writer.WriteIssues(receipt.Issues);
        writer.WriteString("currency", receipt.Currency);
        writer.WriteDecimal("total", receipt.Total?.Amount);
        writer.WriteDecimal("list", receipt.ListTotal?.Amount);
        if (receipt.Credits is { } credits)
        {
            writer.WriteDecimal("credits", credits.Amount);
            writer.WriteString("creditUnit", credits.Unit);
        }

        writer.WriteDecimal("cacheSavings", receipt.CacheSavings?.Amount);
        writer.WriteStartArray("lines");
        foreach (ReceiptLine line in receipt.Lines)
        {
            writer.WriteStartObject();
            writer.WriteString("bucket", JsonText.Camel(line.Name));
            writer.WriteString("quantity", JsonText.Number(line.Quantity));
            writer.WriteString("unit", line.Bucket is null ? JsonText.Camel(line.Unit) : line.Unit);
            writer.WriteString("rate", JsonText.Number(line.Rate));
            writer.WriteString("per", JsonText.Number(line.Per));
            writer.WriteString("amount", JsonText.Number(line.Amount));
            writer.WriteString("rule", ReceiptText.Rules(line));
            writer.WriteString("card", line.RateCard);
            writer.WriteString("source", line.Source);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("adjustments");
        foreach (ReceiptAdjustment adjustment in receipt.Adjustments)
        {
            writer.WriteStartObject();
            writer.WriteString("overlay", adjustment.Overlay);
            writer.WriteString("rule", adjustment.Rule);
            writer.WriteString("amount", JsonText.Number(adjustment.Amount));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteTexts("steps", receipt.Resolution?.Steps ?? []);
        writer.WriteString("at", InstantText.Of(receipt.At));
        writer.WriteTexts("notes", note is null ? [] : [note]);
        writer.WriteEndObject();
    });

    private static string Csv(CostReceipt receipt) => CsvText.Write(
    [
        ["bucket", "quantity", "unit", "rate", "per", "amount", "currency", "rule", "card", "source"],
        .. receipt.Lines.Select(line => new[]
        {
            JsonText.Camel(line.Name),
            JsonText.Number(line.Quantity), line.Bucket is null ? JsonText.Camel(line.Unit) : line.Unit,
            JsonText.Number(line.Rate), JsonText.Number(line.Per),
            JsonText.Number(line.Amount), receipt.Currency, ReceiptText.Rules(line), line.RateCard, line.Source,
        }),
    ]);
}
