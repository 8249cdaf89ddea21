namespace LlmCostModel.Logs;

/// <summary>One stream after the other, to read.</summary>
internal sealed class ConcatenatedStream(Stream first, Stream second) : ReadingStream
{
    public override int Read(Span<byte> buffer) => first.Read(buffer) is > 0 and int read ? read : second.Read(buffer);

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
