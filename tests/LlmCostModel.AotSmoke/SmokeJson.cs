using System.Text.Json.Serialization;
using LlmCostModel.Extensions.AI;
using LlmCostModel.Planning;

namespace LlmCostModel.AotSmoke;

/// <summary>The JSON of an application: it names the types, and registers nothing.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BreakEvenPoint))]
[JsonSerializable(typeof(CallCost))]
[JsonSerializable(typeof(CostEstimate))]
[JsonSerializable(typeof(CostReceipt))]
[JsonSerializable(typeof(Forecast))]
[JsonSerializable(typeof(IReadOnlyList<CandidateCost>))]
[JsonSerializable(typeof(IReadOnlyList<CostComparison>))]
[JsonSerializable(typeof(PricedCall))]
[JsonSerializable(typeof(RateCard))]
internal sealed partial class SmokeJson : JsonSerializerContext;
