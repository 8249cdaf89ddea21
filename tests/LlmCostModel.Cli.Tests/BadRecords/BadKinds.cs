using System.Text.Json;

namespace LlmCostModel.Cli.Tests.BadRecords;

/// <summary>A record that cannot be priced as it stands.</summary>
/// <param name="Field">The field that is wrong.</param>
/// <param name="Value">What it says; null for nothing.</param>
/// <param name="Reason">A part of what is to be said of it.</param>
internal sealed record BadKind(string Field, string? Value, string Reason);

/// <summary>What may be wrong with records, whatever they are written in.</summary>
internal static class BadKinds
{
    /// <summary>What is no count: less than nothing, a part, too many, and words.</summary>
    internal static readonly string[] NoCounts =
    [
        "-1", "-9223372036854775808", "1.5", "0.1", "1e-1", "-0.5", "9223372036854775808", "1e400", "99999999999999999999999999999999",
        "x", "12 tokens", "1,000", "1 000", "0x10", "Infinity", "-Infinity", "nan", "true", "false", "+-5", "--5", "١٢", "½", "=1+1",
    ];

    /// <summary>What is no instant.</summary>
    internal static readonly string[] NoInstants =
    [
        "yesterday", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T25:00:00Z", "2026-01-01T00:00:00+99:00", "12",
        "99999999999999999999", "01/02/2026",
    ];

    /// <summary>What is half a character in JSON: the first half and the second alone, and both the wrong way round.</summary>
    internal static readonly string[] OfHalves = [@"a\ud800", @"\uDFFFa", @"\ud83d\n", @"\udc00\ud800", @"\\\ud83d\\udc00"];

    internal const string Half = "holds half a character (a lone surrogate), which is not text.";

    /// <summary>The kinds of a table whose values are texts: a field of the counts, of the times, of quantities, and no price.</summary>
    internal static IEnumerable<BadKind> OfTexts =>
    [
        .. NoCounts.Append("1.000").Select(value => new BadKind("cacheWrite", value, $"cacheWrite is '{value}', not a whole number of 0 or more.")),
        .. NoInstants.Select(value => new BadKind("at", value, $"at is '{value}', not an instant such as")),
        new("meters.webSearch", "-2", "meters.webSearch is less than 0."),
        new("meters.webSearch", "two", "meters.webSearch is 'two', not a number."),
        new("cost", "-0.5", "cost is less than 0."),
        new("cost", "free", "cost is 'free', not a number."),
        new("model", "acme-99", "No price for model 'acme-99'."),
        new("model", "gpt-4oo", "No price for model 'gpt-4oo'."),
        new("model", null, "model"),
        new("model", " ", "model"),
        new("provider", "nobody", "'gpt-4o'"),
    ];

    /// <summary>Which of them are numbers of JSON.</summary>
    internal static bool IsNumber(string value)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(value);
            return document.RootElement.ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A value as JSON: a number where it is one, a text otherwise.</summary>
    internal static string ToJson(string value) => IsNumber(value) ? value : JsonSerializer.Serialize(value);
}
