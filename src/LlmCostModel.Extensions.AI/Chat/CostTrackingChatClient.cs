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
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        CallStart call = _tracker.Begin("chat", options?.ModelId);
        ChatResponse response;
        try
        {
            response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _tracker.RecordFailure(in call, exception);
            throw;
        }

        CallReading reading = ReadingOf(response) with { ResponseId = response.ResponseId };
        CallCost cost = _tracker.Price(in call, in reading, response.ModelId);
        ResponseCostExtensions.Attach(response.Messages.Count > 0 ? response.Messages[0] : response, new StrongBox<CallCost>(cost));
        _tracker.Record(in call, cost);
        return response;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        CallStart call = _tracker.Begin("chat", options?.ModelId);
        StreamedCall stream = new(_tracker, in call, _isOutsideToolLoop);
        try
        {
            IAsyncEnumerator<ChatResponseUpdate> updates = base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using (updates.ConfigureAwait(false))
            {
                while (await MoveNextAsync(updates, stream).ConfigureAwait(false))
                {
                    stream.Take(updates.Current);
                    yield return updates.Current;
                }
            }
        }
        finally
        {
            stream.End();
        }
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(CostTracker) ? _tracker : base.GetService(serviceType, serviceKey);

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, StreamedCall stream)
    {
        try
        {
            bool more = await updates.MoveNextAsync().ConfigureAwait(false);
            stream.HasEnded = !more;
            return more;
        }
        catch (Exception exception)
        {
            stream.Failure = exception;
            throw;
        }
    }

    private CallReading ReadingOf(ChatResponse response)
    {
        if (_isOutsideToolLoop && response.Messages.Any(message => message.Role == ChatRole.Tool))
        {
            return CallReading.Unknown(StreamedCall.SeveralCalls);
        }

        if (_isOutsideCache && response.RawRepresentation is null)
        {
            return CallReading.Unknown("This may be a replay from the cache inside, which costs nothing, or a call. Call UseCostTracking after UseDistributedCache.");
        }

        return ResponseReader.Read(response.RawRepresentation, response.Usage);
    }

    private void CheckPlace(IChatClient inner)
    {
        if (_isOutsideToolLoop)
        {
            _tracker.Log.WrongPlace(nameof(FunctionInvokingChatClient), "it sees one sum instead of the calls of a tool loop and leaves such sums unpriced.");
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
