using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LlmCostModel;

/// <summary>Adds the health of the prices in use to an application's health checks.</summary>
public static class LlmCostModelHealthChecksBuilderExtensions
{
    /// <summary>Adds a check of the rates that <see cref="ICostEstimator"/> uses: degraded when a later change was refused, when prices are
    /// older than <see cref="LlmCostModelOptions.MaxRateAgeDays"/>, or when there is no rate card.</summary>
    /// <param name="builder">The health checks; <c>AddLlmCostModel</c> on the services brings the rates.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">What is reported when the rates cannot be read at all; <see langword="null"/> for <see
    /// cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">What the check can be selected by; <see langword="null"/> for nothing.</param>
    /// <returns>The health checks, for chaining.</returns>
    public static IHealthChecksBuilder AddLlmCostModel(
        this IHealthChecksBuilder builder,
        string name = "llm-rates",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(name, services => new RatesHealthCheck(services), failureStatus, tags));
    }
}
