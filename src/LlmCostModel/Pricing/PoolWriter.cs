using System.Text.Json;

namespace LlmCostModel;

/// <summary>Writes pools as <see cref="PoolReader"/> reads them.</summary>
internal sealed class PoolWriter(Utf8JsonWriter json)
{
    internal void Write(PrepaidPool pool)
    {
        json.WriteStartObject();
        json.WriteString("Name", pool.Name);
        json.WriteTexts("Providers", pool.Providers);
        json.WriteTexts("Models", pool.Models);
        json.WriteTexts("Tiers", pool.Tiers);
        json.WriteExact("Amount", pool.Amount);
        json.WriteText("Unit", pool.Unit);
        json.WriteText("Currency", pool.Currency);
        json.WriteText("Period", pool.Period == PoolPeriod.Once ? null : pool.Period.ToString().ToLowerInvariant());
        json.WriteInstant("From", pool.From);
        json.WriteInstant("Until", pool.Until);
        json.WriteExact("Fee", pool.Fee);
        json.WriteEndObject();
    }
}
