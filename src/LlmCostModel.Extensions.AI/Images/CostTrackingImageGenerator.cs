using System.Diagnostics.CodeAnalysis;
using System.Drawing;
using System.Globalization;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Prices every call that makes images: by tokens where the response states them, otherwise by the image.</summary>
[Experimental("MEAI001")]
internal sealed class CostTrackingImageGenerator(IImageGenerator inner, CostTracker tracker) : DelegatingImageGenerator(inner)
{
    /// <inheritdoc/>
    public override async Task<ImageGenerationResponse> GenerateAsync(
        ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        CallStart call = tracker.Begin("image", options?.ModelId);
        ImageGenerationResponse response;
        try
        {
            response = await base.GenerateAsync(request, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            tracker.RecordFailure(in call, exception);
            throw;
        }

        CallReading reading = Read(response, options);
        tracker.Record(in call, tracker.Price(in call, in reading, null));
        return response;
    }

    private static CallReading Read(ImageGenerationResponse response, ImageGenerationOptions? options)
    {
        CallReading counted = UsageDetailsReader.Read(response.Usage);
        if (counted.Usage is { } usage)
        {
            // What such a model puts out are images: https://platform.openai.com/docs/guides/image-generation
            return counted with { Usage = usage with { Output = 0, ImageOutput = usage.Output } };
        }

        int images = response.Contents.Count(content => content is DataContent or UriContent);
        return images == 0 ? counted : new CallReading
        {
            Usage = default(TokenUsage),
            Meters = MeteredQuantities.Empty.With("Image", images),
            Served = new CallContext { Attributes = options?.ImageSize is { } size ? CallAttributes.Empty.With("size", TextOf(size)) : null },
        };
    }

    private static string TextOf(Size size) => string.Create(CultureInfo.InvariantCulture, $"{size.Width}x{size.Height}");
}
