using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Puts a cost on every call of a chat client.</summary>
public static class CostTrackingChatClientBuilderExtensions
{
    /// <summary>Prices every call. Call this last: tool loops, caches and telemetry belong outside, so that every real call passes here,
    /// alone, and a replay does not.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="estimator">Prices the calls; <see langword="null"/> takes the registered <see cref="ICostEstimator"/>.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">When the client is built: there is no estimator.</exception>
    public static ChatClientBuilder UseCostTracking(
        this ChatClientBuilder builder,
        ICostEstimator? estimator = null,
        Action<CostTrackingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(
            (inner, services) =>
            {
                ChatClientMetadata? client = inner.GetService<ChatClientMetadata>();
                return new CostTrackingChatClient(
                    inner,
                    new CostTracker(estimator, configure, services, client.Identify(inner))
                );
            }
        );
    }
}
