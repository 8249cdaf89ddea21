using System.Text;

namespace LlmCostModel.Logs.Tests.Gates;

/// <summary>Recorded runs whose costs are easy to work with: a million tokens of <c>a-1</c> cost 1 USD, from March 2026 on 2 USD, of
/// <c>e-1</c> 1 EUR, of <c>free-1</c> nothing.</summary>
internal static class GateRuns
{
    private const string Cards = """
        { "RateCards": {
          "acme": { "Provider": "acme", "FirstParty": true, "Currency": "USD", "Models": {
            "a-1": { "Versions": [
              { "Until": "2026-03-01", "PerMillionTokens": { "Input": 1, "CacheRead": 0.1, "Output": 10 } },
              { "From": "2026-03-01", "PerMillionTokens": { "Input": 2, "CacheRead": 0.2, "Output": 20 } } ] },
            "free-1": { "PerMillionTokens": { "Input": 0, "Output": 0 } } } },
          "euro": { "Provider": "euro", "FirstParty": true, "Currency": "EUR", "Models": {
            "e-1": { "PerMillionTokens": { "Input": 1, "Output": 10 } } } } } }
        """;

    internal static CostEstimator Estimator { get; } = CreateEstimator();

    private static CostEstimator CreateEstimator()
    {
        LlmCostModelOptions options = new();
        options.AddJson(Encoding.UTF8.GetBytes(Cards), "acme.json");
        return new(options);
    }

    /// <summary>A call of a scenario in February 2026: its dollars are the millions of its tokens.</summary>
    internal static string Call(string scenario, decimal millions, string? run = null, string model = "a-1") => FormattableString.Invariant(
        $$$"""{"model":"{{{model}}}","at":"2026-02-01T10:00:00Z","usage":{"input":{{{decimal.ToInt64(millions * 1_000_000)}}}},"tags":{"scenario":"{{{scenario}}}"{{{(run is null ? "" : $",\"run\":\"{run}\"")}}}}}""");

    internal static GateResult Compare(string[] before, string[] after, CostGateOptions? options = null)
    {
        CostGate gate = new(Estimator, options);
        Array.ForEach(TextLog.Read(string.Join('\n', before)), gate.AddBase);
        Array.ForEach(TextLog.Read(string.Join('\n', after)), gate.AddHead);
        return gate.Finish();
    }

    /// <summary>A scenario whose runs cost so many dollars.</summary>
    internal static string[] Runs(string scenario, params decimal[] totals) =>
        [.. totals.Select((total, run) => Call(scenario, total, FormattableString.Invariant($"{run}")))];
}
