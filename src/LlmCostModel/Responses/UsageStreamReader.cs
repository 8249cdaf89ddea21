namespace LlmCostModel;

/// <summary>Reads usage out of a stream, as it arrives: server-sent events or JSON lines.</summary>
/// <remarks>
/// <para>Events of one answer state either the same growing counts (Anthropic's <c>message_delta</c>, Gemini) or state them once at the end
/// (OpenAI):
/// the last value of each count is kept, and nothing is summed. Only OpenAI's Realtime answers, one a turn, add up.</para>
/// <para>Memory is bounded by the longest event that may carry usage, not by the stream. One reader reads one stream; it is not safe for
/// concurrent use.</para>
/// </remarks>
public sealed class UsageStreamReader
{
    private readonly ApiFormat _api;
    private readonly SseParser _events;
    private RawUsage _state;
    private UsageReading? _sum;
    private bool _isTurnOpen; // a Realtime answer that has begun and has not said yet what it used
    private bool _isFinished;
    private bool _isClosed;

    /// <summary>Makes a reader.</summary>
    /// <param name="api">The convention by which the stream counts; by default that is found out from its events.</param>
    /// <param name="maxEventBytes">The longest event to keep, and its longest line, in bytes; default 16 MiB. A longer one is an
    /// error, because it may carry the usage.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="api"/> is not a convention, or <paramref name="maxEventBytes"/> is not
    /// positive.</exception>
    public UsageStreamReader(ApiFormat api = ApiFormat.Detect, int maxEventBytes = 16 * 1024 * 1024)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxEventBytes);
        if (api != ApiFormat.Detect)
        {
            _ = ApiConventions.Of(api);
        }

        _api = api;
        _events = new SseParser(maxEventBytes, Take);
    }

    /// <summary>Takes the next bytes of the stream, however they are cut.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <exception cref="UsageFormatException">An event is not JSON, contradicts itself, or is too long. The reader cannot be used any
    /// more.</exception>
    /// <exception cref="InvalidOperationException"><see cref="Finish"/> was called.</exception>
    public void Append(ReadOnlySpan<byte> utf8)
    {
        RequireOpen();
        try
        {
            _events.Append(utf8);
        }
        catch (OverflowException exception)
        {
            UsageErrors.TooLarge(exception);
        }
    }

    /// <summary>Takes one event that somebody else has already cut out of the stream, such as a client library.</summary>
    /// <param name="utf8Json">The event: one JSON object.</param>
    /// <exception cref="UsageFormatException">The event is not JSON or contradicts itself. The reader cannot be used any more.</exception>
    /// <exception cref="InvalidOperationException"><see cref="Finish"/> was called.</exception>
    public void AppendEvent(ReadOnlySpan<byte> utf8Json)
    {
        RequireOpen();
        try
        {
            Take(utf8Json);
        }
        catch (OverflowException exception)
        {
            UsageErrors.TooLarge(exception);
        }
    }

    /// <summary>Says that the stream has ended, and what it said.</summary>
    /// <returns>
    /// What the stream says: complete, partial when it was cut off (the counts are a lower bound), or unknown when it stated no usage.
    /// </returns>
    /// <exception cref="UsageFormatException">The counts are not of the API, ambiguous, or contradict themselves.</exception>
    public UsageReading Finish()
    {
        _isClosed = true;
        try
        {
            bool isWhole = _events.Finish();
            if (_sum is { } sum)
            {
                return isWhole && !_isTurnOpen ? sum : ShortfallFinder.CutOff(in sum);
            }

            return IsSilent() ? Silence() : ReadingBuilder.Build(in _state, _api, _isFinished && (isWhole || _events.SawDone));
        }
        catch (OverflowException exception)
        {
            UsageErrors.TooLarge(exception);
            throw;
        }
    }

    private void RequireOpen()
    {
        if (_isClosed)
        {
            throw new InvalidOperationException("The stream was finished. Make a new UsageStreamReader for the next one.");
        }
    }

    /// <summary>No event said anything of usage, nor of its API.</summary>
    private bool IsSilent() => ApiDetector.Family(in _state) == 0 && _state.Cost is null;

    private UsageReading Silence() => new()
    {
        Api = _api,
        Status = UsageStatus.Unknown,
        Reason = _isFinished || _events.SawDone
            ? "The stream ended without usage. Ask for it: stream_options.include_usage in OpenAI's streams."
            : "The stream was cut off before it stated its usage.",
        Model = _state.Model,
    };

    private void Take(ReadOnlySpan<byte> json)
    {
        RawUsage one = default;
        FieldExtractor.Read(json, ref one);
        bool finished = one.Has(ApiEvidence.Finished) || (one.Has(ApiEvidence.Usage) && HasNoContent(in one));
        _isFinished |= finished;
        _isTurnOpen = one.Has(ApiEvidence.Realtime) ? !finished : _isTurnOpen;
        if (!one.Has(ApiEvidence.Realtime) || !one.Has(ApiEvidence.Usage) || !AddUp(ReadingBuilder.Build(in one, _api)))
        {
            _state.Merge(in one);
        }
    }

    /// <summary>A message with usage and no content is the last: OpenAI's choices are empty there. Anthropic and Interactions say their end
    /// in words.</summary>
    private static bool HasNoContent(in RawUsage one) => !one.Has(ApiEvidence.Content | ApiEvidence.MessageType | ApiEvidence.Interactions);

    private bool AddUp(in UsageReading turn)
    {
        if (!ApiConventions.Of(turn.Api).StreamAddsUp)
        {
            return false;
        }

        _sum = _sum is { } sum ? UsageReading.Sum(in sum, in turn) : turn;
        return true;
    }
}
