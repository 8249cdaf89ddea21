using System.Globalization;

namespace LlmCostModel;

/// <summary>How long ago prices were read.</summary>
internal static class RateAge
{
    internal static DateOnly? FindOldest(IEnumerable<RateCard> cards) => cards.Min(card => card.AsOf);

    /// <summary>Prices cannot have been read on a day that has not come; a zone ahead of UTC is a day ahead at most.</summary>
    internal static IEnumerable<string> WarnOfFuture(IEnumerable<RateCard> cards, DateTimeOffset now) =>
        from card in cards
        let days = card.Models.SelectMany(model => model.Versions).Select(version => version.AsOf).Append(card.AsOf)
        where days.Max()?.DayNumber > DateOnly.FromDateTime(now.UtcDateTime).DayNumber + 1
        select string.Create(
            CultureInfo.InvariantCulture,
            $"Rate card '{card.Name}': its prices are said to be of {days.Max():yyyy-MM-dd}, a day that has not come. Correct its AsOf.");

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
