using System.Collections.Immutable;
using System.Text;

namespace LlmCostModel.Tests.Estimation.Exactness;

/// <summary>A call and everything that decides its price. Its text is what reproduces it.</summary>
/// <param name="Card">A card of one model, "m".</param>
/// <param name="Overlays">Rules of the user's own.</param>
/// <param name="Usage">The tokens.</param>
/// <param name="Meters">What was consumed besides them.</param>
/// <param name="Context">What else is known of the call, its instant among it.</param>
internal sealed record PricedCase(
    RateCard Card, ImmutableArray<PriceOverlay> Overlays, TokenUsage Usage, MeteredQuantities Meters, CallContext Context)
{
    internal const string Model = "m";

    internal ImmutableArray<PriceVersion> Versions => Card.Models[0].Versions;

    internal PricedCase With(IEnumerable<PriceVersion> versions) =>
        this with { Card = Card with { Models = [Card.Models[0] with { Versions = [.. versions] }] } };

    /// <exception cref="RateCardException">The card or an overlay is not valid.</exception>
    internal CostEstimator CreateEstimator() => Create(Card);

    /// <summary>The same with a card that was written and read again.</summary>
    internal CostEstimator CreateEstimatorOfJson() => Create(RateCardJson.Parse(RateCardJson.Write(Card), "card.json").Single());

    private CostEstimator Create(RateCard card)
    {
        LlmCostModelOptions options = new();
        foreach (PriceOverlay overlay in Overlays)
        {
            options.Overlays.Add(overlay.Name, overlay);
        }

        return new(options, card);
    }

    public override string ToString() => string.Join(
        '\n',
        [
            "card:     " + Encoding.UTF8.GetString(RateCardJson.Write(Card)),
            .. Overlays.Select(overlay => $"overlay:  {overlay}"),
            $"usage:    {System.Text.Json.JsonSerializer.Serialize(Usage)}",
            $"meters:   {System.Text.Json.JsonSerializer.Serialize(Meters)}",
            $"context:  {Context}",
        ]);
}
