using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Prices every spoken text: by tokens where the response states them, otherwise by the characters of the text (Unicode code
/// points).</summary>
[Experimental("MEAI001")]
internal sealed class CostTrackingTextToSpeechClient(ITextToSpeechClient inner, CostTracker tracker) : DelegatingTextToSpeechClient(inner)
{
    private readonly ResponseReader _reader = tracker.Reader();

    /// <inheritdoc/>
    public override Task<TextToSpeechResponse> GetAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) => tracker.TrackAsync(
            "speech",
            options?.ModelId,
            () => base.GetAudioAsync(text, options, cancellationToken),
            response => Spoken(
                text, _reader.Read(response.RawRepresentation, response.Usage, response.ModelId), response.Usage, response.ModelId),
            static (response, cost) => CostMarks.Attach((object)response, cost),
            cancellationToken);

    /// <inheritdoc/>
    public override IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        StreamedUsage stream = new(_reader);
        return tracker.TrackStream(
            "speech",
            options?.ModelId,
            () => base.GetStreamingAudioAsync(text, options, cancellationToken),
            update => stream.Observe(update, update.ModelId, update.RawRepresentation, update.Contents),
            () => Spoken(text, stream.Read(), stream.Usage, stream.Model),
            stream.Attach,
            cancellationToken);
    }

    private static ReadAnswer Spoken(string text, ReadAnswer answer, UsageDetails? usage, string? model)
    {
        if (answer.Reading is { Usage: null, Meters.Count: 0 } && usage is null)
        {
            return UsageDetailsReader.Metered("Character", text.EnumerateRunes().Count()).NamedBy(model);
        }

        // What such a model puts out is audio.
        UsageReading reading = answer.Reading;
        return (reading.Usage is { AudioOutput: 0 } counts
            ? answer.Saying(reading with { Usage = counts with { Output = 0, AudioOutput = counts.Output } })
            : answer).NamedBy(model);
    }
}
