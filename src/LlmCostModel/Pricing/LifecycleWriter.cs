using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace LlmCostModel;

/// <summary>Writes the lives of ids as the JSON that <see cref="LifecycleReader"/> reads.</summary>
internal sealed class LifecycleWriter(Utf8JsonWriter json)
{
    internal void Write(ImmutableArray<IdLifecycle> lives)
    {
        if (lives.IsEmpty)
        {
            return;
        }

        json.WriteStartObject("Lifecycle");
        foreach (IdLifecycle life in lives)
        {
            json.WritePropertyName(life.Id);
            WriteEvents(life.Events);
        }

        json.WriteEndObject();
    }

    internal void WriteObject(IdLifecycle life)
    {
        json.WriteStartObject();
        json.WriteString("Id", life.Id);
        json.WritePropertyName("Events");
        WriteEvents(life.Events);
        json.WriteEndObject();
    }

    internal void Write(IdEvent one)
    {
        json.WriteStartObject();
        json.WriteInstant("From", one.From);
        json.WriteText("Target", one.Target);
        json.WriteFlag("Retired", one.Retired);
        json.WriteFlag("Unknown", one.Unknown);
        json.WriteText("Successor", one.Successor);
        json.WriteText("Source", one.Source);
        json.WriteText("AsOf", one.AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteText("Note", one.Note);
        json.WriteEndObject();
    }

    private void WriteEvents(ImmutableArray<IdEvent> events)
    {
        json.WriteStartArray();
        foreach (IdEvent one in events)
        {
            Write(one);
        }

        json.WriteEndArray();
    }
}
