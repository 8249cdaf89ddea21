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
    private readonly CallContext _said; // by the options
    private readonly CallContext _context; // and by the client's address
    private readonly KnownAddress _address;
    private readonly Dictionary<string, CallContext> _addresses;
    private readonly ICostObserver[] _observers;
    private readonly CostInstruments _instruments;
    private readonly TrackingLog _log;
    private readonly TimeProvider _clock;
    private readonly ClientIdentity _client;

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
        Estimator = estimator ?? services?.GetService<ICostEstimator>() ?? throw new InvalidOperationException(
            "No ICostEstimator. Call services.AddLlmCostModel(...) and build the client with the service provider, or pass an estimator.");
        _client = client;
        _policy = options.UnpricedCalls;
        _addresses = new Dictionary<string, CallContext>(options.Addresses, StringComparer.OrdinalIgnoreCase);
        _address = FindAddress(client.Address);
        _said = options.Context;
        _context = _address.Complete(in _said);
        _observers = [.. services?.GetService<IEnumerable<ICostObserver>>() ?? [], .. options.Observers];
        _instruments = new CostInstruments(services?.GetService<IMeterFactory>(), options);
        _log = new TrackingLog(services?.GetService<ILoggerFactory>()?.CreateLogger("LlmCostModel.CostTracking") ?? NullLogger.Instance);
        _clock = services?.GetService<TimeProvider>() ?? TimeProvider.System;
    }

    internal ICostEstimator Estimator { get; }

    internal string? DefaultModel => _client.DefaultModel;

    internal CallContext Context => _context;

    internal TrackingLog Log => _log;

    /// <summary>Sends a request, prices its response and tells of the cost.</summary>
    /// <param name="operation">What is asked for.</param>
    /// <param name="requestedModel">The model of the request's options.</param>
    /// <param name="send">Sends the request.</param>
    /// <param name="read">Reads what the response says of its cost.</param>
    /// <param name="attach">Attaches the cost to the response.</param>
    internal async Task<T> TrackAsync<T>(
        string operation,
        string? requestedModel,
        Func<Task<T>> send,
        Func<T, UsageReading> read,
        Action<T, CallCost>? attach = null)
    {
        CallStart call = Begin(operation, requestedModel);
        T response;
        try
        {
            response = await send().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            RecordFailure(in call, exception);
            throw;
        }

        CallCost cost = Price(in call, read(response));
        attach?.Invoke(response, cost);
        Record(in call, cost);
        return response;
    }

    /// <summary>The same for a stream whose updates are read when it is over.</summary>
    /// <param name="operation">What is asked for.</param>
    /// <param name="requestedModel">The model of the request's options.</param>
    /// <param name="send">Sends the request.</param>
    /// <param name="take">Keeps what an update says of the cost.</param>
    /// <param name="read">Reads what was kept.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    internal async IAsyncEnumerable<T> TrackStream<T>(
        string operation,
        string? requestedModel,
        Func<IAsyncEnumerable<T>> send,
        Action<T> take,
        Func<UsageReading> read,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        CallStart call = Begin(operation, requestedModel);
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
                RecordFailure(in call, failure);
            }
            else
            {
                Record(in call, Price(in call, read()));
            }
        }
    }

    /// <summary>Notes what has to be known from before the call, and refuses calls that would have no price if the options ask for
    /// that.</summary>
    internal CallStart Begin(string operation, string? requestedModel)
    {
        string? model = requestedModel ?? _client.DefaultModel;
        if (_policy == UnpricedCallPolicy.Refuse)
        {
            RequirePrice(model);
        }

        return new CallStart
        {
            Operation = operation,
            At = _clock.GetUtcNow(),
            RequestedModel = model,
            Scope = CostScope.Current,
            Activity = Activity.Current,
        };
    }

    /// <summary>Works the cost of a call out. Never throws: a call that was made is not broken by its price.</summary>
    internal CallCost Price(in CallStart call, in UsageReading reading) => new()
    {
        Operation = call.Operation,
        Priced = Price(in call, new ModelCall { At = call.At, RequestedModel = call.RequestedModel, Reading = reading }),
        Protocol = _client.Protocol,
        Tags = call.Scope?.Tags ?? EquatableTexts.None,
    };

    /// <summary>Notifies everybody of a cost, once per call.</summary>
    internal void Record(in CallStart call, CallCost cost)
    {
        call.Scope?.Add(cost);
        _instruments.Record(cost);
        ActivityTags.Set(call.Activity, cost);
        if (cost.Status != CostStatus.Priced && _policy != UnpricedCallPolicy.Ignore)
        {
            _log.Unpriced(cost);
        }

        foreach (ICostObserver observer in _observers)
        {
            try
            {
                observer.OnCallCompleted(cost);
            }
            catch (Exception exception)
            {
                _log.ObserverFailed(observer, exception);
            }
        }
    }

    /// <summary>Records a call that failed. One that the provider refused (HTTP 400 to 499) costs nothing; of any other it is not known
    /// whether it is billed.</summary>
    internal void RecordFailure(in CallStart call, Exception failure)
    {
        if (!_client.IsRefusal(failure))
        {
            UsageReading reading = new()
            {
                Origin = UsageOrigin.Adapter,
                Reason = $"The call failed before it stated its usage ({failure.GetType().Name}), so it is not known whether it is billed.",
            };
            Record(in call, Price(in call, in reading));
        }
    }

    /// <summary>Who bills the calls to an address.</summary>
    internal KnownAddress FindAddress(Uri? address) => ProviderAddresses.Find(address, _addresses);

    /// <summary>Prices a call at the place where it went, and says what the place leaves open.</summary>
    private PricedCall Price(in CallStart start, ModelCall call)
    {
        CallContext said = start.Asked.Or(in _said);
        KnownAddress address = start.Address ?? _address;
        PricedCall priced = Price(call with { Asked = address.Complete(in said) });
        if (said.Provider is not null)
        {
            return priced;
        }

        if (priced.Status == CostStatus.Unpriced && address.OtherProvider is { } other)
        {
            KnownAddress instead = address with { Provider = other };
            PricedCall there = Price(call with { Asked = instead.Complete(in said) });
            priced = there.Status == CostStatus.Unpriced ? priced : there;
        }

        return address.Note is { } note ? priced with { Notes = [.. priced.Notes, note] } : priced;
    }

    private PricedCall Price(ModelCall call)
    {
        try
        {
            return Estimator.Price(call);
        }
        catch (UnpricedException exception) when (exception.Call is { } priced)
        {
            // A strict estimator throws; the call is made all the same, so it is reported like any other without a price.
            return priced;
        }
        catch (Exception exception) when (exception is OverflowException or InvalidOperationException)
        {
            UsageReading reading = call.Reading;
            return new PricedCall
            {
                Call = call,
                Context = call.Context,
                Parts =
                [
                    new PricedPart
                    {
                        Role = CallRole.Main,
                        Model = reading.Model ?? call.RequestedModel,
                        Usage = reading.Usage,
                        Meters = reading.Meters,
                        Estimate = default,
                    },
                ],
                Status = CostStatus.Unpriced,
                Totals = [],
                Issues = exception is UnpricedException { Issues.Count: > 0 } unpriced
                    ? [.. unpriced.Issues]
                    :
                    [
                        new()
                        {
                            Kind = CostIssueKind.AmountTooLarge,
                            Subject = reading.Model ?? call.RequestedModel ?? "",
                            Message = exception.Message,
                        },
                    ],
            };
        }
    }

    private void RequirePrice(string? model)
    {
        if (model is null)
        {
            throw new UnpricedException(
                "Neither the request nor the client names a model, so the call cannot be priced. Set ChatOptions.ModelId.");
        }

        TokenUsage nothing = default;
        CostEstimate estimate = Estimator.Estimate(model, in nothing, in _context);
        if (estimate.Status == CostStatus.Unpriced)
        {
            throw new UnpricedException(estimate.Issues);
        }
    }
}
