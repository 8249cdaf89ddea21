namespace LlmCostModel;

/// <summary>One request and its answer, watched: what both say of the cost is recorded once, when the answer ends, is given up or
/// fails.</summary>
internal sealed class HttpExchange
{
    private static readonly HttpRequestOptionsKey<HttpExchange> Mark = new("LlmCostModel.HttpExchange");

    private readonly Lock _gate = new(); // a stream may be closed while it is read
    private readonly HttpCallTracker _tracker;
    private CallInFlight? _client;
    private ICallWitness? _witness;
    private readonly CallStart _start;
    private readonly HttpRequestMessage _request;
    private readonly string _path;
    private readonly string? _operation;
    private readonly string? _job;
    private KnownAddress _address;
    private Uri _addressOf;
    private RequestBody? _asked;
    private ResponseBody? _answer;
    private HttpContent? _content;
    private bool _isOver;

    private HttpExchange(HttpCallTracker tracker, HttpRequestMessage request, in CallStart start)
    {
        (_tracker, _request, _start) = (tracker, request, start);
        _path = request.RequestUri!.AbsolutePath;
        _operation = ModelPaths.OperationOf(_path);
        _job = ModelPaths.JobOf(request.Method, _path);
        _client = CallInFlight.Current;
        _addressOf = request.RequestUri;
        _address = tracker.FindAddress(_addressOf);
    }

