using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlmCostModel.Extensions.AI;

/// <summary>The one way in which every client, streaming or not, turns a response into a cost and tells of it.</summary>
internal sealed class CostTracker
{
    private readonly UnpricedCallPolicy _policy;
    private readonly CallContext _context;
    private readonly ICostObserver[] _observers;
    private readonly CostInstruments _instruments;
    private readonly TrackingLog _log;
    private readonly TimeProvider _clock;
    private readonly ClientIdentity _client;

    internal CostTracker(ICostEstimator? estimator, Action<CostTrackingOptions>? configure, IServiceProvider? services, ClientIdentity client)
    {
        CostTrackingOptions options = new();
        configure?.Invoke(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxMetricTagValues);
        ArgumentOutOfRangeException.ThrowIfNegative(options.DriftTolerance);
        Estimator = estimator ?? services?.GetService<ICostEstimator>() ?? throw new InvalidOperationException(
            "No ICostEstimator. Call services.AddLlmCostModel(...) and build the client with the service provider, or pass an estimator.");
        _client = client;
        _policy = options.UnpricedCalls;
        _context = options.Context with { Host = options.Context.Host ?? ProviderHosts.Find(client.Address) };
        _observers = [.. services?.GetService<IEnumerable<ICostObserver>>() ?? [], .. options.Observers];
        _instruments = new CostInstruments(services?.GetService<IMeterFactory>(), options);
        _log = new TrackingLog(services?.GetService<ILoggerFactory>()?.CreateLogger("LlmCostModel.Extensions.AI") ?? NullLogger.Instance);
        _clock = services?.GetService<TimeProvider>() ?? TimeProvider.System;
    }

    internal ICostEstimator Estimator { get; }

    internal string? DefaultModel => _client.DefaultModel;

    internal CallContext Context => _context;

    internal TrackingLog Log => _log;

    /// <summary>Notes what has to be known from before the call, and refuses calls that would have no price if the options ask for that.</summary>
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
    internal CallCost Price(in CallStart call, in CallReading reading, string? responseModel)
    {
        responseModel = reading.Model ?? responseModel;
        CallContext served = reading.Served;
        CallContext context = _context with
        {
            At = call.At,
            Tier = served.Tier ?? _context.Tier,
            Batch = served.Batch || _context.Batch,
            Region = served.Region ?? _context.Region,
            Attributes = served.Attributes ?? _context.Attributes,
            Deployment = _context.Deployment ?? call.RequestedModel,
        };
        CallSum sum = new();
        CostEstimate estimate = default;
        if (reading.Shortfall is not null)
        {
            sum.Lacks(reading.Shortfall);
        }

        if (reading.Usage is { } usage)
        {
            estimate = sum.Add(Estimator, ModelOf(call.RequestedModel, responseModel), in usage, in context, reading.Meters);
            foreach (OtherModelUsage other in reading.Others ?? [])
            {
                sum.Add(Estimator, other.Model ?? responseModel, other.Usage, in context, null);
            }
        }

        return new CallCost
        {
            Operation = call.Operation,
            At = call.At,
            Status = sum.Status,
            Total = sum.Total,
            Reasons = sum.Reasons,
            Issue = sum.Issue,
            Usage = reading.Usage,
            Meters = reading.Meters,
            Estimate = estimate,
            Context = context,
            Reported = reading.Reported,
            Provider = _client.Provider,
            RequestedModel = call.RequestedModel,
            ResponseModel = responseModel,
            ResponseId = reading.ResponseId,
            Tags = call.Scope?.Tags ?? CostScope.NoTags,
        };
    }

    /// <summary>Tells everybody of a cost, once per call.</summary>
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
                observer.OnCallPriced(cost);
            }
            catch (Exception exception)
            {
                _log.ObserverFailed(observer, exception);
            }
        }
    }

    /// <summary>Records a call that failed. One that the provider refused (HTTP 400 to 499) costs nothing; of any other it is not known whether it is billed.</summary>
    internal void RecordFailure(in CallStart call, Exception failure)
    {
        if (!HttpRefusal.Is(failure))
        {
            CallReading reading = CallReading.Unknown($"The call failed before it stated its usage ({failure.GetType().Name}), so it is not known whether it is billed.");
            Record(in call, Price(in call, in reading, null));
        }
    }

    /// <summary>
    /// The id to price by: a deployment name of the user's own map stands for a model whatever the response says; otherwise the model that answered, and only where the
    /// response names none the one that was asked for.
    /// </summary>
    private string? ModelOf(string? requested, string? answered) =>
        answered is null || (requested is not null && requested != answered && IsMapped(requested)) ? requested : answered;

    private bool IsMapped(string requested) =>
        Estimator.TryGetModel(requested, _context.Host, out PricedModel? model) && model.Resolution.Kind == MatchKind.Mapped;

    private void RequirePrice(string? model)
    {
        if (model is null)
        {
            throw new UnpricedException("Neither the request nor the client names a model, so the call cannot be priced. Set ChatOptions.ModelId.");
        }

        TokenUsage nothing = default;
        CostEstimate estimate = Estimator.Estimate(model, in nothing, in _context);
        if (estimate.Status == CostStatus.Unpriced)
        {
            throw new UnpricedException(estimate.Issues);
        }
    }
}
