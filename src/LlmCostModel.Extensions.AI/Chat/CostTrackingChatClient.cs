using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Prices every call that passes. Belongs directly around the client that sends: see <see cref="CheckPlace"/>.</summary>
internal sealed class CostTrackingChatClient : DelegatingChatClient
{
    private readonly CostTracker _tracker;
    private readonly bool _isOutsideToolLoop;
    private readonly bool _isOutsideCache;

    internal CostTrackingChatClient(IChatClient inner, CostTracker tracker)
        : base(inner)
    {
        _tracker = tracker;
        _isOutsideToolLoop = inner.GetService<FunctionInvokingChatClient>() is not null;
        _isOutsideCache = inner.GetService<CachingChatClient>() is not null;
        CheckPlace(inner);
    }

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        return await _tracker
            .TrackAsync(
                "chat",
                options?.ModelId,
                () => base.GetResponseAsync(messages, options, cancellationToken),
                Read,
                (response, cost) => ResponseCostExtensions.Attach(response.Messages.Count > 0 ? response.Messages[0] : response, cost))
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        CallStart call = _tracker.Begin("chat", options?.ModelId);
        StreamEnd end = new();
        StreamedCall stream = new(_tracker, in call, end, _isOutsideToolLoop);
        try
        {
            IAsyncEnumerator<ChatResponseUpdate> updates = base.GetStreamingResponseAsync(messages, options, cancellationToken)
                .GetAsyncEnumerator(cancellationToken);
            await using (updates.ConfigureAwait(false))
            {
                while (await end.MoveNextAsync(updates).ConfigureAwait(false))
                {
                    stream.Observe(updates.Current);
                    yield return updates.Current;
                }
            }
        }
        finally
        {
            stream.Record();
        }
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(CostTracker) ? _tracker : base.GetService(serviceType, serviceKey);

    private UsageReading Read(ChatResponse response)
    {
        if (_isOutsideToolLoop && response.Messages.Any(message => message.Role == ChatRole.Tool))
        {
            return UsageDetailsReader.Unknown(StreamedCall.SeveralCalls);
        }

        if (_isOutsideCache && response.RawRepresentation is null)
        {
            return UsageDetailsReader.Unknown("This may be a replay from the cache inside, which costs nothing, or a call. Call "
                + "UseCostTracking after UseDistributedCache.");
        }

        return ResponseReader.Read(response.RawRepresentation, response.Usage).Of(response.ModelId, response.ResponseId);
    }

    private void CheckPlace(IChatClient inner)
    {
        if (_isOutsideToolLoop)
        {
            _tracker.Log.WrongPlace(
                nameof(FunctionInvokingChatClient),
                "it sees one sum instead of the calls of a tool loop and leaves such sums unpriced.");
        }

        if (_isOutsideCache)
        {
            _tracker.Log.WrongPlace(nameof(CachingChatClient), "it cannot tell replays from calls.");
        }

        if (inner.GetService<OpenTelemetryChatClient>() is not null)
        {
            _tracker.Log.WrongPlace(nameof(OpenTelemetryChatClient), "the span of a call is over when its cost is known.");
        }
    }
}
