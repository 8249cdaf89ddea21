using LlmCostModel.Cli.Output.Charts;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Output;

/// <summary>Compared traffic as a picture: a bar for each candidate, with its models and their caches.</summary>
internal static class TrafficChart
{
    public static BarChart Of(IReadOnlyList<TrafficCost> costs) => new()
    {
        Title = "Cost of a month",
        ValueName = FormattableString.Invariant(
            $"{costs[0].PerMonth?.Currency} for {costs[0].Traffic.MeanConversations:#,##0.##} conversations").Trim(),
        Bars = [.. costs.Select(cost => new ChartBar(cost.Candidate.Name, cost.PerMonth?.Amount, Value(cost)) { Detail = Detail(cost) })],
        Footnotes =
        [
            $"Drawn: {TableText.Count(costs[0].Conversations, "conversation")} of "
                    + $"{TableText.Count(costs[0].Traffic.SampledWeeks, "week")} from "
                    + FormattableString.Invariant($"{costs[0].Traffic.Start:yyyy-MM-dd} on. ± is the standard error of the mean."),
            .. Sentences([.. costs.SelectMany(cost => cost.Roles).Select(role => role.Cost)]),
        ],
        Numbers = new ChartTable(
            ["candidate", "role", "model", "cache", "requests drawn>", "read from the cache>", "cost drawn>", "cost of a month>"],
            [
                .. costs.SelectMany(cost => cost.Roles.Select(role => new[]
                {
                    cost.Candidate.Name, role.Role, role.Cost.Candidate.Model, role.Cost.Cache?.Name,
                    TableText.Quantity(role.Cost.Totals.Requests),
                    role.Cost.Totals.HitRate is { } hits ? FormattableString.Invariant($"{hits:0.0%}") : "",
                    Money(role.Cost.Total), Money(cost.PerMonth),
                })),
            ]),
    };

    private static IEnumerable<string> Sentences(IReadOnlyList<CandidateCost> parts) => parts
        .SelectMany(part => part.Issues)
        .Select(issue => issue.Message)
        .Concat(parts.SelectMany(part => part.Notes)).Concat(parts.SelectMany(part => part.Assumptions)).Distinct();

    /// <summary>Cents, and more digits where there are no cents.</summary>
    public static string Money(Money? amount) => amount switch
    {
        null => "",
        { Amount: > -1 and < 1 } small => TableText.Amount(decimal.Round(small.Amount, 6)),
        { } large => TableText.Amount(decimal.Round(large.Amount, 2)),
    };

    private static string Value(TrafficCost cost) => cost.PerMonth is not { } month ? "not priced"
        : $"{Money(month)} {month.Currency}"
            + (cost.SamplingError is { } error ? FormattableString.Invariant($" ±{error:0.0%}") : "")
            + (cost.Status == CostStatus.Priced ? "" : ", a part only");

    private static string Detail(TrafficCost cost)
    {
        string[] caches = [.. cost.Roles.Select(role => role.Cost.Cache?.Name ?? "no cache").Distinct()];
        string models = cost.Candidate.Label is null ? "" : string.Join(" + ", cost.Roles.Select(role => role.Cost.Candidate.Model)
            .Distinct());
        return string.Join(", ", new[] { models, string.Join(" + ", caches) }.Where(part => part.Length > 0));
    }
}
