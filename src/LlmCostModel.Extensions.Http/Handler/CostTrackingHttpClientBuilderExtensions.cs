using Microsoft.Extensions.DependencyInjection;

namespace LlmCostModel;

/// <summary>Puts a cost on every model call of a named or typed <see cref="HttpClient"/>.</summary>
public static class CostTrackingHttpClientBuilderExtensions
{
    /// <summary>Adds a <see cref="CostTrackingHandler"/>. Inside of what retries, it sees every attempt; outside, the last one.</summary>
    /// <param name="builder">The builder: <c>services.AddHttpClient("openai").AddCostTracking()</c>.</param>
    /// <param name="estimator">Prices the calls; <see langword="null"/> takes the registered <see cref="ICostEstimator"/>.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">When the client is made: there is no estimator, or the options ask to refuse calls
    /// without a price, which a handler cannot.</exception>
    public static IHttpClientBuilder AddCostTracking(
        this IHttpClientBuilder builder,
        ICostEstimator? estimator = null,
        Action<CostTrackingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // Handlers come and go with their connections; what they share, such as which work was counted, stays.
        object key = new();
        builder.Services.AddKeyedSingleton(key, (services, _) => new HttpCallTracker(estimator, configure, services));
        return builder.AddHttpMessageHandler(
            services => new CostTrackingHandler(services.GetRequiredKeyedService<HttpCallTracker>(key)));
    }
}
