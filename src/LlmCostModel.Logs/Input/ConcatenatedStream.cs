namespace LlmCostModel.Logs;

/// <summary>One stream after the other, to read.</summary>
internal sealed class ConcatenatedStream(Stream first, Stream second) : ReadingStream
{
    /// <summary>Whether the first is read to its end.</summary>
    public bool IsInSecond { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        int read = IsInSecond ? 0 : first.Read(buffer);
        IsInSecond |= read == 0 && !buffer.IsEmpty;
        return read > 0 ? read : second.Read(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            first.Dispose();
            second.Dispose();
        }

        base.Dispose(disposing);
    }
}
