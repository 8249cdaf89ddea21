using BenchmarkDotNet.Attributes;
using LlmCostModel.Extensions.AI;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Benchmarks;

/// <summary>What tracking adds to the record that it hands out, for an answer without a body: the record is the baseline, with the bare answer around it.</summary>
public class TrackingOverheadBenchmarks
{
    private readonly ChatMessage[] _messages = [new(ChatRole.User, "Hello?")];
    private readonly CostEstimator _estimator = new(RateCardJson.Parse(SampleRates.CardJson(100), "bench.json"));
    private readonly AnswerClient _bare = new();
    private IChatClient _tracked = null!;

    [GlobalSetup]
    public void SetUp() => _tracked = _bare.AsBuilder().UseCostTracking(_estimator).Build();

    [Benchmark(Baseline = true, Description = "bare answer, and its record by hand")]
    public async Task<CallCost> RecordByHand()
    {
        ChatResponse response = await _bare.GetResponseAsync(_messages);
        return new CallCost
        {
            Operation = "chat",
            Priced = _estimator.Price(new ModelCall
            {
                At = TimeProvider.System.GetUtcNow(),
                RequestedModel = response.ModelId,
                Reading = new UsageReading
                {
                    Origin = UsageOrigin.Adapter,
                    Status = UsageStatus.Complete,
                    Model = response.ModelId,
                    Usage = TokenUsage.FromInclusive(response.Usage!.InputTokenCount!.Value, response.Usage.OutputTokenCount!.Value),
                },
            }),
        };
    }

    [Benchmark(Description = "answer, UseCostTracking")]
    public Task<ChatResponse> Tracked() => _tracked.GetResponseAsync(_messages);

    private sealed class AnswerClient : IChatClient
    {
        private readonly string _model = SampleRates.Id(7);

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hi."))
            {
                ModelId = _model,
                Usage = new UsageDetails { InputTokenCount = 1_000, OutputTokenCount = 100 },
            });

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
