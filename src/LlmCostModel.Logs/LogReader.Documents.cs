using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace LlmCostModel.Logs;

// Documents, which are read with marks in the place of half characters: a call that holds one is rejected.
public sealed partial class LogReader
{
    private const string HalfCharacter = "holds half a character (a lone surrogate), which is not text.";

    private const string MarkInJson = @"\ufdd0";

    private static readonly JsonValueConverter<ModelCall> CallJson = new();
    private static readonly JsonSerializerOptions CallOptions = new();

    private ReadOnlyMemory<byte> _json;
    private ReadOnlyMemory<byte> _written;
    private bool _mayHoldHalves; // a document of the log, or a JSON text in one

    /// <summary>Begins to read a document: formats that keep what they read keep its line.</summary>
    /// <param name="json">Its bytes, from which it is parsed.</param>
    /// <param name="line">The line on which it begins.</param>
    /// <param name="written">Its bytes as the log has them; as long.</param>
    private void Begin(ReadOnlyMemory<byte> json, long line, ReadOnlyMemory<byte> written)
    {
        (_json, _written) = (json, written);
        _mayHoldHalves |= !json.Equals(written) || HalfCharacters.MayBeInside(written.Span);
        _lines.Begin(json, line);
        foreach ((_, LogFormatReader reader) in _readers)
        {
            reader.Line = line;
        }
    }

    /// <summary>The text of a record: as the log has it, or as a format made it, with a sign for half a character.</summary>
    private string TextOf(JsonElement? record)
    {
        if (record is not { } value)
        {
            return "";
        }

        if (!_mayHoldHalves)
        {
            return value.GetRawText();
        }

        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(value);
        return _json.Span.Overlaps(raw, out int offset) && offset >= 0
            ? Encoding.UTF8.GetString(_written.Span.Slice(offset, raw.Length))
            : value.GetRawText().Replace(MarkInJson, @"\ufffd", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>An entry, or the fault of one that holds half a character.</summary>
    private static LogEntry WithoutHalves(LogEntry entry, JsonElement? record)
    {
        bool isHeld = entry.Call is { } call
            ? IsMarked(call) || entry.Tags.Any(tag => IsMarked(tag.Key) || IsMarked(tag.Value)) || IsMarked(entry.Key)
            : IsMarked(entry.Fault);
        return isHeld
            ? LogEntry.Unreadable($"{(record is { } value ? HalfCharacters.FindIn(value) : null) ?? "The record"} {HalfCharacter}")
            : entry;
    }

    /// <summary>Whether a text has the mark, or quotes it as JSON has it.</summary>
    private static bool IsMarked(string? text) =>
        text?.Contains(HalfCharacters.Mark, StringComparison.Ordinal) == true
        || text?.Contains(MarkInJson, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether a text of a call is marked, whichever: its JSON has them all.</summary>
    private static bool IsMarked(ModelCall call) =>
        JsonBytes.Write(writer => CallJson.Write(writer, call, CallOptions)).AsSpan().IndexOf(@"\uFDD0"u8) >= 0;
}
