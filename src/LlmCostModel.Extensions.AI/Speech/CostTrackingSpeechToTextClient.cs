using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Prices every transcription: by tokens or by the seconds that the response states.</summary>
[Experimental("MEAI001")]
internal sealed class CostTrackingSpeechToTextClient(ISpeechToTextClient inner, CostTracker tracker) : DelegatingSpeechToTextClient(inner)
{
    /// <inheritdoc/>
    public override async Task<SpeechToTextResponse> GetTextAsync(Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        CallStart call = tracker.Begin("transcription", options?.ModelId);
        SpeechToTextResponse response;
        try
        {
            response = await base.GetTextAsync(audioSpeechStream, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            tracker.RecordFailure(in call, exception);
            throw;
        }

        CallReading reading = Read(response.RawRepresentation, response.Usage) with { ResponseId = response.ResponseId };
        tracker.Record(in call, tracker.Price(in call, in reading, response.ModelId));
        return response;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        CallStart call = tracker.Begin("transcription", options?.ModelId);
        UsageDetails? usage = null;
        object? raw = null;
        string? model = null;
        try
        {
            await foreach (SpeechToTextResponseUpdate update in base.GetStreamingTextAsync(audioSpeechStream, options, cancellationToken).ConfigureAwait(false))
            {
                model ??= update.ModelId;
                raw = update.RawRepresentation ?? raw;
                foreach (UsageContent content in update.Contents.OfType<UsageContent>())
                {
                    (usage ??= new UsageDetails()).Add(content.Details);
                }

                yield return update;
            }
        }
        finally
        {
            CallReading reading = Read(raw, usage);
            tracker.Record(in call, tracker.Price(in call, in reading, model));
        }
    }

    private static CallReading Read(object? raw, UsageDetails? usage)
    {
        CallReading reading = ResponseReader.Read(raw, usage);

        // The adapter states the audio part apart; where the raw response could not be read it is the only one who does.
        return raw is null && reading.Usage is { AudioInput: 0 } counts && usage?.InputAudioTokenCount is { } audio && audio <= counts.Input
            ? reading with { Usage = counts with { Input = counts.Input - audio, AudioInput = audio } }
            : reading;
    }
}
