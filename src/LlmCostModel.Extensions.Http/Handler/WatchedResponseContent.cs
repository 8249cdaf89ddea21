using System.Net;

namespace LlmCostModel;

/// <summary>The body of an answer, which is read while the caller reads it: the same bytes at the same time, the same headers and
/// length.</summary>
internal sealed class WatchedResponseContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly HttpExchange _exchange;

    internal WatchedResponseContent(HttpContent inner, HttpExchange exchange)
    {
        (_inner, _exchange) = (inner, exchange);
        ContentHeaders.Copy(inner, this);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            await _inner.CopyToAsync(new TeeStream(stream, _exchange.Append), context, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _exchange.End();
        }
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            _inner.CopyTo(new TeeStream(stream, _exchange.Append), context, cancellationToken);
        }
        finally
        {
            _exchange.End();
        }
    }

    protected override async Task<Stream> CreateContentReadStreamAsync() =>
        new WatchedStream(await _inner.ReadAsStreamAsync().ConfigureAwait(false), _exchange);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        new WatchedStream(await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), _exchange);

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) =>
        new WatchedStream(_inner.ReadAsStream(cancellationToken), _exchange);

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? -1;
        return length >= 0;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _exchange.End();
            _inner.Dispose();
        }
    }
}
