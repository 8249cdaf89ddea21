using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Watches one stream. Of nearly all updates nothing is kept; the first, those that end it and those with usage are read
/// together.</summary>
/// <remarks>Anthropic says tier and cache lifetimes in its first event and the counts in its last ones; others say all in the last
/// one.</remarks>
internal sealed class StreamedCall
{
    internal const string SeveralCalls =
        "The usage is a sum over the calls of a tool loop, which have their own prices. Call UseCostTracking after UseFunctionInvocation.";

    private const string CutOff = "The stream was cut off: the counts are a lower bound.";

    private readonly CostTracker _tracker;
    private readonly CallStart _call;
    private readonly StreamEnd _end;
    private readonly bool _isOutsideToolLoop;
    private CallCost? _cost;
    private List<object>? _carriers;
    private object? _first;
    private List<object>? _last;
    private UsageDetails? _usage;
    private string? _model;
    private string? _responseId;
    private bool _hasFirst;
    private bool _isFinished;
    private bool _hasToolResults;

    internal StreamedCall(CostTracker tracker, in CallStart call, StreamEnd end, bool isOutsideToolLoop) =>
        (_tracker, _call, _end, _isOutsideToolLoop) = (tracker, call, end, isOutsideToolLoop);

    internal void Observe(ChatResponseUpdate update)
    {
        _model ??= update.ModelId;
        _responseId ??= update.ResponseId;
        _isFinished |= update.FinishReason is not null;
        _hasToolResults |= update.Role == ChatRole.Tool;
        bool hasUsage = ObserveUsage(update);
        if (!_hasFirst)
        {
            (_first, _hasFirst) = (update.RawRepresentation, true);
        }
        else if (update.RawRepresentation is { } raw && (hasUsage || update.FinishReason is not null))
        {
            (_last ??= []).Add(raw);
        }

        if (hasUsage)
        {
            // Priced now, so that the update has its cost when the caller sees it; a later one with usage replaces it.
            SetCost(Price(isCut: false));
            AttachTo(update, _cost!);
        }
    }

    /// <summary>Reports the call once, however it ended.</summary>
    internal void Record()
    {
        if (_end.Failure is { } failure && !_hasFirst)
        {
            _tracker.RecordFailure(in _call, failure);
            return;
        }

        bool isCut = !_end.WasReached && !_isFinished;
        if (isCut || _cost is null)
        {
            SetCost(Price(isCut));
        }

        _tracker.Record(in _call, _cost!);
    }

    private void AttachTo(ChatResponseUpdate update, CallCost cost)
    {
        ResponseCostExtensions.Attach(update, cost);
        (_carriers ??= []).Add(update);
        if (_carriers.Count == 1)
        {
            _carriers.Add(ResponseCostExtensions.Mark(update, cost));
        }
    }

    /// <summary>One call has one cost: what carries an earlier one gets the later one.</summary>
    private void SetCost(CallCost cost)
    {
        _cost = cost;
        foreach (object carrier in _carriers ?? [])
        {
            ResponseCostExtensions.Attach(carrier, cost);
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
                (_usage ??= new UsageDetails()).Add(usage.Details);
                found = true;
            }
        }

        return found;
    }

    private CallCost Price(bool isCut) => _tracker.Price(in _call, Read(isCut).Of(_model, _responseId));

    private UsageReading Read(bool isCut)
    {
        if (_isOutsideToolLoop && _hasToolResults)
        {
            return UsageDetailsReader.Unknown(SeveralCalls);
        }

        // Anthropic states the input in its first event, of which clients make no usage until the end.
        if (_usage is null && isCut && _first is not null && ResponseReader.Read([_first], null) is { Usage: not null } begun)
        {
            return begun with { Status = UsageStatus.Partial, Reason = CutOff };
        }

        if (_usage is null)
        {
            return UsageDetailsReader.Unknown(_end.WasReached
                ? "The stream ended without usage. Ask for it: stream_options.include_usage in OpenAI's streams."
                : "The stream was cut off before it stated its usage.");
        }

        IEnumerable<object> events = _last ?? (IEnumerable<object>)[];
        UsageReading reading = ResponseReader.Read(_first is null ? events : events.Prepend(_first), _usage);
        return isCut && reading.Usage is not null ? reading with { Status = UsageStatus.Partial, Reason = CutOff } : reading;
    }
}
