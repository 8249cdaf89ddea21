using System.Globalization;

namespace LlmCostModel;

/// <summary>Writes a receipt for people: what <c>llmcost estimate --format table</c> shows, without the frame.</summary>
internal static class ReceiptWords
{
    internal static string Write(CostReceipt receipt)
    {
        string model = receipt.Model ?? receipt.RequestedId;
        List<string> text = [$"{model} at {receipt.Provider ?? "any provider"}, prices of {AmountFormat.ToText(receipt.At)}"];
        if (receipt.Lines.Count > 0)
        {
            text.AddRange(Table(receipt));
        }

        text.AddRange((receipt.Resolution?.Steps ?? []).Select(step => $"Found by: {step}."));
        text.AddRange(receipt.Notes);
        if (receipt is { Credits: { } credits, CreditWorth: { } worth })
        {
            string since = worth.From is { } from ? $" since {AmountFormat.ToText(DateOnly.FromDateTime(from.UtcDateTime))}" : "";
            string currency = receipt.Conversion?.From ?? receipt.Currency ?? "";
            text.Add($"In credits: {credits} at {AmountFormat.ToText(worth.Amount)} {currency} each{since}.");
        }

        if (receipt.Conversion is { } rate)
        {
            text.Add($"Converted: {rate}.");
        }

        foreach (ReceiptAdjustment adjustment in receipt.Adjustments)
        {
            string list = receipt.ListTotal is { } total ? $" on a list price of {Amount(total.Amount)}" : "";
            text.Add($"{adjustment.Overlay}, {adjustment.Rule}: {Amount(adjustment.Amount)} {receipt.Currency}{list}.");
        }

        if (receipt.CacheSavings is { Amount: not 0 } savings)
        {
            string difference = savings.Amount > 0 ? "more" : "less";
            text.Add($"Without the cache it would have cost {Amount(Math.Abs(savings.Amount))} {savings.Currency} {difference}.");
        }

        text.AddRange(receipt.Issues.Select(issue => $"{(receipt.Status == CostStatus.Partial ? "partial" : "unpriced")}: {issue}"));
        return string.Join('\n', text);
    }

    /// <summary>The lines and their sum, in columns.</summary>
    private static IEnumerable<string> Table(CostReceipt receipt)
    {
        string[][] rows =
        [
            .. receipt.Lines.Select(line => new[]
            {
                line.Name, Number(line.Quantity), $"{line.Units} at", Number(line.Rate), $"per {Number(line.Per)}",
                Amount(line.Amount), line.Why ?? "",
            }),
            ["total", "", "", "", "", Amount(receipt.Total?.Amount ?? 0), ""],
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return rows.Select(row =>
            $"  {row[0].PadRight(widths[0])}  {row[1].PadLeft(widths[1])} {row[2].PadRight(widths[2])} {row[3].PadLeft(widths[3])} "
            + $"{row[4].PadRight(widths[4])}  {row[5].PadLeft(widths[5])} {receipt.Currency}{(row[6].Length == 0 ? "" : $"  {row[6]}")}");
    }

    private static string Amount(decimal value) => value.ToString("#,##0.00##########################", CultureInfo.InvariantCulture);

    private static string Number(decimal value) => value.ToString("#,##0.############################", CultureInfo.InvariantCulture);
}
