namespace LlmCostModel;

/// <summary>Cuts JSON that arrives in pieces into its objects, without what nobody reads: long texts become empty, of a list of numbers the
/// first one stays.</summary>
/// <remarks>
/// An answer may be megabytes of text, base64 or vectors, of which no price depends; what is left is small, so that memory does not grow
/// with the body. Objects are those of the top level, or the elements of a list there (Gemini's streams without <c>alt=sse</c>).
/// It does not judge the JSON: who reads the objects does.
/// </remarks>
internal sealed class JsonSkeleton(int maxText, int maxBytes, JsonSkeleton.ObjectHandler onObject)
{
    private const int Deepest = 64; // as deep as System.Text.Json reads

    private byte[] _kept = new byte[1024];
    private int _count;
    private int _depth;
    private int _base; // the depth at which objects are cut: 1 within a list
    private ulong _lists; // of the containers around, which are lists
    private ulong _filled; // and which have an element
    private bool _comma;
    private bool _inText;
    private bool _isEscaped;
    private bool _isDropped; // the text or the number that is being read
    private bool _inScalar;
    private bool _hasBegun;
    private int _textStart;

    internal delegate void ObjectHandler(ReadOnlySpan<byte> json);

    /// <summary>Whether everything that was opened is closed.</summary>
    internal bool IsWhole => _hasBegun && _depth == 0 && !_inText;

    /// <summary>Whether the objects are the elements of a list.</summary>
    internal bool IsList => _base == 1;

    /// <summary>Whether an object is larger than may be kept; then nothing more is read.</summary>
    internal bool IsTooLarge { get; private set; }

    internal void Append(ReadOnlySpan<byte> utf8)
    {
        int i = 0;
        while (i < utf8.Length && !IsTooLarge)
        {
            i = _inText ? TakeText(utf8, i) : Take(utf8[i], i);
        }
    }

    private int Take(byte one, int index)
    {
        if (one is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _inScalar = false;
            return index + 1;
        }

        switch (one)
        {
            case (byte)'"':
                BeginValue(isScalar: false);
                Write(one);
                (_inText, _isDropped, _textStart) = (true, false, _count);
                break;
            case (byte)'{' or (byte)'[':
                Open(one);
                break;
            case (byte)'}' or (byte)']':
                Close(one);
                break;
            case (byte)',':
                (_comma, _inScalar) = (true, false);
                break;
            case (byte)':':
                Write(one);
                break;
            default:
                TakeScalar(one);
                break;
        }

        return index + 1;
    }

    private int TakeText(ReadOnlySpan<byte> utf8, int index)
    {
        if (_isEscaped)
        {
            _isEscaped = false;
            WriteText(utf8.Slice(index, 1));
            return index + 1;
        }

        ReadOnlySpan<byte> rest = utf8[index..];
        int end = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (end < 0)
        {
            WriteText(rest);
            return utf8.Length;
        }

        WriteText(rest[..end]);
        _isEscaped = rest[end] == '\\';
        if (_isEscaped)
        {
            WriteText(rest.Slice(end, 1));
        }
        else
        {
            Write(rest[end]);
            _inText = false;
        }

        return index + end + 1;
    }

    private void TakeScalar(byte one)
    {
        if (!_inScalar)
        {
            _inScalar = true;
            BeginValue(isScalar: true);
        }

        if (!_isDropped)
        {
            Write(one);
        }
    }

    private void BeginValue(bool isScalar)
    {
        _isDropped = isScalar && _depth > 0 && IsSet(_lists) && IsSet(_filled);
        if (!_isDropped && _comma)
        {
            Write((byte)',');
        }

        _comma = false;
        if (_depth > 0)
        {
            _filled |= Bit;
        }
    }

    private void Open(byte one)
    {
        bool isList = one == '[';
        if (isList && !_hasBegun)
        {
            _base = 1;
        }

        (_hasBegun, _inScalar) = (true, false);
        BeginValue(isScalar: false);
        if (_depth == Deepest)
        {
            IsTooLarge = true;
            return;
        }

        _depth++;
        _lists = isList ? _lists | Bit : _lists & ~Bit;
        _filled &= ~Bit;
        Write(one);
    }

    private void Close(byte one)
    {
        (_comma, _inScalar) = (false, false);
        if (_depth == 0)
        {
            return;
        }

        Write(one);
        _depth--;
        if (_depth == _base && !IsTooLarge)
        {
            if (_count > 0 && _kept[0] == '{')
            {
                onObject(_kept.AsSpan(0, _count));
            }

            _count = 0;
        }
    }

    private ulong Bit => 1UL << (_depth - 1);

    private bool IsSet(ulong bits) => (bits & Bit) != 0;

    private void WriteText(ReadOnlySpan<byte> text)
    {
        if (_isDropped || IsOutside)
        {
            return;
        }

        if (_count - _textStart + text.Length > maxText)
        {
            (_count, _isDropped) = (_textStart, true);
            return;
        }

        Reserve(text.Length);
        text.CopyTo(_kept.AsSpan(_count));
        _count += text.Length;
    }

    private void Write(byte one)
    {
        if (!IsOutside)
        {
            Reserve(1);
            _kept[_count++] = one;
        }
    }

    /// <summary>Whether this stands between the objects.</summary>
    private bool IsOutside => _depth <= _base;

    private void Reserve(int more)
    {
        if (_count + more > maxBytes)
        {
            IsTooLarge = true;
            _count = 0;
        }

        if (_count + more > _kept.Length)
        {
            Array.Resize(ref _kept, Math.Max(_kept.Length * 2, _count + more));
        }
    }
}
