using LlmCostModel.Budgets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlmCostModel;

/// <summary>Asks the budgets before every model call through an <see cref="HttpClient"/>, and counts what it cost: for SDKs that take a
/// client or a handler. It goes around a <see cref="CostTrackingHandler"/>, which prices the calls.</summary>
/// <remarks>
/// <para>A call for which there is no room is not sent: <see cref="BudgetExceededException"/> says which limit, what is left and when to
/// try again. It is not an answer of HTTP 402 or 429, which libraries take for the provider's, and repeat by themselves. When the
/// store of budgets does not answer, no call is sent either (<see cref="BudgetStoreException"/>).</para>
/// <para>The body of a request is read before it is sent. An answer is not delayed: it is counted when it ends, is given up or fails.
/// What a provider refuses (HTTP 400 to 499) holds nothing any more. Work in the background is counted when its answer is fetched.</para>
/// </remarks>
public sealed partial class BudgetHandler : DelegatingHandler
{
    private readonly BudgetLedger _ledger;
    private readonly HttpBudgetQuestions _questions;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private HttpCallTracker? _tracker;

    /// <summary>Makes a handler whose <see cref="DelegatingHandler.InnerHandler"/> is set by who uses it.</summary>
    /// <param name="ledger">The budgets.</param>
    /// <param name="configure">Sets options.</param>
    /// <param name="services">Gives the logger and the clock; <see langword="null"/> for none, and that of the system.</param>
    public BudgetHandler(BudgetLedger ledger, Action<HttpBudgetOptions>? configure = null, IServiceProvider? services = null)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        HttpBudgetOptions options = new();
        configure?.Invoke(options);
        _ledger = ledger;
        _questions = new(options);
        _clock = services?.GetService<TimeProvider>() ?? TimeProvider.System;
        _log = services?.GetService<ILoggerFactory>()?.CreateLogger("LlmCostModel.Budgets") ?? NullLogger.Instance;
    }

    /// <inheritdoc cref="BudgetHandler(BudgetLedger, Action{HttpBudgetOptions}, IServiceProvider)"/>
    /// <summary>Makes a handler around one that prices calls: <c>new HttpClient(new BudgetHandler(new CostTrackingHandler(new
    /// SocketsHttpHandler(), estimator), ledger))</c>.</summary>
    /// <param name="innerHandler">Sends the requests and prices the calls.</param>
    /// <param name="ledger">The budgets.</param>
    /// <param name="configure">Sets options.</param>
    /// <param name="services">Gives the logger and the clock; <see langword="null"/> for none, and that of the system.</param>
    public BudgetHandler(
        HttpMessageHandler innerHandler,
        BudgetLedger ledger,
        Action<HttpBudgetOptions>? configure = null,
        IServiceProvider? services = null)
        : this(ledger, configure, services)
    {
        ArgumentNullException.ThrowIfNull(innerHandler);
        InnerHandler = innerHandler;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await BeginAsync(request, cancellationToken).ConfigureAwait(false) is not { } call)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            End(request, call);
        }
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (BeginAsync(request, cancellationToken).AsTask().GetAwaiter().GetResult() is not { } call)
        {
            return base.Send(request, cancellationToken);
        }

        try
        {
            return base.Send(request, cancellationToken);
        }
        finally
        {
            End(request, call);
        }
    }

    /// <summary>Asks the budgets of a request that may be a call; <see langword="null"/> for another one.</summary>
    private async ValueTask<BudgetedCall?> BeginAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true } address || ModelPaths.IsNoCall(request.Method, address.AbsolutePath))
        {
            return null;
        }

        BudgetedCall call;
        if (ModelPaths.JobOf(request.Method, address.AbsolutePath) is not null)
        {
            call = new(_ledger, _questions, null, _clock, _log);
        }
        else if (request.Method == HttpMethod.Post && ModelPaths.OperationOf(address.AbsolutePath) is not null)
        {
            ReadOnlyMemory<byte>? body = await HttpBudgetQuestions.ReadAsync(request, cancellationToken).ConfigureAwait(false);
            BudgetRequest asked = _questions.Ask(FindTracker(), request, body);
            BudgetLease lease = await _ledger.ReserveAsync(asked, cancellationToken).ConfigureAwait(false);
            if (!lease.WouldDeny.IsEmpty)
            {
                LogWouldDeny(_log, string.Join(", ", lease.WouldDeny));
            }

            call = new(_ledger, _questions, lease.ThrowIfNotAcquired(), _clock, _log);
        }
        else
        {
            return null;
        }

        request.Options.Set(CallWitness.Key, call);
        return call;
    }

    /// <summary>A request that nobody watched was not a call.</summary>
    private static void End(HttpRequestMessage request, BudgetedCall call)
    {
        ((IDictionary<string, object?>)request.Options).Remove(CallWitness.Key.Key);
        if (!call.IsWatched)
        {
            call.Over();
        }
    }

    private HttpCallTracker FindTracker()
    {
        for (HttpMessageHandler? inner = InnerHandler; _tracker is null; inner = (inner as DelegatingHandler)?.InnerHandler)
        {
            _tracker = inner switch
            {
                CostTrackingHandler tracking => tracking.Tracker,
                DelegatingHandler => null,
                _ => throw new InvalidOperationException(
                    "A BudgetHandler counts what a CostTrackingHandler prices, and there is none inside. Call AddCostTracking after "
                        + "AddBudget, or make the one around the other."),
            };
        }

        return _tracker;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The budgets {Budgets} only observe, and would have denied a call.")]
    private static partial void LogWouldDeny(ILogger logger, string budgets);
}
