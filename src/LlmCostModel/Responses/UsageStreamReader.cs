namespace LlmCostModel;

/// <summary>Reads usage out of a stream, as it arrives: server-sent events or JSON lines.</summary>
/// <remarks>
/// <para>Events of one answer state either the same growing counts (Anthropic's <c>message_delta</c>, Gemini) or state them once at the end
/// (OpenAI):
/// the last value of each count is kept, and nothing is summed. Only OpenAI's Realtime answers, one a turn, add up.</para>
/// <para>Answers one after the other, as in joined recordings, are calls of their own: <see cref="TryTakeAnswer"/> gives all but the last,
/// <see cref="Finish"/> that one. Another one begins behind <c>[DONE]</c>, with its opening event, or with its own id
/// after the end of the one before.</para>
/// <para>Memory is bounded by the longest event that may carry usage, not by the stream. One reader reads one stream; it is not safe for
/// concurrent use.</para>
/// </remarks>
public sealed class UsageStreamReader
{
    private readonly ApiFormat _api;
    private readonly SseParser _events;
    private readonly Queue<Answer> _before = new();
    private Answer _answer;
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

    /// <summary>Takes an answer behind which another one has begun, in the order of the stream.</summary>
    /// <param name="reading">What the stream says of it: complete, or partial when it was cut off.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="UsageFormatException">Its counts are not of the API, ambiguous, or contradict themselves. It is taken; the reader
    /// goes on with the next.</exception>
    public bool TryTakeAnswer(out UsageReading reading)
    {
        reading = default;
        if (!_before.TryDequeue(out Answer answer))
        {
            return false;
        }

        try
        {
            reading = Build(in answer, isWhole: true);
            return true;
        }
        catch (OverflowException exception)
        {
            UsageErrors.TooLarge(exception);
            throw;
        }
    }

