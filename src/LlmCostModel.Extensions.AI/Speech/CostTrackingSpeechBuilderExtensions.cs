using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Puts a cost on every call of a speech client. Experimental as long as Microsoft.Extensions.AI's speech clients are.</summary>
[Experimental("MEAI001")]
public static class CostTrackingSpeechBuilderExtensions
{
    /// <summary>Prices every transcription. Call this last. Observers, scopes and metrics get the cost.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="estimator">Prices the calls; <see langword="null"/> takes the registered <see cref="ICostEstimator"/>.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">When the client is built: there is no estimator.</exception>
    public static SpeechToTextClientBuilder UseCostTracking(
        this SpeechToTextClientBuilder builder,
        ICostEstimator? estimator = null,
        Action<CostTrackingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(
            (inner, services) =>
            {
                SpeechToTextClientMetadata? client = inner.GetService<SpeechToTextClientMetadata>();
                return new CostTrackingSpeechToTextClient(
                    inner,
                    new CostTracker(estimator, configure, services, client.Identify(inner))
                );
            }
        );
    }

    /// <summary>Prices every spoken text: by tokens where the response states them, otherwise by the characters of the text. Call this
    /// last.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="estimator">Prices the calls; <see langword="null"/> takes the registered <see cref="ICostEstimator"/>.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">When the client is built: there is no estimator.</exception>
    public static TextToSpeechClientBuilder UseCostTracking(
        this TextToSpeechClientBuilder builder,
        ICostEstimator? estimator = null,
        Action<CostTrackingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(
            (inner, services) =>
            {
                TextToSpeechClientMetadata? client = inner.GetService<TextToSpeechClientMetadata>();
                return new CostTrackingTextToSpeechClient(
                    inner,
                    new CostTracker(estimator, configure, services, client.Identify(inner))
                );
            }
        );
    }
}
