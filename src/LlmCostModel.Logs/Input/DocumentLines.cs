using System.Runtime.InteropServices;
using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Finds on which line of the log a value of a document begins.</summary>
internal sealed class DocumentLines
{
    private ReadOnlyMemory<byte> _json;
    private long _line;
    private bool _isOneLine;
    private int _counted;
    private LineCounter _counter = new();

    /// <summary>Begins a document.</summary>
    /// <param name="json">Its bytes, from which it is parsed.</param>
    /// <param name="line">The line on which it begins.</param>
    public void Begin(ReadOnlyMemory<byte> json, long line)
    {
        (_json, _line, _counted, _counter) = (json, line, 0, new());
        _isOneLine = !json.Span.ContainsAny((byte)'\n', (byte)'\r');
    }

    /// <summary>The line of a value; that of the document when the value was made out of it.</summary>
    public long Of(JsonElement value)
    {
        if (_isOneLine || !_json.Span.Overlaps(JsonMarshal.GetRawUtf8Value(value), out int offset) || offset < 0)
        {
            return _line;
        }

        if (offset < _counted)
        {
            (_counted, _counter) = (0, new());
        }

        _counter.Take(_json.Span[_counted..offset]);
        _counted = offset;
        return _line - 1 + _counter.Line;
    }
}
