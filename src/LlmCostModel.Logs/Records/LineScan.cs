namespace LlmCostModel.Logs;

/// <summary>Finds what a line of a log states that is written plainly: counts, an instant, and of texts where they stand.</summary>
internal abstract class LineScan
{
    private readonly long[] _counts = new long[TokenBuckets.All.Length];

    public TextRange Id { get; protected set; }

    public TextRange Model { get; protected set; }

    public TextRange Provider { get; protected set; }

    public TextRange Region { get; protected set; }

    public TextRange Tier { get; protected set; }

    public DateTimeOffset? At { get; protected set; }

    /// <summary>The counts by the value of their bucket.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>Whose call it is: so many names with a value, each once.</summary>
    public abstract int TagCount { get; }

    /// <summary>The counts, to be set.</summary>
    protected Span<long> Values => _counts;

    /// <summary>Reads a line.</summary>
    /// <returns>Whether it is written plainly. If not, what was found says nothing.</returns>
    public abstract bool TryRead(ReadOnlySpan<byte> line);

    public abstract ReadOnlySpan<byte> TagName(int tag, ReadOnlySpan<byte> line);

    public abstract ReadOnlySpan<byte> TagValue(int tag, ReadOnlySpan<byte> line);

    /// <summary>Takes a text.</summary>
    /// <returns>Whether the field is one.</returns>
    protected bool TrySetText(LineField field, TextRange text)
    {
        switch (field)
        {
            case LineField.Id:
                Id = text;
                return true;
            case LineField.Model:
                Model = text;
                return true;
            case LineField.Provider:
                Provider = text;
                return true;
            case LineField.Region:
                Region = text;
                return true;
            case LineField.Tier:
                Tier = text;
                return true;
            default:
                return false;
        }
    }

    /// <summary>The counts as a usage.</summary>
    public TokenUsage ToUsage() => TokenUsage.FromCounts(_counts);
}
