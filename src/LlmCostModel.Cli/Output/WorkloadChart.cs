using LlmCostModel.Cli.Output.Charts;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Output;

/// <summary>A compared workload as a picture: a bar for each candidate, with its model and its cache.</summary>
internal static class WorkloadChart
{
    public static BarChart Of(IReadOnlyList<CandidateCost> costs)
    {
        string?[] currencies = [.. costs.Select(cost => cost.Total?.Currency).Where(currency => currency is not null).Distinct()];
        return new BarChart
        {
            Title = "Cost of the workload",
            ValueName = $"{string.Join(" and ", currencies)} for {TableText.Count(costs[0].Totals.Requests, "request")}".Trim(),
            Bars = [.. costs.Select(cost => new ChartBar(Name(cost), cost.Total?.Amount, Value(cost)) { Detail = Detail(cost) })],
            Footnotes =
            [
                .. costs.SelectMany(cost => cost.Issues).Select(issue => issue.Message)
                    .Concat(costs.SelectMany(cost => cost.Notes)).Concat(costs.SelectMany(cost => cost.Assumptions)).Distinct(),
            ],
            Numbers = new ChartTable(
                ["candidate", "model", "cache", "cost>", "currency", "times the cheapest>", "read from the cache>"],
                [
                    .. costs.Select(cost => new[]
                    {
                        Name(cost), cost.Candidate.Model, cost.Cache?.Name, Rounded(cost), cost.Total?.Currency,
                        TableText.Ratio(cost.Ratio),
                        cost.Totals.HitRate is { } hits ? FormattableString.Invariant($"{hits:0.0%}") : "",
                    }),
                ]),
        };
    }

    private static string Name(CandidateCost cost) => cost.Candidate.Label ?? cost.Candidate.Model;

    private static string Detail(CandidateCost cost)
    {
        string? name = cost.Cache?.Name;
        string cache = name is { Length: 0 } ? "a cache policy of its own" : name ?? "";
        string[] parts = [cost.Candidate.Label is null ? "" : cost.Candidate.Model, cache];
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    private static string Value(CandidateCost cost) =>
        cost.Total is { } total
            ? $"{Rounded(cost)} {total.Currency}{(cost.Status == CostStatus.Priced ? "" : ", a part only")}"
            : "not priced";

    /// <summary>Cents, and more digits where there are no cents.</summary>
    private static string Rounded(CandidateCost cost) => cost.Total switch
    {
        null => "not priced",
        { Amount: > -1 and < 1 } total => TableText.Amount(decimal.Round(total.Amount, 6)),
        { } total => TableText.Amount(decimal.Round(total.Amount, 2)),
    };
}
