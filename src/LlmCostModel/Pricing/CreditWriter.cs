using System.Globalization;
using System.Text.Json;

namespace LlmCostModel;

/// <summary>Writes credits as <see cref="CreditReader"/> reads them.</summary>
internal sealed class CreditWriter(Utf8JsonWriter json)
{
    internal void Write(CreditUnit credit)
    {
        json.WriteStartObject();
        json.WriteString("Name", credit.Name);
        json.WriteStartArray("Worth");
        foreach (CreditWorth worth in credit.Worth)
        {
            Write(worth);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal void Write(CreditWorth worth)
    {
        json.WriteStartObject();
        json.WriteInstant("From", worth.From);
        json.WriteInstant("Until", worth.Until);
        json.WriteExact("Amount", worth.Amount);
        json.WriteText("Source", worth.Source);
        json.WriteText("AsOf", worth.AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteText("Basis", worth.Basis == PriceBasis.Unstated ? null : worth.Basis.ToString().ToLowerInvariant());
        json.WriteText("Note", worth.Note);
        json.WriteEndObject();
    }
}
