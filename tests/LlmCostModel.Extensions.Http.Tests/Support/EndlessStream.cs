namespace LlmCostModel.Extensions.Http.Tests;

/// <summary>A piece of text over and over, up to a length, then an end: a long answer that is nowhere in memory.</summary>
internal sealed class EndlessStream(byte[] head, byte[] piece, long pieces, byte[] end) : Stream
{
    private readonly long _length = head.Length + (piece.Length * pieces) + end.Length;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        if (_position == _length || buffer.IsEmpty)
        {
            return 0;
        }

        long inPieces = _position - head.Length;
        ReadOnlySpan<byte> next = inPieces < 0 ? head.AsSpan((int)_position)
            : inPieces < piece.Length * pieces ? piece.AsSpan((int)(inPieces % piece.Length))
            : end.AsSpan((int)(inPieces - (piece.Length * pieces)));
        int count = Math.Min(next.Length, buffer.Length);
        next[..count].CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
