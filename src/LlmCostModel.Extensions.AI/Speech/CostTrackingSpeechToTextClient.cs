using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Prices every transcription: by tokens or by the seconds that the response states.</summary>
[Experimental("MEAI001")]
internal sealed class CostTrackingSpeechToTextClient(ISpeechToTextClient inner, CostTracker tracker) : DelegatingSpeechToTextClient(inner)
{
    /// <inheritdoc/>
    public override Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) => tracker.TrackAsync(
            "transcription",
            options?.ModelId,
            () => base.GetTextAsync(audioSpeechStream, options, cancellationToken),
            response => Read(response.RawRepresentation, response.Usage).Of(response.ModelId, response.ResponseId));

    /// <inheritdoc/>
    public override IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        StreamedUsage stream = new();
        return tracker.TrackStream(
            "transcription",
            options?.ModelId,
            () => base.GetStreamingTextAsync(audioSpeechStream, options, cancellationToken),
            update => stream.Observe(update.ModelId, update.RawRepresentation, update.Contents),
            () => Read(stream.Raw, stream.Usage).Of(stream.Model),
            cancellationToken);
    }

    private static UsageReading Read(object? raw, UsageDetails? usage)
    {
        UsageReading reading = ResponseReader.Read(raw, usage);

        // The adapter states the audio part apart; where the raw response could not be read it is the only one who does.
        return raw is null && reading.Usage is { AudioInput: 0 } counts && usage?.InputAudioTokenCount is { } audio && audio <= counts.Input
            ? reading with { Usage = counts with { Input = counts.Input - audio, AudioInput = audio } }
            : reading;
    }
}
