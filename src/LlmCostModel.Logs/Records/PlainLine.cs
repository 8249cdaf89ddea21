namespace LlmCostModel.Logs;

/// <summary>How the plain lines of a log are written, for one thread.</summary>
internal abstract class PlainLine
{
    /// <summary>Finds what a line states.</summary>
    public abstract LineScan Scan { get; }

    /// <summary>Reads a line as who reads record by record does.</summary>
    /// <param name="line">The line.</param>
    /// <param name="tags">Whose call it is; <see langword="null"/> when it does not say.</param>
    /// <returns>The call; <see langword="null"/> when the line is not plain, or there is more to say of it.</returns>
    public abstract ModelCall? Read(ReadOnlySpan<byte> line, out Dictionary<string, string>? tags);

    /// <summary>Where the first line ends; below 0 when it is the last, and nothing ends it.</summary>
    public virtual int EndOfLine(ReadOnlySpan<byte> text) => text.IndexOf((byte)'\n');
}
