using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Puts a cost on every call of an image generator. Experimental as long as Microsoft.Extensions.AI's image generators
/// are.</summary>
[Experimental("MEAI001")]
public static class CostTrackingImageGeneratorBuilderExtensions
{
    /// <summary>Prices every call. Call this last. Observers, scopes and metrics get the cost.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="estimator">Prices the calls; <see langword="null"/> takes the registered <see cref="ICostEstimator"/>.</param>
    /// <param name="configure">Sets options; a quality that prices depend on is an attribute of <see
    /// cref="CostTrackingOptions.Context"/>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">When the generator is built: there is no estimator.</exception>
    public static ImageGeneratorBuilder UseCostTracking(
        this ImageGeneratorBuilder builder,
        ICostEstimator? estimator = null,
        Action<CostTrackingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(
            (inner, services) =>
            {
                ImageGeneratorMetadata? client = inner.GetService<ImageGeneratorMetadata>();
                return new CostTrackingImageGenerator(
                    inner,
                    new CostTracker(estimator, configure, services, client.Identify(inner))
                );
            }
        );
    }
}
