using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Prices every spoken text: by tokens where the response states them, otherwise by the characters of the text (Unicode code points).</summary>
[Experimental("MEAI001")]
internal sealed class CostTrackingTextToSpeechClient(ITextToSpeechClient inner, CostTracker tracker) : DelegatingTextToSpeechClient(inner)
{
    /// <inheritdoc/>
    public override async Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        CallStart call = tracker.Begin("speech", options?.ModelId);
        TextToSpeechResponse response;
        try
        {
            response = await base.GetAudioAsync(text, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            tracker.RecordFailure(in call, exception);
            throw;
        }

        Record(in call, text, response.Usage, response.ModelId);
        return response;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        CallStart call = tracker.Begin("speech", options?.ModelId);
        UsageDetails? usage = null;
        string? model = null;
        try
        {
            await foreach (TextToSpeechResponseUpdate update in base.GetStreamingAudioAsync(text, options, cancellationToken).ConfigureAwait(false))
            {
                model ??= update.ModelId;
                foreach (UsageContent content in update.Contents.OfType<UsageContent>())
                {
                    (usage ??= new UsageDetails()).Add(content.Details);
                }

                yield return update;
            }
        }
        finally
        {
            Record(in call, text, usage, model);
        }
    }

    private void Record(in CallStart call, string text, UsageDetails? usage, string? model)
    {
        CallReading reading = usage is null
            ? new CallReading { Usage = default(TokenUsage), Meters = MeteredQuantities.Empty.With("Character", text.EnumerateRunes().Count()) }
            : Audio(UsageDetailsReader.Read(usage));
        tracker.Record(in call, tracker.Price(in call, in reading, model));
    }

    /// <summary>What such a model puts out is audio.</summary>
    private static CallReading Audio(CallReading reading) =>
        reading.Usage is { AudioOutput: 0 } usage ? reading with { Usage = usage with { Output = 0, AudioOutput = usage.Output } } : reading;
}
