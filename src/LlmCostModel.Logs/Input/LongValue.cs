using System.Buffers;
using System.Globalization;
using System.Text;

namespace LlmCostModel.Logs;

/// <summary>Copies a JSON value that is long, as its bytes come, without the inside of its longest texts: images and books are not counted,
/// and need no memory.</summary>
/// <remarks>It looks at quotes, brackets and ends of lines alone; whether the copy is JSON is for its reader to say. A text that is JSON
/// itself stays whole, for it may hold counts.</remarks>
/// <param name="limits">What is long.</param>
internal sealed class LongValue(InputLimits limits)
{
    /// <summary>As much as stays of a long text, or of a value that is too long.</summary>
    public const int Kept = 1_000;

    private static readonly SearchValues<byte> Outside = SearchValues.Create("\"[]{},\n\r"u8);

    private static readonly SearchValues<byte> Inside = SearchValues.Create("\"\\\n\r"u8);

    private byte[] _bytes = new byte[1 << 16];
    private int _length;
    private int _depth;
    private bool _isText;
    private bool _isEscaped;
    private int _textStart;
    private long _leftOut;
    private bool _isWholeText;

    /// <summary>What ends a value.</summary>
    [Flags]
    public enum Ending
    {
        /// <summary>Nothing yet.</summary>
        None = 0,

        /// <summary>The end of its line, which is not taken.</summary>
        Line = 1,

        /// <summary>Its own last bracket, which is taken.</summary>
        Bracket = 2,

        /// <summary>The comma or the bracket behind an element, which is not taken.</summary>
        Element = 4,
    }

    /// <summary>The copy.</summary>
    public ReadOnlyMemory<byte> Copy => _bytes.AsMemory(0, _length);

    /// <summary>Whether it is too long even so; only its start is kept then.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Begins the next value.</summary>
    public void Clear() =>
        (_length, _depth, _isText, _isEscaped, _leftOut, IsTooLong) = (0, 0, false, false, 0, false);

    /// <summary>Takes bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="end">What ends the value, besides the end of a line within a text.</param>
    /// <param name="taken">How many of them belong to the value.</param>
    /// <returns>What ended the value; nothing when all bytes were taken.</returns>
    public Ending Take(ReadOnlySpan<byte> bytes, Ending end, out int taken)
    {
        taken = 0;
        while (taken < bytes.Length)
        {
            if (_isEscaped)
            {
                Write(bytes.Slice(taken, 1));
                (_isEscaped, taken) = (false, taken + 1);
                continue;
            }

            ReadOnlySpan<byte> rest = bytes[taken..];
            int found = rest.IndexOfAny(_isText ? Inside : Outside);
            Write(found < 0 ? rest : rest[..found]);
            taken += found < 0 ? rest.Length : found;
            if (found < 0)
            {
                break;
            }

            byte mark = rest[found];
            if (mark is (byte)'\n' or (byte)'\r' && (_isText || (end & Ending.Line) != 0))
            {
                return Ending.Line;
            }

            if ((end & Ending.Element) != 0 && !_isText && _depth == 0 && mark is (byte)',' or (byte)']')
            {
                return Ending.Element;
            }

            TakeMark(mark);
            taken++;
            if ((end & Ending.Bracket) != 0 && _depth == 0 && !_isText && mark is (byte)'}' or (byte)']')
            {
                return Ending.Bracket;
            }
        }

        return Ending.None;
    }

    private void TakeMark(byte mark)
    {
        switch (mark)
        {
            case (byte)'"' when _isText:
                EndText();
                break;
            case (byte)'"':
                (_isText, _textStart, _leftOut, _isWholeText) = (true, _length + 1, 0, false);
                break;
            case (byte)'\\':
                _isEscaped = _isText;
                break;
            case (byte)'[' or (byte)'{' when !_isText:
                _depth++;
                break;
            case (byte)']' or (byte)'}' when !_isText:
                _depth = Math.Max(0, _depth - 1);
                break;
        }

        Write([mark]);
    }

    private void EndText()
    {
        _isText = false;
        if (_leftOut > 0)
        {
            long left = _leftOut;
            _leftOut = 0;
            Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"... ({left:#,##0} bytes left out)")));
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (_leftOut > 0 || IsTooLong)
        {
            _leftOut += _isText ? bytes.Length : 0;
            return;
        }

        int room = limits.LongestText - (_length - _textStart) + 1;
        if (_isText && !_isWholeText && bytes.Length > room)
        {
            Write(bytes[..room]); // after which the text is shortened
            Write(bytes[room..]);
            return;
        }

        if (_length > limits.MostBytes - bytes.Length)
        {
            IsTooLong = true;
            _length = Math.Min(_length, Kept);
            bytes = bytes[..Math.Min(bytes.Length, Kept - _length)];
        }

        if (_bytes.Length - _length < bytes.Length)
        {
            int twice = (int)Math.Min(Array.MaxLength, _bytes.Length * 2L);
            Array.Resize(ref _bytes, Math.Max(_length + bytes.Length, twice));
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
        if (_isText && !_isWholeText && _length - _textStart > limits.LongestText && !IsTooLong)
        {
            Shorten();
        }
    }

    /// <summary>Takes out what is long of a text, up to a whole character.</summary>
    private void Shorten()
    {
        ReadOnlySpan<byte> text = _bytes.AsSpan(_textStart, _length - _textStart);
        _isWholeText = IsJson(text);
        if (_isWholeText)
        {
            return;
        }

        int kept = 0;
        while (kept < Kept)
        {
            kept += LengthOfCharacter(text[kept..]);
        }

        _leftOut = text.Length - kept;
        _length = _textStart + kept;
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        while (text is [(byte)' ', ..] or [(byte)'\\', (byte)'n' or (byte)'r' or (byte)'t', ..])
        {
            text = text[(text[0] == ' ' ? 1 : 2)..];
        }

        return text is [(byte)'{' or (byte)'[', ..];
    }

    /// <summary>In bytes, as it is written; of a surrogate, those of both halves.</summary>
    private static int LengthOfCharacter(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'\\' when text[1] != 'u' => 2,
        (byte)'\\' => text[2] is (byte)'d' or (byte)'D' && text[3] is not (>= (byte)'0' and <= (byte)'7') ? 12 : 6,
        >= 0xF0 => 4,
        >= 0xE0 => 3,
        >= 0xC0 => 2,
        _ => 1,
    };
}
