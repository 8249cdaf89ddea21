using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlmCostModel;

/// <summary>The one way in which every client, streaming or not, turns a response into a cost and tells of it.</summary>
internal sealed class CostTracker
{
    private readonly UnpricedCallPolicy _policy;
    private readonly TrackedCallPricer _pricer;
    private readonly Dictionary<string, CallContext> _addresses;
    private readonly ObserverList _observers;
    private readonly CostInstruments _instruments;
    private readonly TrackingLog _log;
    private readonly TimeProvider _clock;
    private readonly ClientIdentity _client;
    private readonly KnownResponses _fetchable = new();

    internal CostTracker(
        ICostEstimator? estimator,
        Action<CostTrackingOptions>? configure,
        IServiceProvider? services,
        ClientIdentity client)
    {
        CostTrackingOptions options = new();
        configure?.Invoke(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxMetricTagValues);
        ArgumentOutOfRangeException.ThrowIfNegative(options.DriftTolerance);
        Estimator = estimator ?? Services.Find<ICostEstimator>(services, options.ServiceKey) ?? throw new InvalidOperationException(
            options.ServiceKey is { } key
                ? $"No ICostEstimator with the key '{key}' of CostTrackingOptions.ServiceKey. Register one with AddKeyedSingleton."
                : "No ICostEstimator. Call services.AddLlmCostModel(...) and build the client with the service provider, "
                    + "or pass an estimator.");
        _client = client;
        _policy = options.UnpricedCalls;
        Options = options;
        _addresses = new Dictionary<string, CallContext>(options.Addresses, StringComparer.OrdinalIgnoreCase);
        _pricer = new TrackedCallPricer(Estimator, options.Context, FindAddress(client.Address));
        _clock = services?.GetService<TimeProvider>() ?? TimeProvider.System;
        _log = new TrackingLog(
            services?.GetService<ILoggerFactory>()?.CreateLogger("LlmCostModel.CostTracking") ?? NullLogger.Instance, _clock);
        _observers = new ObserverList(services, options, _log);
        _instruments = new CostInstruments(services?.GetService<IMeterFactory>(), options);
    }

    internal ICostEstimator Estimator { get; }

    internal string? DefaultModel => _client.DefaultModel;

    internal CallContext Context => _pricer.Context;

    internal CostTrackingOptions Options { get; }

    internal ClientIdentity Client => _client;

    internal TrackingLog Log => _log;

