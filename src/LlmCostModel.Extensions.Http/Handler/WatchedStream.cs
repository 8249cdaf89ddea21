namespace LlmCostModel;

/// <summary>The stream of an answer, shown to a reader while the caller reads it. What the caller reads again after going back is not shown
/// twice.</summary>
internal sealed class WatchedStream(Stream inner, HttpExchange exchange) : Stream
{
    private long _shown;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => inner.CanWrite;

    public override bool CanTimeout => inner.CanTimeout;

    public override long Length => inner.Length;

    public override long Position { get => inner.Position; set => inner.Position = value; }

    public override int ReadTimeout { get => inner.ReadTimeout; set => inner.ReadTimeout = value; }

    public override int WriteTimeout { get => inner.WriteTimeout; set => inner.WriteTimeout = value; }

    public override int Read(Span<byte> buffer)
    {
        long from = From();
        bool isRead = false;
        try
        {
            int count = inner.Read(buffer);
            isRead = true;
            Show(from, buffer, count);
            return count;
        }
        finally
        {
            EndUnless(isRead);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        long from = From();
        bool isRead = false;
        try
        {
            int count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            isRead = true;
            Show(from, buffer.Span, count);
            return count;
        }
        finally
        {
            EndUnless(isRead);
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override int ReadByte()
    {
        Span<byte> one = [0];
        return Read(one) == 0 ? -1 : one[0];
    }

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => inner.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        exchange.End();
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            exchange.End();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private long From() => inner.CanSeek ? inner.Position : _shown;

    private void Show(long from, ReadOnlySpan<byte> buffer, int count)
    {
        if (count == 0 && !buffer.IsEmpty)
        {
            exchange.End();
        }

        // What lies before is known; what lies behind a gap would be read as if there were none.
        long known = _shown - from;
        if (known >= 0 && known < count)
        {
            exchange.Append(buffer[(int)known..count]);
            _shown = from + count;
        }
    }

    /// <summary>A read that failed was the last one.</summary>
    private void EndUnless(bool isRead)
    {
        if (!isRead)
        {
            exchange.End();
        }
    }
}
