using System.Globalization;

namespace LlmCostModel.Cli.Output;

/// <summary>What the credits are worth that a card states its prices in, one line a period.</summary>
internal static class CreditText
{
    public static IReadOnlyList<string> Of(RateCard card) => card.Credit is not { } credit
        ? []
        : [.. credit.Worth.Select(worth => Line(card, credit, worth))];

    private static string Line(RateCard card, CreditUnit credit, CreditWorth worth)
    {
        string period = (worth.From is { } from ? $" from {Day(from)}" : "") + (worth.Until is { } until ? $" until {Day(until)}" : "");
        string read = ReadingText.Date(worth.AsOf ?? card.AsOf) ?? "an unknown day";
        return $"{credit.Name}: {JsonText.Number(worth.Amount)} {card.Currency} each{period}, source: "
            + $"{worth.Source ?? card.Source ?? "none"}, as of {read}{ReadingText.Of(worth.Basis)}";
    }

    private static string Day(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
