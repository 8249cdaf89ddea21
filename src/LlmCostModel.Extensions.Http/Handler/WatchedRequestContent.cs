using System.Net;

namespace LlmCostModel;

/// <summary>The body of a request, which is read while it is sent: the same bytes, headers and length, and nothing is kept.</summary>
internal sealed class WatchedRequestContent : HttpContent
{
    private readonly Func<RequestBody> _begin;

    /// <summary>Watches a body.</summary>
    /// <param name="inner">The body.</param>
    /// <param name="begin">Gives what reads it, anew for each time that it is sent.</param>
    internal WatchedRequestContent(HttpContent inner, Func<RequestBody> begin)
    {
        (Inner, _begin) = (inner, begin);
        ContentHeaders.Copy(inner, this);
    }

    internal HttpContent Inner { get; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        TeeStream tee = new(stream, _begin().Append);
        await Inner.CopyToAsync(tee, context).ConfigureAwait(false);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        TeeStream tee = new(stream, _begin().Append);
        await Inner.CopyToAsync(tee, context, cancellationToken).ConfigureAwait(false);
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        Inner.CopyTo(new TeeStream(stream, _begin().Append), context, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = Inner.Headers.ContentLength ?? -1;
        return length >= 0;
    }

    // The body is the caller's, who may send it again.
}
