using System.Collections.Immutable;
using System.Text.Json;

namespace LlmCostModel;

/// <summary>Writes rules, conditions and prices.</summary>
internal sealed class RuleWriter(Utf8JsonWriter json)
{
    internal void Write(PriceRule rule)
    {
        json.WriteStartObject();
        json.WriteString("Name", rule.Name);
        if (rule.When != PriceCondition.Always)
        {
            json.WritePropertyName("When");
            WriteObject(rule.When);
        }

        json.WriteText("Mode", rule.Mode == RuleMode.Marginal ? "Marginal" : null);
        WriteRates("PerMillionTokens", rule.PerMillionTokens);
        WriteUnits(rule.PerMeter);
        json.WriteExact("Multiply", rule.Multiply);
        json.WriteFlag("Unpriced", rule.Unpriced);
        json.WriteTexts("On", rule.On);
        WriteRates("AddPerMillionTokens", rule.AddPerMillionTokens);
        json.WriteExact("PercentFee", rule.PercentFee);
        json.WriteExact("FixedFee", rule.FixedFee);
        json.WriteText("Status", rule.Status == PriceStatus.Announced ? "announced" : null);
        json.WriteText("Source", rule.Source);
        json.WriteEndObject();
    }

    internal void WriteRates(string name, TokenRates? rates)
    {
        if (rates is null || rates == TokenRates.None)
        {
            return;
        }

        json.WritePropertyName(name);
        WriteObject(rates);
    }

    internal void WriteObject(TokenRates rates)
    {
        json.WriteStartObject();
        foreach (TokenBucket bucket in TokenBuckets.InOrder)
        {
            json.WriteExact(TokenBuckets.NameOf(bucket), rates[bucket]);
        }

        json.WriteEndObject();
    }

    internal void WriteObject(PriceCondition condition)
    {
        json.WriteStartObject();
        Write(condition);
        json.WriteEndObject();
    }

    internal void Write(PriceOverlay overlay)
    {
        json.WriteStartObject();
        json.WriteString("Name", overlay.Name);
        json.WriteTexts("Providers", overlay.Providers);
        json.WriteTexts("Models", overlay.Models);
        json.WriteText("Currency", overlay.Currency);
        json.WriteStartArray("Rules");
        foreach (PriceRule rule in overlay.Rules)
        {
            Write(rule);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal void WriteUnits(ImmutableSortedDictionary<string, MeterPrice> prices)
    {
        if (prices.IsEmpty)
        {
            return;
        }

        json.WriteStartObject("PerMeter");
        foreach ((string meter, MeterPrice price) in prices)
        {
            json.WritePropertyName(meter);
            Write(price);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the price of a meter: a number when there is no more to say.</summary>
    internal void Write(MeterPrice price)
    {
        if (price is { Per: 1, Minimum: 0, Increment: null, Free: 0, Steps.IsEmpty: true })
        {
            json.WriteRawValue(AmountFormat.ToText(price.Price));
            return;
        }

        json.WriteStartObject();
        json.WriteExact("Price", price.Price);
        json.WriteExact("Per", price.Per == 1 ? null : price.Per);
        json.WriteExact("Minimum", price.Minimum == 0 ? null : price.Minimum);
        json.WriteExact("Increment", price.Increment);
        json.WriteExact("Free", price.Free == 0 ? null : price.Free);
        if (!price.Steps.IsEmpty)
        {
            json.WriteStartArray("Steps");
            foreach (VolumeStep step in price.Steps)
            {
                json.WriteStartObject();
                json.WriteExact("Above", step.Above);
                json.WriteExact("Price", step.Price);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void Write(PriceCondition when)
    {
        foreach (TokenThreshold threshold in when.Tokens)
        {
            json.WriteNumber($"{threshold.Basis}{threshold.Comparison}", threshold.Tokens);
        }

        json.WriteTexts("Tier", when.Tiers);
        json.WriteTexts("Region", when.Regions);
        json.WriteTexts("Provider", when.Providers);
        json.WriteTexts("Deployment", when.Deployments);
        json.WriteTexts("Account", when.Accounts);
        json.WriteInstant("From", when.From);
        json.WriteInstant("Until", when.Until);
        if (when.Schedule is { } schedule)
        {
            json.WriteTexts("Days", [.. schedule.Days.Select(day => day.ToString())]);
            json.WriteTexts("Daily", [.. schedule.Daily.Select(window => window.ToString())]);
            json.WriteString("TimeZone", schedule.TimeZone == TimeZoneInfo.Utc ? "UTC" : schedule.TimeZone.Id);
        }

        if (!when.Attributes.IsEmpty)
        {
            json.WriteStartObject("Attributes");
            foreach ((string name, ImmutableArray<string> values) in when.Attributes)
            {
                json.WriteTexts(name, values);
            }

            json.WriteEndObject();
        }
    }
}
