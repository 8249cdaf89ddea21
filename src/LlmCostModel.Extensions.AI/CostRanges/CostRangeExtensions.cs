using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Estimates a call before it is sent.</summary>
public static class CostRangeExtensions
{
    /// <summary>Bounds what a call would cost with the model, options and rates of a tracked client.</summary>
    /// <param name="client">A client with <c>UseCostTracking</c>.</param>
    /// <param name="messages">The messages that would be sent.</param>
    /// <param name="configure">Says how tokens are counted, for which there is no default, and what is assumed.</param>
    /// <param name="options">The options that would be sent; <see langword="null"/> for none.</param>
    /// <returns>The bounds.</returns>
    /// <exception cref="ArgumentException">Assumptions are missing or out of range.</exception>
    /// <exception cref="InvalidOperationException">The client is not tracked.</exception>
    public static CostRange EstimateRange(
        this IChatClient client,
        IEnumerable<ChatMessage> messages,
        Action<CostRangeOptions> configure,
        ChatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(configure);
        CostTracker tracker =
            client.GetService<CostTracker>()
            ?? throw new InvalidOperationException("The client is not tracked. Build it with UseCostTracking.");
        CostRangeOptions assumed = new();
        configure(assumed);
        return new CostRangeCalculator(tracker.Estimator, options?.ModelId ?? tracker.DefaultModel, tracker.Context, assumed).Estimate(
            messages,
            options);
    }

    /// <summary>Bounds what a call would cost.</summary>
    /// <param name="estimator">The rates.</param>
    /// <param name="modelId">The model.</param>
    /// <param name="messages">The messages that would be sent.</param>
    /// <param name="configure">Says how tokens are counted, for which there is no default, and what is assumed.</param>
    /// <param name="options">The options that would be sent; <see langword="null"/> for none.</param>
    /// <param name="context">What else decides the price.</param>
    /// <returns>The bounds.</returns>
    /// <exception cref="ArgumentException">Assumptions are missing or out of range.</exception>
    public static CostRange EstimateRange(
        this ICostEstimator estimator,
        string modelId,
        IEnumerable<ChatMessage> messages,
        Action<CostRangeOptions> configure,
        ChatOptions? options = null,
        CallContext context = default)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(modelId);
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(configure);
        CostRangeOptions assumed = new();
        configure(assumed);
        return new CostRangeCalculator(estimator, modelId, context, assumed).Estimate(messages, options);
    }
}
