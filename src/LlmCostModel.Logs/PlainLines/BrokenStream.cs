using System.Runtime.ExceptionServices;

namespace LlmCostModel.Logs;

/// <summary>A stream that could not be read before, and cannot be now.</summary>
internal sealed class BrokenStream(Exception fault) : ReadingStream
{
    public override int Read(Span<byte> buffer)
    {
        ExceptionDispatchInfo.Throw(fault);
        return 0;
    }
}
