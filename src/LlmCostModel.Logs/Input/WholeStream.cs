using ZstdSharp;

namespace LlmCostModel.Logs;

/// <summary>Unpacks, and says in words when what is packed was cut off or damaged.</summary>
/// <param name="unpacked">What unpacks; disposed with this stream.</param>
/// <param name="name">What the file is called.</param>
/// <param name="kind">How it is packed.</param>
internal sealed class WholeStream(Stream unpacked, string name, string kind) : ReadingStream
{
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return unpacked.Read(buffer);
        }
        catch (Exception exception)
            when (exception is InvalidDataException or EndOfStreamException or ZstdException or InvalidOperationException)
        {
            throw new LogFormatException($"'{name}' is not whole {kind}: it was cut off or damaged. Fetch it again.", exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            unpacked.Dispose();
        }

        base.Dispose(disposing);
    }
}
