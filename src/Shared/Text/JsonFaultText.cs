using System.Text.Json;

namespace LlmCostModel;

/// <summary>Says what is wrong with JSON in words of who wrote it, and where, counted from 1: the reader speaks to who programs
/// it.</summary>
internal static class JsonFaultText
{
    private static readonly (string Said, string Meant)[] Words =
    [
        ("Expected the input to start with a valid JSON token, when isFinalBlock is true", "there is nothing in it"),
        ("The input does not contain any JSON tokens", "there is nothing in it"),
        ("Change the reader options.", ""),
        ("Expected depth to be zero at the end of the JSON payload", "it ends too early"),
        ("is invalid after a single JSON value. Expected end of data", "stands behind the end"),
    ];

    internal static string Of(JsonException fault)
    {
        string text = fault.Message;
        foreach (string behind in (ReadOnlySpan<string>)[" Path: ", " LineNumber: "])
        {
            text = text.IndexOf(behind, StringComparison.Ordinal) is >= 0 and int at ? text[..at] : text;
        }

        foreach ((string said, string meant) in Words)
        {
            text = text.Replace(said, meant, StringComparison.Ordinal);
        }

        text = text.Trim().TrimEnd('.');
        return fault is { LineNumber: { } line, BytePositionInLine: { } position }
            ? FormattableString.Invariant($"{text} (line {line + 1}, byte {position + 1}).")
            : $"{text}.";
    }
}
