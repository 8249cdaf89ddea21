using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using LlmCostModel.Extensions.AI;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Benchmarks;

/// <summary>A client that answers at once, bare and with cost tracking; whole answers, and streams of two lengths, of which the last update has the usage: their difference is what an update costs.</summary>
public class CostTrackingBenchmarks
{
    private const int Short = 100;
    private const int Long = 1_000;

    private readonly ChatMessage[] _messages = [new(ChatRole.User, "Hello?")];
    private readonly ChatOptions _stream = new();
    private IChatClient _bare = null!;
    private IChatClient _tracked = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _bare = new NoOpClient();
        _tracked = _bare
            .AsBuilder()
            .UseCostTracking(new CostEstimator(RateCardJson.Parse(SampleRates.CardJson(100), "bench.json")))
            .Build();
    }

    [Benchmark(Baseline = true, Description = "answer, no middleware")]
    public Task<ChatResponse> Bare() => _bare.GetResponseAsync(_messages);

    [Benchmark(Description = "answer, UseCostTracking")]
    public Task<ChatResponse> Tracked() => _tracked.GetResponseAsync(_messages);

    [Benchmark(Description = "stream of 100, no middleware")]
    public Task<int> BareStream() => CountAsync(_bare, Short);

    [Benchmark(Description = "stream of 100, UseCostTracking")]
    public Task<int> TrackedStream() => CountAsync(_tracked, Short);

    [Benchmark(Description = "stream of 1,000, no middleware")]
    public Task<int> BareStream_Long() => CountAsync(_bare, Long);

    [Benchmark(Description = "stream of 1,000, UseCostTracking")]
    public Task<int> TrackedStream_Long() => CountAsync(_tracked, Long);

    private async Task<int> CountAsync(IChatClient client, int updates)
    {
        int count = 0;
        _stream.MaxOutputTokens = updates;
        await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync(_messages, _stream))
        {
            count++;
        }

        return count;
    }

    private sealed class NoOpClient : IChatClient
    {
        private readonly string _model = SampleRates.Id(7);

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            CancellationToken cancellationToken = default) =>
            Task.FromResult(
                new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hi."))
                {
                    ModelId = _model,
                    Usage = new UsageDetails { InputTokenCount = 1_000, OutputTokenCount = 100 },
                }
            );

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            for (int i = 1; i < options!.MaxOutputTokens; i++)
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, "Hi.") { ModelId = _model };
            }

            yield return new ChatResponseUpdate(
                ChatRole.Assistant,
                [new UsageContent(new UsageDetails { InputTokenCount = 1_000, OutputTokenCount = 100 })])
            {
                ModelId = _model,
            };
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
