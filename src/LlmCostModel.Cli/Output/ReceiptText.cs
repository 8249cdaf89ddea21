using System.Globalization;
using System.Text;

namespace LlmCostModel.Cli.Output;

/// <summary>Shows a receipt to people.</summary>
internal static class ReceiptText
{
    /// <summary>The rules behind a line, and the bucket it is billed as; null when there is nothing to name.</summary>
    public static string? Rules(ReceiptLine line)
    {
        string rules = string.Join(" + ", line.Rules);
        string billedAs = line.BilledAs is { } bucket ? $"billed as {JsonText.Camel(bucket.ToString())}" : "";
        string text = string.Join("; ", new[] { rules, billedAs }.Where(part => part.Length > 0));
        return text.Length == 0 ? null : text;
    }

    public static string Write(CommandHost host, CostReceipt receipt)
    {
        StringBuilder text = new();
        if (receipt.Lines.Count > 0)
        {
            text.Append(TableText.Write(
                host,
                $"{receipt.Resolution!.ModelId} at {receipt.Resolution.Provider ?? "any provider"}, prices of "
                    + $"{InstantText.Minute(receipt.At)}",
                ["what", "quantity>", "rate>", "per", $"{receipt.Currency}>", "rule~"],
                [
                    .. receipt.Lines.Select(line => new[]
                    {
                        JsonText.Camel(line.Name), TableText.Quantity(line.Quantity), JsonText.Number(line.Rate),
                        $"{TableText.Quantity(line.Per)} {Plural(line)}", TableText.Amount(line.Amount), Rules(line),
                    }),
                    ["total", "", "", "", TableText.Amount(receipt.Total?.Amount), ""],
                ]));
        }

        foreach (string step in receipt.Resolution?.Steps ?? [])
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Found by: {step}.");
        }

        if (receipt is { Credits: { } credits, CreditWorth: { } worth })
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"In credits: {TableText.Amount(credits.Amount)} {credits.Unit} at "
                + $"{JsonText.Number(worth.Amount)} {receipt.Currency} each.");
        }

        foreach (ReceiptAdjustment adjustment in receipt.Adjustments)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{adjustment.Overlay}, {adjustment.Rule}: "
                + $"{TableText.Amount(adjustment.Amount)} {receipt.Currency} on a list price of "
                + $"{TableText.Amount(receipt.ListTotal?.Amount)}.");
        }

        if (receipt.CacheSavings is { Amount: not 0 } saved)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"Without the cache it would have cost {TableText.Amount(saved.Amount)} {saved.Currency} more.");
        }

        foreach (CostIssue issue in receipt.Issues)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{JsonText.Status(receipt.Status)}: {CommandWords.Of(issue.Message)}");
        }

        return text.ToString();
    }

    /// <summary>Meters keep the name that they are priced by.</summary>
    private static string Plural(ReceiptLine line) => line is { Unit: "token", Per: not 1 } ? "tokens" : line.Unit;
}
