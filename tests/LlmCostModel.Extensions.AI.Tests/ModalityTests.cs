#pragma warning disable MEAI001 // Image and speech clients are experimental in Microsoft.Extensions.AI.
using System.Drawing;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI.Tests;

public class ModalityTests
{
    private readonly Ledger _ledger = new();

    /// <summary>50 x 5 + 200 x 10 + 1,000 x 40 = 42,250 millionths.</summary>
    [Fact]
    public async Task Image_WithTokens_CostsItsTokens()
    {
        ImageGenerationResponse answer = new([new DataContent(new byte[] { 1 }, "image/png")])
        {
            Usage = new UsageDetails { InputTokenCount = 250, OutputTokenCount = 1_000, AdditionalCounts = new() { ["InputTokenDetails.ImageTokenCount"] = 200 } },
        };
        using IImageGenerator generator = new FakeImageGenerator(answer, "image-test").AsBuilder().UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).Build();

        await generator.GenerateAsync(new ImageGenerationRequest("a cat"));

        Assert.Equal(new Money(0.04225m, "USD"), Assert.Single(_ledger.Costs).Total);
    }

    [Fact]
    public async Task Image_WithoutTokens_CostsPerImageOfItsSize()
    {
        ImageGenerationResponse answer = new([new DataContent(new byte[] { 1 }, "image/png"), new DataContent(new byte[] { 2 }, "image/png")]);
        using IImageGenerator generator = new FakeImageGenerator(answer, "picture-test").AsBuilder().UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).Build();

        await generator.GenerateAsync(new ImageGenerationRequest("two cats"), new ImageGenerationOptions { ImageSize = new Size(1024, 1024) });
        await generator.GenerateAsync(new ImageGenerationRequest("two cats"));

        Assert.Equal(new Money(0.08m, "USD"), _ledger.Costs[0].Total); // 2 x 0.04
        Assert.Equal(CostIssueKind.MissingAttribute, _ledger.Costs[1].Issues[0].Kind);
        Assert.NotEqual(CostStatus.Priced, _ledger.Costs[1].Status);
    }

    /// <summary>20 x 2.5 + 180 x 6 + 30 x 10 = 1,430 millionths.</summary>
    [Fact]
    public async Task Transcription_WithAudioTokens_CostsThem()
    {
        SpeechToTextResponse answer = new("Hello.") { ModelId = "listen-test", Usage = new UsageDetails { InputTokenCount = 200, InputAudioTokenCount = 180, OutputTokenCount = 30 } };
        using ISpeechToTextClient client = new FakeSpeechToText(answer).AsBuilder().UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).Build();

        await client.GetTextAsync(Stream.Null);

        Assert.Equal(new Money(0.00143m, "USD"), Assert.Single(_ledger.Costs).Total);
    }

    /// <summary>6 code points x 15 millionths.</summary>
    [Fact]
    public async Task Speech_WithoutTokens_CostsItsCharacters()
    {
        using ITextToSpeechClient client = new FakeTextToSpeech(new TextToSpeechResponse { ModelId = "speak-test" }).AsBuilder().UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).Build();

        await client.GetAudioAsync("Hallo\U0001F44B");

        Assert.Equal(new Money(0.00009m, "USD"), Assert.Single(_ledger.Costs).Total);
    }

    private sealed class FakeImageGenerator(ImageGenerationResponse answer, string model) : IImageGenerator
    {
        public Task<ImageGenerationResponse> GenerateAsync(ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) => Task.FromResult(answer);

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ImageGeneratorMetadata) ? new ImageGeneratorMetadata("fake", null, model) : null;

        public void Dispose()
        {
        }
    }

    private sealed class FakeSpeechToText(SpeechToTextResponse answer) : ISpeechToTextClient
    {
        public Task<SpeechToTextResponse> GetTextAsync(Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) => Task.FromResult(answer);

        public IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) =>
            answer.ToSpeechToTextResponseUpdates().ToAsyncEnumerable();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    private sealed class FakeTextToSpeech(TextToSpeechResponse answer) : ITextToSpeechClient
    {
        public Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) => Task.FromResult(answer);

        public IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
            answer.ToTextToSpeechResponseUpdates().ToAsyncEnumerable();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