    /// <summary>Begins to watch a request that may be a call: a POST, or a GET of work that goes on in the background. One that another
    /// handler watches already, outside of this one, is not watched twice.</summary>
    internal static HttpExchange? TryBegin(HttpCallTracker tracker, HttpRequestMessage request, in CallStart start)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true } address
            || (request.Method != HttpMethod.Post && request.Method != HttpMethod.Get)
            || ModelPaths.IsNoCall(request.Method, address.AbsolutePath)
            || request.Options.TryGetValue(Mark, out _))
        {
            return null;
        }

        HttpExchange exchange = new(tracker, request, in start);
        if (request.Method == HttpMethod.Get && exchange._job is null)
        {
            return null;
        }

        exchange.Begin();
        return exchange;
    }

    /// <summary>Gives the request back to the caller as it was.</summary>
    internal void Release()
    {
        ((IDictionary<string, object?>)_request.Options).Remove(Mark.Key);
        ((IDictionary<string, object?>)_request.Options).Remove(CallWitness.Key.Key);
        if (_request.Content is WatchedRequestContent watched && ReferenceEquals(watched.Inner, _content))
        {
            _request.Content = _content;
        }
    }

    /// <summary>Takes a request that failed. What was not sent costs nothing; of anything else it is not known.</summary>
    internal void Fail(Exception failure)
    {
        if (_asked is { WasSent: true } && TryEnd())
        {
            _client?.Sent(null);
            TellFailure($"The call failed before it stated its usage ({failure.GetType().Name}), so it is not known whether it is billed.");
        }

        _witness?.Over();
    }

    /// <summary>Takes the answer, whose body is watched from now on.</summary>
    internal void Watch(HttpResponseMessage response)
    {
        try
        {
            Begin(response);
        }
        catch (Exception exception)
        {
            _tracker.Failed(exception);
        }
        finally
        {
            if (_answer is null)
            {
                _witness?.Over();
            }
        }
    }

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                _answer?.Append(bytes);
            }
        }
    }

    /// <summary>The answer ended, was given up or failed.</summary>
    internal void End()
    {
        UsageReading reading;
        lock (_gate)
        {
            if (_answer is null || _isOver)
            {
                return;
            }

            _isOver = true;
            reading = _answer.Finish();
        }

        try
        {
            End(_answer, reading);
        }
        catch (Exception exception)
        {
            _tracker.Failed(exception);
        }
        finally
        {
            _witness?.Over();
        }
    }

    private bool TryEnd()
    {
        lock (_gate)
        {
            bool isFirst = !_isOver;
            _isOver = true;
            return isFirst;
        }
    }

    private void Begin()
    {
        _request.Options.Set(Mark, this);
        _witness = _request.Options.TryGetValue(CallWitness.Key, out ICallWitness? witness) && witness.TryBegin() ? witness : null;
        _client = _client?.TryBegin(End) == true ? _client : null;
        if (_request.Method == HttpMethod.Post
            && _request.Content is { } content
            && (_operation is not null || _address.Provider is not null))
        {
            _content = content;
            _request.Content = new WatchedRequestContent(content, () => _asked = RequestBody.Of(content.Headers, _operation));
        }
    }

    private void Begin(HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        _client?.Sent(status);
        if (status is < 200 or (>= 300 and < 500))
        {
            TryEnd(); // refused, or not answered: not billed
        }
        else if (status >= 500)
        {
            if (TryEnd())
            {
                TellFailure($"The call failed with HTTP {status}, so it is not known whether it is billed.");
            }
        }
        else
        {
            HttpContent content = response.Content;
            string? encoding = content.Headers.ContentEncoding.LastOrDefault(name => name is not "identity");
            ApiFormat api = ModelPaths.ApiOf(_path, _operation);
            string? type = content.Headers.ContentType?.MediaType;
            _answer = new ResponseBody(type, encoding, _tracker.Api, api, _job is not null, TellAnswer);
            response.Content = new WatchedResponseContent(content, this);
        }
    }

    private void End(ResponseBody answer, in UsageReading reading)
    {
        if (_job is null && !Facts.IsBackground && !answer.State.IsOpen)
        {
            TellAnswer(answer.IsSilent && _operation == "speech" ? OfText() : reading);
            return;
        }

        // Work in the background: the first finished answer of its id is the call.
        string? id = _job ?? reading.Identity.Id ?? answer.State.Id;
        if (id is null)
        {
            return;
        }

        AskedWork? asked = _tracker.Background.Find(id);
        if (reading.Status != UsageStatus.Complete && !answer.State.IsOver)
        {
            if (_job is null)
            {
                _tracker.Background.Wait(id, new AskedWork(Facts, ModelOfRequest, _start.At));
            }
        }
        else if ((_job is null || answer.State.IsBackground || ModelPaths.IsDeferred(_path) || asked is not null)
            && _tracker.Background.TryCount(id))
        {
            Tell(reading.Usage is null ? ResponseBody.Unknown(Ended(answer.State)) with { Model = reading.Model } : reading, asked);
        }
    }

    /// <summary>Work that ends without an answer may have been billed up to there.</summary>
    private static string Ended(in BodyState state) =>
        $"The work in the background ended ({state.State}) without stating its usage, so it is not known what was billed up to there.";

    private RequestFacts Facts => _asked?.Facts ?? RequestFacts.None;

    /// <summary>Speech is billed by its text where the answer does not say more: the sound itself says nothing.</summary>
    private UsageReading OfText() => new()
    {
        Origin = UsageOrigin.Adapter,
        Status = UsageStatus.Complete,
        Usage = default(TokenUsage),
        Meters = MeteredQuantities.Empty.With(MeterNames.Character, Facts.Characters),
    };

    private void TellFailure(string reason) => TellIfCall(ResponseBody.Unknown(reason), isFailure: true);

    private void TellAnswer(UsageReading reading) => TellIfCall(reading, isFailure: false);

    /// <summary>Tells of what is a call: a known path that asks for a model or goes to a known provider, or an answer that states its usage
    /// and its model.</summary>
    private void TellIfCall(UsageReading reading, bool isFailure)
    {
        bool statesUsage = reading.Status != UsageStatus.Unknown;
        bool isKnown = _operation is not null
            && (Facts.Model is not null || Address.Provider is not null);
        if (isKnown || (statesUsage && (_operation is not null || reading.Model is not null)))
        {
            Tell(reading, isFailure: isFailure);
        }
    }

    private void Tell(UsageReading reading, AskedWork? asked = null, bool isFailure = false)
    {
        RequestFacts facts = asked?.Facts ?? Facts;
        string? model = asked?.Model ?? ModelOfRequest;
        reading = ServedReading.Of(reading, facts, Address, model, _operation);
        HttpAnswer answer = new(_operation ?? "chat", asked?.At, model, facts.Asked, Address, reading, isFailure);
        _tracker.Tell(in _start, _client, _witness, answer);
    }

    private string? ModelOfRequest => Facts.Model ?? ModelPaths.ModelOf(_path);

    /// <summary>Where the request went: a handler below may have turned it elsewhere.</summary>
    private KnownAddress Address
    {
        get
        {
            if (_request.RequestUri is { } now && !ReferenceEquals(now, _addressOf))
            {
                (_addressOf, _address) = (now, _tracker.FindAddress(now));
            }

            return _address;
        }
    }
}
