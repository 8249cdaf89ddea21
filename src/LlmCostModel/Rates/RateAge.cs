using System.Globalization;

namespace LlmCostModel;

/// <summary>How long ago prices were read.</summary>
internal static class RateAge
{
    internal static DateOnly? FindOldest(IEnumerable<RateCard> cards) => cards.Min(card => card.AsOf);

    internal static IEnumerable<string> Warn(IEnumerable<RateCard> cards, int? maxDays, DateTimeOffset now) =>
        from card in cards
        let days = DateOnly.FromDateTime(now.UtcDateTime).DayNumber - card.AsOf?.DayNumber
        where days > maxDays
        select string.Create(
            CultureInfo.InvariantCulture,
            $"Rate card '{card.Name}': its prices are of {card.AsOf:yyyy-MM-dd}, {days} days ago, more than the {maxDays} of "
                + $"MaxRateAgeDays. ")
            + $"Compare them with {card.Source ?? "the provider's page"} and load newer ones.";
}
