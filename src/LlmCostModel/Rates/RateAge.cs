using System.Globalization;

namespace LlmCostModel;

/// <summary>How long ago prices were read.</summary>
internal static class RateAge
{
    /// <summary>The oldest reading of a price that holds now; those that have ended do not grow old.</summary>
    internal static DateOnly? FindOldest(IEnumerable<RateCard> cards, DateTimeOffset now) => cards.Min(card => FindOldest(card, now));

    /// <summary>Of models that are not read yet the card says it: its day is that of the oldest of them.</summary>
    private static DateOnly? FindOldest(RateCard card, DateTimeOffset now)
    {
        if (card.AsOf is not null && card.Models.Any(model => model.IsDeferred))
        {
            return card.AsOf;
        }

        HashSet<string> retired =
            [.. card.Lifecycle.Where(life => life.Events.Any(one => one.Retired && one.From <= now)).Select(life => life.Id)];
        DateOnly? oldest = null;
        foreach (ModelPricing model in card.Models)
        {
            if (!retired.Contains(model.Id) && model.GetVersion(now) is { } version && (version.AsOf ?? card.AsOf) is { } read)
            {
                oldest = oldest < read ? oldest : read;
            }
        }

        return oldest ?? card.AsOf;
    }

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
        let oldest = maxDays is null ? null : FindOldest(card, now)
        let days = DateOnly.FromDateTime(now.UtcDateTime).DayNumber - oldest?.DayNumber
        where days > maxDays
        select string.Create(
            CultureInfo.InvariantCulture,
            $"Rate card '{card.Name}': its prices are of {oldest:yyyy-MM-dd}, {days} days ago, more than the {maxDays} of "
                + $"MaxRateAgeDays. ")
            + $"Compare them with {card.Source ?? "the provider's page"} and load newer ones.";
}
