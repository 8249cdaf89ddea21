using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace LlmCostModel.Logs;

/// <summary>A chart over time: its steps, and series with a value or none for each of them.</summary>
internal sealed record ReportChart
{
    /// <summary>JSON that may stand in a page: what could end its element is escaped, other letters are as they are.</summary>
    private static readonly JsonWriterOptions InPage = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>What the chart is called, for those who do not see it.</summary>
    public required string Title { get; init; }

    /// <summary><c>stack</c> of bars, or <c>line</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What the values are in: a currency, or <c>%</c> for parts from 0 to 1.</summary>
    public required string Unit { get; init; }

    /// <summary>The steps, as their labels and instants.</summary>
    public required IReadOnlyList<(string Label, DateTime At)> Steps { get; init; }

    public required IReadOnlyList<ReportSeries> Series { get; init; }

    public static string ToJson(IEnumerable<ReportChart> charts)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, InPage))
        {
            writer.WriteStartArray();
            foreach (ReportChart chart in charts)
            {
                chart.Write(writer);
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("title", Title);
        writer.WriteString("kind", Kind);
        writer.WriteString("unit", Unit);
        writer.WriteStartArray("labels");
        foreach ((string label, _) in Steps)
        {
            writer.WriteStringValue(label);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("x");
        foreach ((_, DateTime at) in Steps)
        {
            writer.WriteNumberValue((at - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("series");
        foreach (ReportSeries series in Series)
        {
            writer.WriteStartObject();
            writer.WriteString("name", VisibleText.OneLine(HtmlText.NameOf(series.Name)));
            writer.WriteStartArray("values");
            foreach (decimal? value in series.Values)
            {
                writer.WriteStringValue(value is { } known ? AmountFormat.ToText(known) : null);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

/// <summary>One line or color of a chart: its name, and a value or none for each step.</summary>
internal sealed record ReportSeries(string Name, IReadOnlyList<decimal?> Values);