    /// <summary>Sends a request, prices its response and tells of the cost.</summary>
    /// <param name="operation">What is asked for.</param>
    /// <param name="requestedModel">The model of the request's options.</param>
    /// <param name="send">Sends the request.</param>
    /// <param name="read">Reads what the response says of its cost.</param>
    /// <param name="attach">Attaches the cost to the response.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal async Task<T> TrackAsync<T>(
        string operation,
        string? requestedModel,
        Func<Task<T>> send,
        Func<T, ReadAnswer> read,
        Action<T, CallCost>? attach = null,
        CancellationToken cancellationToken = default) =>
        await TrackAsync(Begin(operation, requestedModel, cancellationToken: cancellationToken), send, read, attach).ConfigureAwait(false);

    /// <inheritdoc cref="TrackAsync{T}(string, string?, Func{Task{T}}, Func{T, ReadAnswer}, Action{T, CallCost}?, CancellationToken)"/>
    internal async Task<T> TrackAsync<T>(
        CallStart call,
        Func<Task<T>> send,
        Func<T, ReadAnswer> read,
        Action<T, CallCost>? attach)
    {
        CallInFlight wire = new();
        T response;
        try
        {
            wire.Enter();
            response = await send().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            RecordFailure(in call, exception, wire);
            throw;
        }

        CallCost cost = Settle(in call, read(response), wire.End(), out bool isNew);
        attach?.Invoke(response, cost);
        if (isNew)
        {
            Record(in call, cost);
        }

        return response;
    }

    /// <summary>The same for a stream whose updates are read when it is over.</summary>
    /// <param name="operation">What is asked for.</param>
    /// <param name="requestedModel">The model of the request's options.</param>
    /// <param name="send">Sends the request.</param>
    /// <param name="take">Keeps what an update says of the cost.</param>
    /// <param name="read">Reads what was kept.</param>
    /// <param name="attach">Attaches the cost to what was kept.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    internal async IAsyncEnumerable<T> TrackStream<T>(
        string operation,
        string? requestedModel,
        Func<IAsyncEnumerable<T>> send,
        Action<T> take,
        Func<ReadAnswer> read,
        Action<CallCost>? attach = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        CallStart call = Begin(operation, requestedModel, cancellationToken: cancellationToken);
        StreamEnd end = new();
        try
        {
            IAsyncEnumerator<T> enumerator = send().GetAsyncEnumerator(cancellationToken);
            await using (enumerator.ConfigureAwait(false))
            {
                while (await end.MoveNextAsync(enumerator).ConfigureAwait(false))
                {
                    take(enumerator.Current);
                    yield return enumerator.Current;
                }
            }
        }
        finally
        {
            if (end.Failure is { } failure)
            {
                RecordFailure(in call, failure, end.Wire);
            }
            else
            {
                CallCost cost = Settle(in call, read(), end.Wire.End(), out _);
                attach?.Invoke(cost);
                Record(in call, cost);
            }
        }
    }

    /// <summary>Notes what has to be known from before the call, and refuses calls that would have no price if the options ask for
    /// that.</summary>
    /// <param name="operation">What is asked for.</param>
    /// <param name="requestedModel">The model of the request's options.</param>
    /// <param name="mayBeFetched">Whether the answer may be fetched later, or again, by its id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal CallStart Begin(
        string operation, string? requestedModel, bool mayBeFetched = false, CancellationToken cancellationToken = default)
    {
        string? model = requestedModel ?? _client.DefaultModel;
        CostScope? scope = CostScope.Current;
        if (_policy == UnpricedCallPolicy.Refuse)
        {
            CallContext asked = scope?.Context ?? default;
            _pricer.RequirePrice(model, in asked);
        }

        return new CallStart
        {
            Operation = operation,
            At = _clock.GetUtcNow(),
            RequestedModel = model,
            MayBeFetched = mayBeFetched,
            WasCancelled = cancellationToken.IsCancellationRequested,
            Scope = scope,
            BegunAt = scope is null ? 0 : CostScope.Now,
            Activity = Activity.Current,
        };
    }

    /// <summary>The same, by what a handler read of it where there is one: exact whatever the client keeps. Several answers are several
    /// calls, of which all but the last are recorded here.</summary>
    internal CallCost Settle(in CallStart call, in ReadAnswer said, IReadOnlyList<HttpAnswer> wire, out bool isNew)
    {
        if (said.KnowsMore(wire))
        {
            return Settle(in call, in said, out isNew);
        }

        CallStart sent = call.As(wire[^1]);
        CallCost cost = Settle(in sent, said.As(wire[^1]), out isNew);
        if (wire.Count > 1)
        {
            WireAnswers.Join(cost, RecordAll(in call, [.. wire.SkipLast(1)]));
        }

        return cost;
    }

    /// <summary>The cost of an answer, and whether it is a call that nobody has heard of yet: a response that is fetched again is none, and
    /// one that still runs becomes one when it ends.</summary>
    internal CallCost Settle(in CallStart call, in ReadAnswer answer, out bool isNew)
    {
        string? id = call.MayBeFetched ? answer.Reading.Identity.ResponseId : null;
        isNew = !answer.IsPending;
        if (_fetchable.Find(id) is { } known)
        {
            isNew = false;
            return known;
        }

        CallCost cost = Price(in call, in answer);
        if (isNew)
        {
            _fetchable.Add(id, cost);
        }

        return cost;
    }

    /// <inheritdoc cref="Price(in CallStart, in ReadAnswer)"/>
    internal CallCost Price(in CallStart call, in UsageReading reading) => Price(in call, (ReadAnswer)reading);

    /// <summary>Works the cost of a call out. Never throws: a call that was made is not broken by its price.</summary>
    internal CallCost Price(in CallStart call, in ReadAnswer answer) => new()
    {
        Operation = call.Operation,
        Priced = _pricer.Price(in call, in answer),
        Protocol = _client.Protocol,
        Tags = call.Scope?.Tags ?? EquatableTexts.None,
    };

    /// <summary>Notifies everybody of a cost, once per call.</summary>
    internal void Record(in CallStart call, CallCost cost)
    {
        call.Scope?.Add(cost, call.BegunAt);
        _instruments.Record(cost);
        ActivityTags.Set(call.Activity, cost);
        if (cost.Status != CostStatus.Priced && _policy != UnpricedCallPolicy.Ignore)
        {
            _log.Unpriced(cost);
        }

        _observers.Tell(cost);
    }

    /// <summary>Tells only the observers of this tracker that another one, within, does not tell.</summary>
    internal void TellOthers(CallCost cost, CostTracker inner) => _observers.Tell(cost, except: inner._observers);

    /// <summary>Records a call that failed. One that the provider refused (HTTP 400 to 499) or that was never sent costs nothing; of
    /// any other it is not known whether it is billed.</summary>
    /// <param name="call">The call.</param>
    /// <param name="failure">What it failed with.</param>
    /// <param name="wire">What a handler read of it, which counts whatever the client makes of it.</param>
    internal void RecordFailure(in CallStart call, Exception failure, CallInFlight wire)
    {
        bool isKnown = RecordAll(in call, wire.End()).Length > 0 || wire.LastStatus is >= 400 and < 500;
        if (!isKnown && !_client.IsRefusal(failure) && !CallFailure.CostsNothing(failure, call.WasCancelled))
        {
            UsageReading reading = new()
            {
                Origin = UsageOrigin.Adapter,
                Reason = $"The call failed before it stated its usage ({failure.GetType().Name}), so it is not known whether it is billed.",
            };
            Record(in call, Price(in call, in reading));
        }
    }

    /// <summary>What is known of a call before its answer is read.</summary>
    internal CallHead HeadOf(in CallStart call) => _pricer.HeadOf(in call);

    /// <summary>Who bills the calls to an address.</summary>
    internal KnownAddress FindAddress(Uri? address) => ProviderAddresses.Find(address, _addresses);

    private CallCost[] RecordAll(in CallStart call, IReadOnlyList<HttpAnswer> wire)
    {
        CallCost[] costs = new CallCost[wire.Count];
        for (int i = 0; i < costs.Length; i++)
        {
            CallStart sent = call.As(wire[i]);
            costs[i] = Price(in sent, wire[i].Reading);
            Record(in sent, costs[i]);
        }

        return costs;
    }
}
