namespace LlmCostModel.Logs;

/// <summary>The kinds of the lines that were read, by the model, provider, region and tier that they name.</summary>
/// <param name="terms">How lines are priced.</param>
/// <param name="form">How they are written.</param>
internal sealed class KindTable(LineTerms terms, PlainLine form)
{
    private const int MostKinds = 1_000;
    private const int MostNames = 10_000;

    private readonly NameTable _names = new();
    private readonly Dictionary<ulong, LineKind> _kinds = [];
    private (ulong Key, LineKind? Kind) _last;

    /// <summary>Whether it is time to forget them.</summary>
    public bool AreMany => _kinds.Count > MostKinds || _names.Count > MostNames;

    public void Clear()
    {
        _names.Clear();
        _kinds.Clear();
        _last = default;
    }

    /// <summary>The kind of a line.</summary>
    /// <param name="scan">What it says.</param>
    /// <param name="line">The line.</param>
    /// <returns>The kind; null when it is not to be priced by what it says alone.</returns>
    public LineKind? Find(LineScan scan, ReadOnlySpan<byte> line)
    {
        ulong key = NumberOf(scan.Model, line)
            | ((ulong)NumberOf(scan.Provider, line) << 16)
            | ((ulong)NumberOf(scan.Region, line) << 32)
            | ((ulong)NumberOf(scan.Tier, line) << 48);
        if (_names.Count > ushort.MaxValue)
        {
            return null; // a number is 16 bits of the key; until the next chunk
        }

        if (_last.Kind is null || _last.Key != key)
        {
            if (!_kinds.TryGetValue(key, out LineKind? kind))
            {
                kind = form.Read(line, out _) is { } call ? terms.KindOf(call) : null;
                if (kind is not null)
                {
                    _kinds[key] = kind;
                }
            }

            _last = (key, kind);
        }

        return _last.Kind;
    }

    private uint NumberOf(TextRange text, ReadOnlySpan<byte> line) => text.IsStated ? (uint)_names.Get(text.In(line)) : 0;
}