    /// <summary>Says that the stream has ended, and what it said.</summary>
    /// <returns>
    /// What the stream says: complete, partial when it was cut off (the counts are a lower bound), or unknown when it stated no usage.
    /// </returns>
    /// <exception cref="UsageFormatException">The counts are not of the API, ambiguous, or contradict themselves; or there are answers that
    /// <see cref="TryTakeAnswer"/> did not take, which would be lost.</exception>
    public UsageReading Finish()
    {
        _isClosed = true;
        try
        {
            bool isWhole = _events.Finish();
            if (_before.Count > 0)
            {
                UsageErrors.SeveralAnswers();
            }

            return Build(_answer with { SawDone = _events.SawDone }, isWhole);
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

    private UsageReading Build(in Answer answer, bool isWhole)
    {
        if (RealtimeSession.Sum(answer.Sum, answer.Heard, in answer.State) is { } turns)
        {
            return isWhole && !answer.IsTurnOpen ? turns : ShortfallFinder.CutOff(in turns);
        }

        return IsSilent(in answer.State)
            ? Silence(in answer)
            : ReadingBuilder.Build(in answer.State, _api, answer.SawDone || (answer.IsFinished && isWhole));
    }

    /// <summary>No event said anything of usage, nor of its API.</summary>
    private static bool IsSilent(in RawUsage state) =>
        ApiDetector.Family(in state) == 0 && state.Cost is null && state is { Own: null, Whole: null, Parts: null };

    private UsageReading Silence(in Answer answer) => new()
    {
        Api = _api,
        Status = UsageStatus.Unknown,
        Reason = answer is { HasEvents: false, SawDone: false } && _events.Misfit is { } misfit
            ? $"The input is not a stream: it is {misfit}."
            : answer.State.Has(ApiEvidence.Error) ? "The stream ended with an error before it stated its usage."
            : answer.IsFinished || answer.SawDone
            ? "The stream ended without usage. Ask for it: stream_options.include_usage in OpenAI's streams."
            : "The stream was cut off before it stated its usage.",
        Identity = answer.State.Identity,
        Model = answer.State.Model,
    };

    private void Take(ReadOnlySpan<byte> json)
    {
        RawUsage one = default;
        FieldExtractor.Read(json, ref one);
        if (StartsAnother(in one))
        {
            _before.Enqueue(_answer with { SawDone = _events.SawDone });
            _events.ForgetDone();
            _answer = default;
        }

        bool finished = one.Has(ApiEvidence.Finished) || (one.Has(ApiEvidence.Usage) && HasNoContent(in one));
        _answer.HasEvents = true;
        _answer.IsFinished |= finished;
        _answer.IsTurnOpen = one.Has(ApiEvidence.Realtime) ? !finished : _answer.IsTurnOpen;
        if (one.Has(ApiEvidence.InputTranscript))
        {
            // By the model of the session as it is now: a later one may be set to another.
            UsageReading heard = ReadingBuilder.Build(in one, ApiFormat.OpenAITranscriptions);
            (_answer.Heard ??= []).Add(heard with { Model = heard.Model ?? _answer.State.TranscriptionModel });
            return;
        }

        if (!one.Has(ApiEvidence.Realtime) || !one.Has(ApiEvidence.Usage) || !AddUp(ReadingBuilder.Build(in one, _api)))
        {
            _answer.State.Merge(in one);
        }
    }

    /// <summary>Whether an event is the first of another answer. Gateways may give every piece an id of its own, so an id alone does not
    /// say so.</summary>
    private bool StartsAnother(in RawUsage one)
    {
        ref RawUsage state = ref _answer.State;
        if (one.Has(ApiEvidence.SessionStart))
        {
            return _answer.Sum is not null || _answer.Heard is not null; // a session has one model, and another one may have another
        }

        (string? id, string? before) = (one.Identity.ResponseId, state.Identity.ResponseId);
        if (!_answer.HasEvents
            || one.Has(ApiEvidence.Realtime | ApiEvidence.InputTranscript)
            || state.Has(ApiEvidence.Realtime)
            || (id is not null && id == before))
        {
            return false;
        }

        bool isEnded = _answer.IsFinished && (state.Has(ApiEvidence.Ollama) || (id is not null && before is not null));
        bool isNextStep = (one.Has(ApiEvidence.StepStart) && state.Has(ApiEvidence.Usage))
            || (one.Has(ApiEvidence.Step) && state.Has(ApiEvidence.Step));
        return one.Has(ApiEvidence.Start)
            || isNextStep
            || (_events.SawDone && one.Has(ApiEvidence.Content | ApiEvidence.Usage))
            || (isEnded && one.Has(ApiEvidence.Content))
            || (IsWholeResponse(in state) && IsWholeResponse(in one));
    }

    /// <summary>Responses states everything at the end of an answer, once.</summary>
    private static bool IsWholeResponse(in RawUsage raw) =>
        raw.Has(ApiEvidence.Responses) && raw.Has(ApiEvidence.Finished) && raw.Has(ApiEvidence.InputTokens);

    /// <summary>A message with usage and no content is the last: OpenAI's choices are empty there. Anthropic and Interactions say their end
    /// in words.</summary>
    private static bool HasNoContent(in RawUsage one) => !one.Has(ApiEvidence.Content | ApiEvidence.MessageType | ApiEvidence.Interactions);

    private bool AddUp(in UsageReading turn)
    {
        if (!ApiConventions.Of(turn.Api).StreamAddsUp)
        {
            return false;
        }

        _answer.Sum = _answer.Sum is { } sum ? UsageReading.Sum(in sum, in turn) : turn;
        return true;
    }

    /// <summary>What is known of one answer.</summary>
    private record struct Answer
    {
        internal RawUsage State;
        internal UsageReading? Sum;
        internal List<UsageReading>? Heard; // transcriptions of what was said to a Realtime session, each with its model
        internal bool HasEvents;
        internal bool IsTurnOpen; // a Realtime answer that has begun and has not said yet what it used
        internal bool IsFinished;
        internal bool SawDone;
    }
}
