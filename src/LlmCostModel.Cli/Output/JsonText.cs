using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LlmCostModel.Cli.Output;

/// <summary>Writes JSON as scripts expect it: amounts as strings with all their digits, counts as integers, names in camel case.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonWriterOptions OneLine = Options with { Indented = false };

    public static string Write(Action<Utf8JsonWriter> write, bool indented = true)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, indented ? Options : OneLine))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>All digits, no exponent, no trailing zeros.</summary>
    public static string Number(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>How an id was found, in the words of the command line's contract, which scripts know in British spelling.</summary>
    public static string Match(MatchKind kind) => kind == MatchKind.Normalized ? "normalised" : Camel(kind.ToString());

    public static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    public static string Status(CostStatus status) => Camel(status.ToString());

    public static void WriteDecimal(this Utf8JsonWriter writer, string name, decimal? value)
    {
        if (value is null)
        {
            writer.WriteNull(name);
        }
        else
        {
            writer.WriteString(name, Number(value.Value));
        }
    }

    /// <summary>Writes every price that is known; null for no rates.</summary>
    public static void WriteRates(this Utf8JsonWriter writer, string name, TokenRates? rates)
    {
        if (rates is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            if (rates[row.Bucket] is { } price)
            {
                writer.WriteDecimal(row.JsonName, price);
            }
        }

        writer.WriteEndObject();
    }

    public static void WriteTexts(this Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    public static void WriteIssues(this Utf8JsonWriter writer, IReadOnlyList<CostIssue> issues)
    {
        writer.WriteStartArray("reasons");
        foreach (CostIssue issue in issues)
        {
            writer.WriteStringValue(CommandWords.Of(issue.Message));
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes every count that is not zero.</summary>
    public static void WriteUsage(this Utf8JsonWriter writer, string name, in TokenUsage usage)
    {
        writer.WriteStartObject(name);
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            if (usage[row.Bucket] != 0)
            {
                writer.WriteNumber(row.JsonName, usage[row.Bucket]);
            }
        }

        writer.WriteEndObject();
    }

    public static void WriteMeters(this Utf8JsonWriter writer, MeteredQuantities meters)
    {
        writer.WriteStartObject("meters");
        foreach ((string meter, decimal quantity) in meters)
        {
            writer.WriteString(Camel(meter), Number(quantity));
        }

        writer.WriteEndObject();
    }
}
