using System.Diagnostics.CodeAnalysis;
using System.Drawing;
using System.Globalization;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Prices every call that makes images: by tokens where the response states them, otherwise by the image.</summary>
[Experimental("MEAI001")]
internal sealed class CostTrackingImageGenerator(IImageGenerator inner, CostTracker tracker) : DelegatingImageGenerator(inner)
{
    private readonly ResponseReader _reader = tracker.Reader();

    /// <inheritdoc/>
    public override Task<ImageGenerationResponse> GenerateAsync(
        ImageGenerationRequest request,
        ImageGenerationOptions? options = null,
        CancellationToken cancellationToken = default) =>
        tracker.TrackAsync(
            "image",
            options?.ModelId,
            () => base.GenerateAsync(request, options, cancellationToken),
            response => Read(response, options),
            static (response, cost) => CostMarks.Attach((object)response, cost),
            cancellationToken);

    private ReadAnswer Read(ImageGenerationResponse response, ImageGenerationOptions? options)
    {
        CallAttributes? size = options?.ImageSize is { } asked ? CallAttributes.Empty.With("size", TextOf(asked)) : null;
        CallContext said = new() { Attributes = size };
        ReadAnswer answer = _reader.Read(response.RawRepresentation, response.Usage, options?.ModelId);
        UsageReading read = answer.Reading;
        if (read is { Origin: UsageOrigin.Adapter, Usage: { ImageOutput: 0 } usage })
        {
            // What such a model puts out are images: https://platform.openai.com/docs/guides/image-generation
            read = read with { Usage = usage with { Output = 0, ImageOutput = usage.Output } };
        }

        int images = response.Contents.Count(content => content is DataContent or UriContent);
        return read.Usage is not null ? answer.Saying(read with { Served = read.Served.Or(in said) })
            : images == 0 ? answer
            : UsageDetailsReader.Metered("Image", images, read.Served.Or(in said));
    }

    private static string TextOf(Size size) => string.Create(CultureInfo.InvariantCulture, $"{size.Width}x{size.Height}");
}
