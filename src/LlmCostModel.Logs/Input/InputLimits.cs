namespace LlmCostModel.Logs;

/// <summary>How much of a log is in memory at once.</summary>
internal sealed record InputLimits
{
    /// <summary>The bounds that hold for every log.</summary>
    public static InputLimits Default { get; } = new();

    /// <summary>The longest record, in bytes, when its long texts are shortened.</summary>
    public int MostBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The longest line that is read as it stands, in bytes. Of a longer one the texts are shortened, and a list is read element
    /// by element.</summary>
    public int LongAt { get; init; } = 1024 * 1024;

    /// <summary>The longest document over several lines that is read as it stands, in bytes.</summary>
    public int DocumentAt { get; init; } = 4 * 1024 * 1024;

    /// <summary>The longest text that is kept whole, in bytes: an image, a book. No count and no name is as long.</summary>
    public int LongestText { get; init; } = 1024 * 1024;
}
