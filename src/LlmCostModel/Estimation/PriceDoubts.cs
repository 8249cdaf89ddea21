using System.Globalization;

namespace LlmCostModel;

/// <summary>What a reader of a cost has to know of the price behind it: that the provider no longer promises it, or that it was read longer
/// ago than the provider's prices last.</summary>
internal static class PriceDoubts
{
    internal static IEnumerable<string> Of(CompiledVersion compiled, DateTimeOffset at)
    {
        (PriceVersion version, RateCard card, string id) = (compiled.Version, compiled.Pricing.Card, compiled.Pricing.Model.Id);
        if (version.GuaranteedUntil is { } end && end <= at)
        {
            yield return $"The provider promised this price of '{id}' until {AmountFormat.ToText(end)} only; what it charges since is not "
                + "known.";
        }

        if (card.PricesLastDays is { } days
            && (version.AsOf ?? card.AsOf) is { } read
            && DateOnly.FromDateTime(at.UtcDateTime).DayNumber - read.DayNumber > days)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The price of '{id}' was read on {read:yyyy-MM-dd}, and prices of {card.Provider ?? card.Name} last about {days} days.");
        }
    }
}
