#pragma warning disable MEAI001, OPENAI001 // Image and speech clients are experimental.
using System.Drawing;
using Microsoft.Extensions.AI;
using static LlmCostModel.Extensions.AI.Tests.LoopbackModel;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>Images and transcriptions of the official OpenAI library.</summary>
public sealed class ModalityClientTests
{
    private static readonly CostEstimator Estimator = new(RateCardJson.Parse(
        """
        { "own": { "Currency": "USD", "Models": {
            "image-mixed": { "PerMillionTokens": { "Input": 5, "ImageInput": 8, "Output": 10, "ImageOutput": 32 } },
            "image-each": { "Rules": [ { "Name": "standard", "When": { "Attributes": { "size": "1024x1024", "quality": "standard" } }, "PerMeter": { "Image": 0.04 } } ] },
            "transcribe": { "PerMillionTokens": { "Input": 2.5, "AudioInput": 6, "Output": 10 } } } } }
        """u8.ToArray(),
        "own.json"));

    /// <summary>The split of the output is in the object alone: 27 x 5 + 194 x 8 + 262 x 10 + 1,056 x 32 = 38,099 millionths.</summary>
    [Fact]
    public async Task Image_WithTextInItsOutput_CostsBoth()
    {
        await using LoopbackModel model = new(new Reply(
            """{"created":1767225600,"data":[{"b64_json":"AA=="}],"size":"1024x1024","quality":"high","output_format":"png","usage":{"input_tokens":221,"input_tokens_details":{"text_tokens":27,"image_tokens":194},"output_tokens":1318,"output_tokens_details":{"text_tokens":262,"image_tokens":1056},"total_tokens":1539}}"""));
        using IImageGenerator generator = RealClients.OpenAI(model, 0).GetImageClient("image-mixed").AsIImageGenerator().AsBuilder().UseCostTracking(Estimator).Build();

        ImageGenerationResponse response = await generator.GenerateAsync(new ImageGenerationRequest("a cat"));

        Assert.Equal("0.038099 USD (1 call)", response.GetCost()!.ToString());
    }

    /// <summary>The quality of the options and the size of the request are both attributes: 1 x 0.04.</summary>
    [Fact]
    public async Task Image_PricedByQualityAndSize_HasBoth()
    {
        await using LoopbackModel model = new(new Reply("""{"created":1767225600,"data":[{"b64_json":"AA=="}]}"""));
        using IImageGenerator generator = RealClients.OpenAI(model, 0).GetImageClient("image-each").AsIImageGenerator().AsBuilder()
            .UseCostTracking(Estimator, options => options.Context = new CallContext { Attributes = [new("quality", "standard")] }).Build();

        ImageGenerationResponse response = await generator.GenerateAsync(new ImageGenerationRequest("a cat"), new ImageGenerationOptions { ImageSize = new Size(1024, 1024) });

        Assert.Equal("0.04 USD (1 call)", response.GetCost()!.ToString());
    }

    /// <summary>The transcription cannot write itself; the counts say what is audio: 14 x 2.5 + 200 x 6 + 30 x 10 = 1,535 millionths.</summary>
    [Fact]
    public async Task Transcription_WithTextAndAudio_CostsEach()
    {
        await using LoopbackModel model = new(new Reply(
            """{"text":"Hello.","usage":{"type":"tokens","input_tokens":214,"input_token_details":{"text_tokens":14,"audio_tokens":200},"output_tokens":30,"total_tokens":244}}"""));
        using ISpeechToTextClient client = RealClients.OpenAI(model, 0).GetAudioClient("transcribe").AsISpeechToTextClient().AsBuilder().UseCostTracking(Estimator).Build();

        SpeechToTextResponse response = await client.GetTextAsync(new MemoryStream([1]));

        Assert.Equal("0.001535 USD (1 call)", response.GetCost()!.ToString());
    }
}
