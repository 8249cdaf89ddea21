using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Prices every transcription: by tokens or by the seconds that the response states.</summary>
[Experimental("MEAI001")]
internal sealed class CostTrackingSpeechToTextClient(ISpeechToTextClient inner, CostTracker tracker) : DelegatingSpeechToTextClient(inner)
{
    private readonly ResponseReader _reader = tracker.Reader();

    /// <inheritdoc/>
    public override Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) => tracker.TrackAsync(
            "transcription",
            options?.ModelId,
            () => base.GetTextAsync(audioSpeechStream, options, cancellationToken),
            response => _reader.Read(response.RawRepresentation, response.Usage, response.ModelId, response.ResponseId),
            static (response, cost) => CostMarks.Attach((object)response, cost),
            cancellationToken);

    /// <inheritdoc/>
    public override IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        StreamedUsage stream = new(_reader);
        return tracker.TrackStream(
            "transcription",
            options?.ModelId,
            () => base.GetStreamingTextAsync(audioSpeechStream, options, cancellationToken),
            update => stream.Observe(update, update.ModelId, update.RawRepresentation, update.Contents),
            stream.Read,
            stream.Attach,
            cancellationToken);
    }
}
