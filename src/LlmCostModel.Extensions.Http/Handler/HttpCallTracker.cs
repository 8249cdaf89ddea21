namespace LlmCostModel;

/// <summary>What all handlers of one client share: who prices, and which work of the background was counted.</summary>
internal sealed class HttpCallTracker
{
    private readonly CostTracker _tracker;

    internal HttpCallTracker(ICostEstimator? estimator, Action<CostTrackingOptions>? configure, IServiceProvider? services) =>
        _tracker = new CostTracker(
            estimator,
            options =>
            {
                configure?.Invoke(options);
                if (options.UnpricedCalls == UnpricedCallPolicy.Refuse)
                {
                    throw new InvalidOperationException(
                        "CostTrackingHandler reads a request while it is sent, so it cannot refuse one. Set UnpricedCalls to Log, and "
                            + "refuse where the model is known: UseCostTracking of LlmCostModel.Extensions.AI.");
                }
            },
            services,
            new ClientIdentity(null, null, null, _ => false));

    internal BackgroundWork Background { get; } = new();

    /// <summary>Begins to watch a request; <see langword="null"/> when it is none that could be a call.</summary>
    internal HttpExchange? Begin(HttpRequestMessage request)
    {
        try
        {
            return HttpExchange.TryBegin(this, request, _tracker.Begin("chat", null));
        }
        catch (Exception exception)
        {
            _tracker.Log.HandlerFailed(exception);
            return null;
        }
    }

    /// <summary>The API of the bodies, where the options name it.</summary>
    internal ApiFormat Api => _tracker.Options.Api;

    internal KnownAddress FindAddress(Uri? address) => _tracker.FindAddress(address);

    internal ICostEstimator Estimator => _tracker.Estimator;

    /// <summary>How a call is priced that goes to an address, by what the request, the scope around it and the options say.</summary>
    internal CallContext ContextOf(Uri? address, in CallContext asked)
    {
        CallContext said = CostScope.Current is { } scope ? asked.Or(scope.Context) : asked;
        return FindAddress(address).Complete(said.Or(_tracker.Options.Context));
    }

    /// <summary>Prices an answer and tells everybody, or hands it to the client that makes the call.</summary>
    internal void Tell(in CallStart start, CallInFlight? client, ICallWitness? witness, HttpAnswer answer)
    {

        CallStart call = start with
        {
            At = answer.At ?? start.At,
            Operation = answer.Operation,
            RequestedModel = answer.RequestedModel,
            Sent = new SentRequest(answer.Asked.Or(start.Asked), answer.Address), // a scope may say more
        };
        if (client is null)
        {
            CallCost cost = _tracker.Price(in call, answer.Reading);
            witness?.Told(cost);
            _tracker.Record(in call, cost);
            return;
        }

        witness?.Told(_tracker.Price(in call, answer.Reading));
        client.Take(answer);
    }

    internal void Failed(Exception exception) => _tracker.Log.HandlerFailed(exception);
}
