using System.Globalization;
using System.Text.Json;

namespace LlmCostModel;

/// <summary>Writes rate cards as the JSON that <see cref="RateCardReader"/> reads. What has its default is left out.</summary>
internal sealed class RateCardWriter(Utf8JsonWriter json)
{
    private readonly RuleWriter _rules = new(json);
    private readonly LifecycleWriter _lives = new(json);

    /// <summary>Writes a card.</summary>
    /// <param name="card">The card.</param>
    /// <param name="isNamed">Whether the card says its own name: not where it stands under it, or is a file of that name.</param>
    internal void Write(RateCard card, bool isNamed = false)
    {
        json.WriteStartObject();
        json.WriteText("Name", isNamed ? card.Name : null);
        json.WriteText("Provider", card.Provider);
        json.WriteFlag("FirstParty", card.FirstParty);
        json.WriteFlag("ProviderRequired", card.ProviderRequired);
        json.WriteText("Currency", card.Currency);
        if (card.Credit is { } credit)
        {
            json.WritePropertyName("Credit");
            new CreditWriter(json).Write(credit);
        }

        json.WriteText("AsOf", Day(card.AsOf));
        json.WriteText("Source", card.Source);
        if (card.PricesLastDays is { } days)
        {
            json.WriteNumber("PricesLastDays", days);
        }

        json.WriteStartObject("Models");
        foreach (ModelPricing model in card.Models)
        {
            json.WriteStartObject(model.Id);
            WriteInside(model);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        _lives.Write(card.Lifecycle);
        json.WriteEndObject();
    }

    internal void Write(ModelPricing model)
    {
        json.WriteStartObject();
        json.WriteString("Id", model.Id);
        WriteInside(model);
        json.WriteEndObject();
    }

    internal void Write(ModelLimits limits)
    {
        json.WriteStartObject();
        json.WriteExact("ContextWindow", limits.ContextWindow);
        json.WriteExact("MaxInputTokens", limits.MaxInputTokens);
        json.WriteExact("MaxOutputTokens", limits.MaxOutputTokens);
        if (limits.ReasoningInOutput is { } included)
        {
            json.WriteBoolean("ReasoningInOutput", included);
        }

        json.WriteText("Source", limits.Source);
        json.WriteText("AsOf", Day(limits.AsOf));
        json.WriteText("Basis", NameOf(limits.Basis));
        json.WriteEndObject();
    }

    internal void WriteObject(PriceVersion version)
    {
        json.WriteStartObject();
        Write(version);
        json.WriteEndObject();
    }

    private void WriteInside(ModelPricing model)
    {
        json.WriteTexts("Aliases", model.Aliases);
        if (model.Limits is { } limits)
        {
            json.WritePropertyName("Limits");
            Write(limits);
        }

        if (model.Versions.Length == 1)
        {
            Write(model.Versions[0]);
            return;
        }

        json.WriteStartArray("Versions");
        foreach (PriceVersion version in model.Versions)
        {
            WriteObject(version);
        }

        json.WriteEndArray();
    }

    private void Write(PriceVersion version)
    {
        json.WriteInstant("From", version.From);
        json.WriteText("Beginning", version.Beginning == PriceBeginning.Stated ? null : version.Beginning.ToString().ToLowerInvariant());
        json.WriteInstant("Until", version.Until);
        json.WriteText("Status", version.Status == PriceStatus.Announced ? "announced" : null);
        json.WriteText("Source", version.Source);
        json.WriteText("AsOf", Day(version.AsOf));
        json.WriteText("Basis", NameOf(version.Basis));
        json.WriteInstant("GuaranteedUntil", version.GuaranteedUntil);
        json.WriteText("Note", version.Note);
        _rules.WriteRates("PerMillionTokens", version.PerMillionTokens);
        _rules.WriteUnits(version.PerMeter);
        if (version.BilledAs.Count > 0)
        {
            json.WriteStartObject("BilledAs");
            foreach ((TokenBucket bucket, TokenBucket other) in version.BilledAs)
            {
                json.WriteString(TokenBuckets.NameOf(bucket), TokenBuckets.NameOf(other));
            }

            json.WriteEndObject();
        }

        if (version.Defaults.Count > 0)
        {
            json.WriteStartObject("Defaults");
            foreach ((string name, string value) in version.Defaults)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        json.WriteExact("MinimumCharge", version.MinimumCharge == 0 ? null : version.MinimumCharge);
        if (!version.Rules.IsEmpty)
        {
            json.WriteStartArray("Rules");
            foreach (PriceRule rule in version.Rules)
            {
                _rules.Write(rule);
            }

            json.WriteEndArray();
        }

        if (!version.Never.IsEmpty)
        {
            json.WriteStartArray("Never");
            foreach (System.Collections.Immutable.ImmutableArray<string> names in version.Never)
            {
                json.WriteTexts(null, names);
            }

            json.WriteEndArray();
        }
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? NameOf(PriceBasis basis) => basis == PriceBasis.Unstated ? null : basis.ToString().ToLowerInvariant();
}
