namespace LlmCostModel.Logs;

/// <summary>Where a text stands in the bytes of a record. <see langword="default"/> is one that is not there.</summary>
internal readonly record struct TextRange
{
    private readonly int _length; // and 1

    public TextRange(int start, int length) => (Start, _length) = (start, length + 1);

    public int Start { get; }

    public int Length => _length - 1;

    public bool IsStated => _length > 0;

    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> json) => IsStated ? json.Slice(Start, Length) : default;
}
