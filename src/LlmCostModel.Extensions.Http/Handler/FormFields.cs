using System.Text;

namespace LlmCostModel;

/// <summary>Reads the short fields of a form while it is sent: the model of a transcription is only there. Files pass unread.</summary>
/// <remarks>The format: https://www.rfc-editor.org/rfc/rfc7578.</remarks>
internal sealed class FormFields
{
    private const int MaxHead = 2048; // the headers of a part
    private const int MaxValue = 256;
    private const int MaxFields = 64;

    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    private readonly byte[] _delimiter;
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    /// <summary>What was not looked at to its end: the beginning of a delimiter or of a head. No line ends before the first
    /// delimiter.</summary>
    private byte[] _rest = "\r\n"u8.ToArray();
    private string? _name;
    private bool _inHead;
    private StringBuilder? _value;

    internal FormFields(string boundary) => _delimiter = Encoding.ASCII.GetBytes("\r\n--" + boundary);

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> rest = (byte[])[.. _rest, .. bytes];
        while (_inHead ? TakeHead(ref rest) : TakeValue(ref rest))
        {
        }

        _rest = rest.ToArray();
    }

    internal RequestFacts ToFacts()
    {
        CallAttributes attributes = CallAttributes.Empty;
        foreach (string name in (string[])[AttributeNames.Size, AttributeNames.Quality])
        {
            string? value = _fields.GetValueOrDefault(name);
            attributes = string.IsNullOrWhiteSpace(value) || value == "auto" ? attributes : attributes.With(name, value);
        }

        return new RequestFacts
        {
            Model = _fields.GetValueOrDefault("model"),
            Asked = new CallContext { Attributes = attributes.Count == 0 ? null : attributes },
        };
    }

    private bool TakeHead(ref ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf(EndOfHead);
        if (end < 0)
        {
            if (rest.Length > MaxHead)
            {
                rest = [];
                _inHead = false;
            }

            return false;
        }

        _name = NameOf(Encoding.UTF8.GetString(rest[..Math.Min(end, MaxHead)]));
        _value = _name is null || _fields.Count >= MaxFields ? null : new StringBuilder();
        _inHead = false;
        rest = rest[(end + EndOfHead.Length)..];
        return true;
    }

    private bool TakeValue(ref ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf(_delimiter);
        int known = end >= 0 ? end : Math.Max(0, rest.Length - _delimiter.Length + 1);
        Keep(rest[..known]);
        if (end < 0)
        {
            rest = rest[known..];
            return false;
        }

        if (_name is not null && _value is not null)
        {
            _fields.TryAdd(_name, _value.ToString());
        }

        (_name, _value, _inHead) = (null, null, true);
        rest = rest[(end + _delimiter.Length)..];
        return true;
    }

    private void Keep(ReadOnlySpan<byte> value)
    {
        if (_value is not null)
        {
            _value = _value.Length + value.Length > MaxValue ? null : _value.Append(Encoding.UTF8.GetString(value));
        }
    }

    /// <summary>The name of a field; <see langword="null"/> for a file.</summary>
    private static string? NameOf(string head)
    {
        foreach (string line in head.Split("\r\n"))
        {
            if (line.StartsWith("Content-Disposition:", StringComparison.OrdinalIgnoreCase))
            {
                return System.Net.Http.Headers.ContentDispositionHeaderValue.TryParse(line["Content-Disposition:".Length..], out var said)
                    && said is { FileName: null, FileNameStar: null }
                    ? said.Name?.Trim('"')
                    : null;
            }
        }

        return null;
    }
}
