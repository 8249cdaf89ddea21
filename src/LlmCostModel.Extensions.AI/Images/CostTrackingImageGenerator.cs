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
    public override Task<ImageGenerationResponse> GenerateAsync(
        ImageGenerationRequest request,
        ImageGenerationOptions? options = null,
        CancellationToken cancellationToken = default) =>
        tracker.TrackAsync(
            "image",
            options?.ModelId,
            () => base.GenerateAsync(request, options, cancellationToken),
            response => Read(response, options));

    private static UsageReading Read(ImageGenerationResponse response, ImageGenerationOptions? options)
    {
        UsageReading counted = UsageDetailsReader.Read(response.Usage);
        if (counted.Usage is { } usage)
        {
            // What such a model puts out are images: https://platform.openai.com/docs/guides/image-generation
            return counted with { Usage = usage with { Output = 0, ImageOutput = usage.Output } };
        }

        int images = response.Contents.Count(content => content is DataContent or UriContent);
        CallAttributes? size = options?.ImageSize is { } asked ? CallAttributes.Empty.With("size", TextOf(asked)) : null;
        return images == 0 ? counted : UsageDetailsReader.Metered("Image", images, new CallContext { Attributes = size });
    }

    private static string TextOf(Size size) => string.Create(CultureInfo.InvariantCulture, $"{size.Width}x{size.Height}");
}
