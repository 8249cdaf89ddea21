#pragma warning disable MEAI001 // Read only: whoever sets these has accepted that they may change.
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Prices every call that passes. Belongs directly around the client that sends: see <see cref="CheckPlace"/>.</summary>
internal sealed class CostTrackingChatClient : DelegatingChatClient
{
    private readonly CostTracker _tracker;
    private readonly CostTracker? _within; // one of the same client, which counts the calls
    private readonly CallReader _reader;

    internal CostTrackingChatClient(IChatClient inner, CostTracker tracker)
        : base(inner)
    {
        _tracker = tracker;
        _within = inner.GetService<CostTracker>();
        _reader = new CallReader(
            tracker.Reader(),
            inner.GetService<FunctionInvokingChatClient>() is not null,
            inner.GetService<CachingChatClient>() is not null);
        CheckPlace(inner);
    }

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        if (_within is not null)
        {
            ChatResponse counted = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            TellOthers(counted.GetCallCosts(), _within);
            return counted;
        }

        // As CostTracker.TrackAsync, without its delegates: this is the way of nearly all calls.
        CallStart call = Begin(options, cancellationToken);
        CallInFlight wire = new();
        ChatResponse response;
        try
        {
            wire.Enter();
            response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _tracker.RecordFailure(in call, exception, wire);
            throw;
        }

        Settle(in call, response, wire);
        return response;
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => _within is null
            ? StreamAsync(messages, options, cancellationToken)
            : PassAsync(_within, messages, options, cancellationToken);

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(CostTracker) ? _within ?? _tracker : base.GetService(serviceType, serviceKey);

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CallStart call = Begin(options, cancellationToken);
        StreamEnd end = new();
        StreamedCall stream = new(_tracker, in call, end, _reader);
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

    private async IAsyncEnumerable<ChatResponseUpdate> PassAsync(
        CostTracker within,
        IEnumerable<ChatMessage> messages,
        ChatOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<CallCost> costs = [];
        ChatResponseUpdate? last = null;
        try
        {
            await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(messages, options, cancellationToken)
                .ConfigureAwait(false))
            {
                last = update;
                CostMarks.Find(update, costs);
                yield return update;
            }
        }
        finally
        {
            if (last is not null)
            {
                CostMarks.Find(last, costs);
            }

            TellOthers(costs, within);
        }
    }

    private void TellOthers(IEnumerable<CallCost> costs, CostTracker within)
    {
        foreach (CallCost cost in costs)
        {
            _tracker.TellOthers(cost, within);
        }
    }

    private void Settle(in CallStart call, ChatResponse response, CallInFlight wire)
    {
        CallCost cost = _tracker.Settle(in call, _reader.Read(response, _tracker.HeadOf(in call)), wire.End(), out bool isNew);
        CostMarks.Attach(response, cost);
        if (isNew)
        {
            _tracker.Record(in call, cost);
        }
    }

    private CallStart Begin(ChatOptions? options, CancellationToken cancellationToken) => _tracker.Begin(
        "chat",
        options?.ModelId,
        mayBeFetched: options is { ContinuationToken: not null } or { AllowBackgroundResponses: true },
        cancellationToken);

    private void CheckPlace(IChatClient inner)
    {
        if (_within is not null)
        {
            _tracker.Log.Twice();
        }

        if (_reader.IsOutsideToolLoop)
        {
            _tracker.Log.WrongPlace(
                nameof(FunctionInvokingChatClient),
                "it sees one sum instead of the calls of a tool loop and leaves such sums unpriced.");
        }

        if (_reader.IsOutsideCache)
        {
            _tracker.Log.WrongPlace(nameof(CachingChatClient), "it cannot tell replays from calls.");
        }

        if (inner.GetService<OpenTelemetryChatClient>() is not null)
        {
            _tracker.Log.WrongPlace(nameof(OpenTelemetryChatClient), "the span of a call is over when its cost is known.");
        }
    }
}
