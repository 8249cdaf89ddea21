using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using LlmCostModel.Extensions.AI;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Benchmarks;

/// <summary>A client that answers at once, bare and with cost tracking; whole answers and streams of 101 updates, of which the last has the usage.</summary>
public class CostTrackingBenchmarks
{
    private const int Updates = 100;

    private readonly ChatMessage[] _messages = [new(ChatRole.User, "Hello?")];
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

    [Benchmark(Description = "stream, no middleware")]
    public Task<int> BareStream() => CountAsync(_bare);

    [Benchmark(Description = "stream, UseCostTracking")]
    public Task<int> TrackedStream() => CountAsync(_tracked);

    private async Task<int> CountAsync(IChatClient client)
    {
        int count = 0;
        await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync(_messages))
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
            for (int i = 0; i < Updates; i++)
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
