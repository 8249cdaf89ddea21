using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LlmCostModel;
using LlmCostModel.AotSmoke;
using LlmCostModel.Catalog;
using LlmCostModel.Extensions.AI;
using LlmCostModel.Planning;

// Results of every package are written, read back and compared, then an application with all of them runs. The exit code says whether
// all was as it should be.
CostEstimator estimator = BuiltInCatalog.CreateEstimator();
TokenUsage usage = new() { Input = 1_000, CacheRead = 600, Output = 300, Reasoning = 12, VideoOutput = 1 };
CallContext context = new() { At = new DateTimeOffset(2025, 1, 27, 0, 0, 0, TimeSpan.Zero) };
PricedCall call = estimator.Price(ModelCall.FromUsage("gpt-4o", usage, [new(MeterNames.WebSearch, 2)]) with { Asked = context });
ForecastPlan plan = new()
{
    Start = context.At.Value,
    Months = 2,
    Lines = [new() { Model = "gpt-4o", Context = context, Requests = Uncertain.Between(1_000, 2_000), PromptTokens = 1_000 }],
    Samples = 100,
};
Workload workload = Workload.Create(new WorkloadCall { Usage = usage, Count = 5 });
bool[] equal =
[
    IsSame(estimator.Estimate("gpt-4o", in usage, in context), SmokeJson.Default.CostEstimate),
    IsSame(estimator.Explain("gpt-4o", in usage, in context), SmokeJson.Default.CostReceipt),
    IsSame(call, SmokeJson.Default.PricedCall),
    IsSame(new CallCost { Operation = "chat", Priced = call, Tags = new Dictionary<string, string> { ["feature"] = "search" } }, SmokeJson.Default.CallCost),
    IsSame(Forecaster.Run(estimator, plan), SmokeJson.Default.Forecast),
    IsSame(BreakEven.FindCacheRequests(1.25m, 0.1m), SmokeJson.Default.BreakEvenPoint),
    .. BuiltInCatalog.RateCards.Select(card => IsSame(card, SmokeJson.Default.RateCard)),
    AreSame(estimator.Compare(["gpt-4o", "o1"], in usage, in context), SmokeJson.Default.IReadOnlyListCostComparison),
    AreSame(WorkloadComparison.Compare(estimator, workload, new WorkloadCandidate { Model = "gpt-4o", Context = context }), SmokeJson.Default.IReadOnlyListCandidateCost),
];
Console.WriteLine($"{equal.Count(same => same)} of {equal.Length} results came back as they were");
bool hosted = true;
foreach ((string expected, string found) in await HostSmoke.RunAsync())
{
    Console.WriteLine(expected == found ? expected : $"{found} instead of {expected}");
    hosted &= expected == found;
}

return hosted && Array.TrueForAll(equal, same => same) ? 0 : 1;

static bool IsSame<T>(T value, JsonTypeInfo<T> json)
{
    string text = JsonSerializer.Serialize(value, json);
    T? read = JsonSerializer.Deserialize(text, json);
    if (value!.Equals(read))
    {
        return true;
    }

    Console.WriteLine($"{typeof(T).Name} came back as another one: {text}");
    return false;
}

static bool AreSame<T>(IReadOnlyList<T> values, JsonTypeInfo<IReadOnlyList<T>> json) =>
    JsonSerializer.Deserialize(JsonSerializer.Serialize(values, json), json)!.SequenceEqual(values);
