#pragma warning disable MEAI001 // Read only: whoever sets these has accepted that they may change.
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Watches one stream. Of nearly all updates nothing is kept; the first, those that end it, those with usage and the last are read
/// together.</summary>
/// <remarks>Anthropic says tier and cache lifetimes in its first event and the counts in its last ones; others say all in the last one, of
/// which some clients make no usage.</remarks>
internal sealed class StreamedCall
{
    /// <summary>Some clients state usage with every update: what is read again each time must not grow with the stream.</summary>
    private const int MostPricedAtOnce = 2;

    private const string CutOff = "The stream was cut off: the counts are a lower bound.";

    private readonly CostTracker _tracker;
    private readonly CallStart _call;
    private readonly StreamEnd _end;
    private readonly CallReader _reader;
    private readonly CostSlot _slot = new();
    private readonly StreamMarks _marks;
    private object? _first;
    private List<object>? _ends;
    private object? _last; // unless it is among those
    private ChatResponseUpdate? _lastUpdate;
    private StreamedCounts _counts;
    private string? _model;
    private string? _responseId;
    private bool _hasFirst;
    private bool _hasRaw;
    private bool _isFinished;
    private bool _isPending;
    private bool _hasToolResults;
    private int _usages;

    internal StreamedCall(CostTracker tracker, in CallStart call, StreamEnd end, CallReader reader)
    {
        (_tracker, _call, _end, _reader) = (tracker, call, end, reader);
        _marks = new StreamMarks(_slot);
    }

    internal void Observe(ChatResponseUpdate update)
    {
        _model ??= update.ModelId;
        _responseId ??= update.ResponseId;
        _isFinished |= update.FinishReason is not null;
        _isPending = IsPending(update);
        _hasToolResults |= update.Role == ChatRole.Tool;
        _lastUpdate = update;
        bool hasUsage = ObserveUsage(update);
        Keep(update, hasUsage || update.FinishReason is not null);
        _marks.Put(update, isSure: hasUsage);
        if (hasUsage)
        {
            CostMarks.Attach(update, _slot);
            if (++_usages <= MostPricedAtOnce || update.FinishReason is not null)
            {
                // Priced now, so that the update has its cost when the caller sees it; the end of the stream prices all once more.
                _slot.Cost = _tracker.Price(in _call, Answer(isCut: false));
            }
        }
    }

    /// <summary>Reports the call once, however it ended.</summary>
    internal void Record()
    {
        if (_end.Failure is { } failure && !_hasFirst)
        {
            _tracker.RecordFailure(in _call, failure, _end.Wire);
            return;
        }

        bool isCut = !_end.WasReached && !_isFinished;
        ReadAnswer answer = Answer(isCut);
        bool isNew = !answer.IsPending;
        IReadOnlyList<HttpAnswer> wire = _end.Wire.End();
        CallStart call = isCut ? _call with { MayBeFetched = false } : _call;
        _slot.Cost = !answer.KnowsMore(wire) ? _tracker.Settle(in call, in answer, wire, out isNew)
            : isCut || _usages > MostPricedAtOnce || _slot.Cost is null || _call.MayBeFetched
            ? isCut ? _tracker.Price(in _call, in answer) : _tracker.Settle(in _call, in answer, out isNew)
            : _slot.Cost;
        if (_lastUpdate is not null)
        {
            CostMarks.Attach(_lastUpdate, _slot);
        }

        if (isNew)
        {
            _tracker.Record(in _call, _slot.Cost);
        }
    }

    private void Keep(ChatResponseUpdate update, bool endsStream)
    {
        if (update.RawRepresentation is not { } raw)
        {
            _hasFirst = true;
            return;
        }

        _hasRaw = true;
        if (!_hasFirst)
        {
            (_first, _hasFirst) = (raw, true);
        }
        else if (endsStream)
        {
            if (_ends is { Count: > MostPricedAtOnce } && _reader.Responses.RowOf(raw, _model).StreamsRunningTotals == true)
            {
                _ends.RemoveAt(_ends.Count - 1);
            }

            (_ends ??= []).Add(raw);
            _last = null;
        }
        else
        {
            _last = raw;
        }
    }

    private bool ObserveUsage(ChatResponseUpdate update)
    {
        bool found = false;
        IList<AIContent> contents = update.Contents;
        for (int i = 0; i < contents.Count; i++)
        {
            if (contents[i] is UsageContent usage)
            {
                ClientAdapterOptions row = _reader.Responses.RowOf(update.RawRepresentation ?? _first, _model);
                _counts.Add(usage.Details, update.ResponseId, row);
                found = true;
            }
        }

        return found;
    }

    private ReadAnswer Answer(bool isCut)
    {
        ReadAnswer answer = Read(isCut).NamedBy(_model, _responseId);
        return answer with { IsPending = _isPending && answer.Reading.Usage is null };
    }

    private ReadAnswer Read(bool isCut)
    {
        if (_reader.Unreadable(_hasToolResults, _hasRaw) is { } reason)
        {
            return UsageDetailsReader.Unknown(reason);
        }

        UsageDetails? usage = _counts.Total;
        ReadAnswer answer = _reader.Responses.ReadStream(Events(), usage, _counts.Last, _model);
        if (answer.Reading.Usage is null)
        {
            return usage is not null || answer.Reading is { Origin: UsageOrigin.Adapter, Reason: not UsageDetailsReader.NoUsage }
                ? answer
                : answer.Saying(answer.Reading with { Origin = UsageOrigin.Adapter, Reason = Silence });
        }

        // Anthropic states the input in its first event, of which clients make no usage until the end.
        return isCut ? answer.Saying(answer.Reading with { Status = UsageStatus.Partial, Reason = CutOff })
            : _counts.Explain(in answer);
    }

    private string Silence => _end.WasReached
        ? "The stream ended without usage. Ask for it: stream_options.include_usage in OpenAI's streams."
        : "The stream was cut off before it stated its usage.";

    private IEnumerable<object> Events()
    {
        if (_first is not null)
        {
            yield return _first;
        }

        foreach (object one in _ends ?? [])
        {
            yield return one;
        }

        if (_last is not null)
        {
            yield return _last;
        }
    }

    private static bool IsPending(ChatResponseUpdate update) => update.ContinuationToken is not null;
}
