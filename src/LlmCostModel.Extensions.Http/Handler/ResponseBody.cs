using System.Diagnostics.CodeAnalysis;

namespace LlmCostModel;

/// <summary>Reads what the body of an answer says of its cost, while it passes: JSON, a list of JSON, server-sent events or JSON
/// lines.</summary>
/// <remarks>Never throws. Of a body it keeps at most <see cref="MaxKept"/>, of an event of a stream <see cref="MaxEvent"/>.</remarks>
internal sealed class ResponseBody
{
    /// <summary>What may be left of a JSON body without its texts and lists of numbers.</summary>
    internal const int MaxKept = 1024 * 1024;

    /// <summary>The longest event of a stream.</summary>
    internal const int MaxEvent = 4 * 1024 * 1024;

    /// <summary>The longest text that is kept; ids and names of models are shorter.</summary>
    private const int MaxText = 512;

    private const string WasCutOff = "The response was cut off before it stated its usage.";

    private readonly ApiFormat _named;
    private readonly ApiFormat _api;
    private readonly bool _isJob;
    private readonly Action<UsageReading> _onAnswer;
    private readonly PackedBytes? _packed;
    private readonly bool _isText;
    private UsageStreamReader? _stream;
    private JsonBody? _json;
    private EventStreamFrames? _frames;
    private byte[]? _single;
    private string? _fault;

    /// <summary>Makes a reader.</summary>
    /// <param name="mediaType">What the body is said to be; <see langword="null"/> when nothing is said.</param>
    /// <param name="encoding">How it is packed, when nobody unpacked it on the way.</param>
    /// <param name="named">The convention that the options name.</param>
    /// <param name="api">The convention of an answer that does not show it.</param>
    /// <param name="isJob">Whether it is asked for work that goes on in the background.</param>
    /// <param name="onAnswer">Takes the answers of a stream before its last one.</param>
    internal ResponseBody(string? mediaType, string? encoding, ApiFormat named, ApiFormat api, bool isJob, Action<UsageReading> onAnswer)
    {
        (_named, _api, _isJob, _onAnswer) = (named, api, isJob, onAnswer);
        _packed = encoding is null ? null : new PackedBytes(encoding);
        _isText = MediaTypes.IsText(mediaType);
        if (MediaTypes.IsEventStream(mediaType))
        {
            _stream = new UsageStreamReader(_named, MaxEvent);
        }
        else if (MediaTypes.IsFrames(mediaType))
        {
            _stream = new UsageStreamReader(_named, MaxEvent);
            _frames = new EventStreamFrames(MaxEvent, json => _stream.AppendEvent(json));
        }
    }

    /// <summary>Whether the body is something else than text: sound or pictures, which say nothing.</summary>
    internal bool IsSilent => _stream is null && _json is null && !_isText;

    /// <summary>What a whole body without usage says of work that goes on without its request.</summary>
    internal BodyState State { get; private set; }

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        if (_fault is not null)
        {
            return;
        }

        try
        {
            if (_packed is not null)
            {
                _packed.Append(bytes);
            }
            else
            {
                Read(bytes);
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>What the body says in the end; of a stream, its last answer.</summary>
    internal UsageReading Finish()
    {
        try
        {
            _packed?.Unpack(Read);
            return _fault is not null ? Unknown(_fault) : _stream is null ? FinishJson() : _stream.Finish();
        }
        catch (Exception exception)
        {
            Fail(exception);
            return Unknown(_fault!);
        }
    }

    internal static UsageReading Unknown(string reason) => new() { Status = UsageStatus.Unknown, Reason = reason };

    private void Read(ReadOnlySpan<byte> bytes)
    {
        if (_stream is null && _json is null && !Begin(bytes))
        {
            return;
        }

        if (_frames is not null)
        {
            _frames.Append(bytes);
        }
        else if (_json is not null)
        {
            _json.Append(bytes);
            return;
        }
        else
        {
            _stream!.Append(bytes);
        }

        TellAnswers();
    }

    /// <summary>Whether the first byte that says something says what this is. What servers call it does not always.</summary>
    private bool Begin(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> text = bytes.TrimStart("\uFEFF \t\r\n"u8);
        if (!_isText || text.IsEmpty)
        {
            return false;
        }

        if (text[0] is (byte)'{' or (byte)'[')
        {
            _json = new JsonBody(MaxText, MaxKept, Take);
            if (text[0] == '[')
            {
                _json.Cut();
            }

            return true;
        }

        if (text[0] is (byte)'d' or (byte)'e' or (byte)'i' or (byte)'r' or (byte)':') // data, event, id, retry, a comment
        {
            _stream = new UsageStreamReader(_named, MaxEvent);
            return true;
        }

        _fault = "The response is not JSON, so it states no usage.";
        return false;
    }

    /// <summary>Takes an object: the only one, or one of several, which are the pieces of one answer.</summary>
    private void Take(ReadOnlySpan<byte> json)
    {
        if (_single is null && !_json!.IsList)
        {
            _single = json.ToArray();
            return;
        }

        if (_stream is null)
        {
            _stream = new UsageStreamReader(_named, MaxEvent);
            _stream.AppendEvent(_single ?? json);
            if (_single is null)
            {
                return;
            }
        }

        _stream.AppendEvent(json);
        TellAnswers();
    }

    private void TellAnswers()
    {
        while (true)
        {
            try
            {
                if (!_stream!.TryTakeAnswer(out UsageReading reading))
                {
                    return;
                }

                _onAnswer(reading);
            }
            catch (UsageFormatException exception)
            {
                _onAnswer(Unknown(exception.Message));
            }
        }
    }

    private UsageReading FinishJson()
    {
        if (_json is { Plain.IsEmpty: false } && TryRead(_json.Plain, out UsageReading plain, out _))
        {
            State = _isJob || plain.Status != UsageStatus.Complete ? BodyState.Read(_json.Plain) : default;
            _json.Drop();
            return plain;
        }

        _json?.Cut();
        if (_stream is not null)
        {
            return _stream.Finish(); // several objects: the pieces of one answer
        }

        if (_json is { IsTooLarge: true })
        {
            return Unknown($"The response is larger than is kept of one ({MaxKept} bytes without texts), so its usage is not read.");
        }

        if (_json is not { IsWhole: true } || _single is null)
        {
            return Unknown(_isText ? WasCutOff : "The response is not JSON, so it states no usage.");
        }

        State = BodyState.Read(_single);
        return TryRead(_single, out UsageReading reading, out string? error) ? reading : Unknown(error);
    }

    private bool TryRead(ReadOnlySpan<byte> json, out UsageReading reading, [NotNullWhen(false)] out string? error) =>
        UsageReader.TryRead(json, _named, out reading, out error)
        || (_named == ApiFormat.Detect && _api != ApiFormat.Detect && UsageReader.TryRead(json, _api, out reading, out _));

    private void Fail(Exception exception)
    {
        _fault = exception.Message;
        (_json, _single) = (null, null);
    }
}
