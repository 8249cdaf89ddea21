using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Finds overlays that name what no rate card has: a discount that a misspelt name keeps from applying would be seen by nobody.
/// </summary>
internal static class OverlayReach
{
    internal static IEnumerable<string> Warn(ImmutableArray<RateCard> cards, IDictionary<string, PriceOverlay> overlays) =>
        overlays.SelectMany(overlay => Warn(cards, overlay.Key, overlay.Value));

    private static IEnumerable<string> Warn(ImmutableArray<RateCard> cards, string name, PriceOverlay overlay)
    {
        foreach (string provider in overlay.Providers.Where(provider => !cards.Any(card => IsOf(card, provider))))
        {
            string? meant = ValueReader.FindNearest(cards.Select(card => card.Provider).OfType<string>().Distinct(), provider);
            yield return $"Overlay '{name}' is for provider '{provider}', of which there is no rate card. "
                + (meant is null
                    ? $"Correct 'LlmCostModel:Overlays:{name}:Providers' or add a rate card with that Provider."
                    : $"Did you mean '{meant}'?");
        }

        RateCard[] reached = [.. cards.Where(card => overlay.Providers.IsEmpty || overlay.Providers.Any(provider => IsOf(card, provider)))];
        if (reached.Length == 0)
        {
            yield break; // Said above, once a provider.
        }

        foreach (string model in overlay.Models.Where(model => !reached.Any(card => Has(card, model))))
        {
            yield return $"Overlay '{name}' is for model '{model}', which no rate card that it applies to has under this id. Write the id "
                + $"as the card does, not an alias, in 'LlmCostModel:Overlays:{name}:Models'.";
        }
    }

    private static bool IsOf(RateCard card, string provider) => string.Equals(card.Provider, provider, StringComparison.OrdinalIgnoreCase);

    private static bool Has(RateCard card, string model) =>
        card.Models.Any(listed => string.Equals(listed.Id, model, StringComparison.OrdinalIgnoreCase));
}
