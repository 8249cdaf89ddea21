namespace LlmCostModel;

/// <summary>Tells what every model call through an <see cref="HttpClient"/> cost, by what its bodies say: for SDKs that take a client or a
/// handler, whatever they keep of an answer.</summary>
/// <remarks>
/// <para>Bodies are read while they pass: nothing is buffered, delayed or altered, and a call is never broken by its price. Observers, the
/// <see cref="CostScope"/> around the call and metrics get the cost when the answer ends, is given up (what came is a lower bound) or
/// fails.</para>
/// <para>Calls are those of the paths of the providers' references, and answers that state their usage and model. A request that the
/// provider refuses (HTTP 400 to 499) costs nothing. A call of a client with <c>UseCostTracking</c> counts once, by its bodies.</para>
/// </remarks>
public sealed class CostTrackingHandler : DelegatingHandler
{
    private readonly HttpCallTracker _tracker;

    /// <summary>Makes a handler whose <see cref="DelegatingHandler.InnerHandler"/> is set by who uses it.</summary>
    /// <param name="estimator">Prices the calls.</param>
    /// <param name="configure">Sets options.</param>
    /// <param name="services">Gives observers, the meter factory, the logger and the clock; <see langword="null"/> for those of the
    /// options and the system.</param>
    /// <exception cref="InvalidOperationException">The options ask to refuse calls without a price, which a handler cannot.</exception>
    public CostTrackingHandler(
        ICostEstimator estimator,
        Action<CostTrackingOptions>? configure = null,
        IServiceProvider? services = null)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        _tracker = new HttpCallTracker(estimator, configure, services);
    }

    /// <inheritdoc cref="CostTrackingHandler(ICostEstimator, Action{CostTrackingOptions}, IServiceProvider)"/>
    /// <summary>Makes a handler around another one: <c>new HttpClient(new CostTrackingHandler(new SocketsHttpHandler(),
    /// estimator))</c>.</summary>
    /// <param name="innerHandler">Sends the requests.</param>
    /// <param name="estimator">Prices the calls.</param>
    /// <param name="configure">Sets options.</param>
    /// <param name="services">Gives observers, the meter factory, the logger and the clock; <see langword="null"/> for those of the
    /// options and the system.</param>
    public CostTrackingHandler(
        HttpMessageHandler innerHandler,
        ICostEstimator estimator,
        Action<CostTrackingOptions>? configure = null,
        IServiceProvider? services = null)
        : base(innerHandler)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        _tracker = new HttpCallTracker(estimator, configure, services);
    }

    internal CostTrackingHandler(HttpCallTracker tracker) => _tracker = tracker;

    /// <summary>Who prices the calls.</summary>
    internal HttpCallTracker Tracker => _tracker;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_tracker.Begin(request) is not { } exchange)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            exchange.Fail(exception);
            throw;
        }
        finally
        {
            exchange.Release();
        }

        exchange.Watch(response);
        return response;
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_tracker.Begin(request) is not { } exchange)
        {
            return base.Send(request, cancellationToken);
        }

        HttpResponseMessage response;
        try
        {
            response = base.Send(request, cancellationToken);
        }
        catch (Exception exception)
        {
            exchange.Fail(exception);
            throw;
        }
        finally
        {
            exchange.Release();
        }

        exchange.Watch(response);
        return response;
    }
}
