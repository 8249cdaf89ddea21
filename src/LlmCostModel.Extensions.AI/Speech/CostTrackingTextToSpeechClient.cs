using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Prices every spoken text: by tokens where the response states them, otherwise by the characters of the text (Unicode code
/// points).</summary>
[Experimental("MEAI001")]
internal sealed class CostTrackingTextToSpeechClient(ITextToSpeechClient inner, CostTracker tracker) : DelegatingTextToSpeechClient(inner)
{
    /// <inheritdoc/>
    public override Task<TextToSpeechResponse> GetAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) => tracker.TrackAsync(
            "speech",
            options?.ModelId,
            () => base.GetAudioAsync(text, options, cancellationToken),
            response => Read(text, response.Usage).Of(response.ModelId));

    /// <inheritdoc/>
    public override IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        StreamedUsage stream = new();
        return tracker.TrackStream(
            "speech",
            options?.ModelId,
            () => base.GetStreamingAudioAsync(text, options, cancellationToken),
            update => stream.Observe(update.ModelId, update.RawRepresentation, update.Contents),
            () => Read(text, stream.Usage).Of(stream.Model),
            cancellationToken);
    }

    private static UsageReading Read(string text, UsageDetails? usage)
    {
        if (usage is null)
        {
            return UsageDetailsReader.Metered("Character", text.EnumerateRunes().Count());
        }

        // What such a model puts out is audio.
        UsageReading reading = UsageDetailsReader.Read(usage);
        return reading.Usage is { AudioOutput: 0 } counts
            ? reading with
            {
                Usage = counts with { Output = 0, AudioOutput = counts.Output },
            }
            : reading;
    }
}
