using System.Text;

namespace LlmCostModel.Logs;

/// <summary>Reads lines up to a length. Of a longer one only the start is kept, and the next line is read all the same.</summary>
internal sealed class LineReader(TextReader reader, int mostCharacters)
{
    private const int Kept = 1_000;

    private readonly char[] _buffer = new char[1 << 15];
    private int _start;
    private int _end;
    private bool _afterReturn;

    /// <summary>Reads the next line that is not blank.</summary>
    public RecordText? Next()
    {
        while (ReadLine() is { } line)
        {
            if (line.Fault is not null || !string.IsNullOrWhiteSpace(line.Text))
            {
                return line;
            }
        }

        return null;
    }

    private RecordText? ReadLine()
    {
        StringBuilder? pieces = null;
        bool isTooLong = false;
        while (_start < _end || Fill())
        {
            ReadOnlySpan<char> rest = _buffer.AsSpan(_start, _end - _start);
            if (_afterReturn && rest[0] == '\n')
            {
                _start++;
                _afterReturn = false;
                continue;
            }

            int end = rest.IndexOfAny('\n', '\r');
            ReadOnlySpan<char> piece = end < 0 ? rest : rest[..end];
            _start += end < 0 ? rest.Length : end + 1;
            _afterReturn = end >= 0 && rest[end] == '\r';
            if (end >= 0 && pieces is null && piece.Length <= mostCharacters)
            {
                return new(piece.ToString());
            }

            pieces ??= new StringBuilder();
            isTooLong |= pieces.Length + piece.Length > mostCharacters;
            pieces.Append(isTooLong ? piece[..Math.Min(piece.Length, Math.Max(0, Kept - pieces.Length))] : piece);
            if (end >= 0)
            {
                break;
            }
        }

        return pieces is null ? null : isTooLong ? TooLong(pieces) : new(pieces.ToString());
    }

    private RecordText TooLong(StringBuilder pieces) =>
        new(
            pieces.ToString(0, Math.Min(pieces.Length, Kept)),
            FormattableString.Invariant($"The line is longer than {mostCharacters:#,##0} characters; longer ones are not read."));

    private bool Fill()
    {
        (_start, _end) = (0, reader.Read(_buffer));
        return _end > 0;
    }
}
