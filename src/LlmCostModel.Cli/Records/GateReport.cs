using LlmCostModel.Cli.Output;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Records;

/// <summary>Shows what a change does to the cost of recorded runs.</summary>
/// <param name="result">What came out.</param>
/// <param name="notes">What has to be said of the options.</param>
internal sealed class GateReport(GateResult result, IReadOnlyList<string> notes)
{
    public GateResult Result => result;

    private IReadOnlyList<string> Notes => [.. result.Notes.Concat(notes).Select(CommandWords.Of)];

    private IEnumerable<GateScenario> Rows => result.Scenarios.Append(result.Total);

    /// <summary>Says what has to be said of the whole, where the result does not.</summary>
    public void Tell(CommandHost host, OutputFormat format)
    {
        foreach (string text in Notes.Concat(format == OutputFormat.Table ? [] : result.Reasons.Select(CommandWords.Of)))
        {
            host.Tell(text);
        }
    }

    public string Write(CommandHost host, OutputFormat format) => format switch
    {
        OutputFormat.Json => GateJson.Write(result, Notes),
        OutputFormat.Csv => Csv(),
        OutputFormat.Markdown => GateMarkdown.Write(result, Notes),
        _ => WordWrap.Of(host, Table(host)),
    };

    private string Csv() => CsvText.Write(
    [
        [
            "kind", "scenario", "verdict", "currency", "base", "head", "change", "low", "high", "noise", "baseRuns", "headRuns",
            "baseCalls", "headCalls", "baseUnpriced", "headUnpriced", "baseCacheHitRate", "headCacheHitRate",
            .. TokenBuckets.All.Select(row => $"base{row.Name}"), .. TokenBuckets.All.Select(row => $"head{row.Name}"),
        ],
        .. Rows.SelectMany(row => Costs(row).Select(cost => (IReadOnlyList<string?>)
        [
            ReferenceEquals(row, result.Total) ? "total" : "scenario", row.Name, JsonText.Camel($"{cost?.Verdict ?? row.Verdict}"),
            cost?.Currency, Number(cost?.Base), Number(cost?.Head), Ratio(cost?.Change), Ratio(cost?.Low), Ratio(cost?.High),
            Ratio(cost?.Noise), $"{row.Base?.Runs ?? 0}", $"{row.Head?.Runs ?? 0}", $"{row.Base?.Calls ?? 0}", $"{row.Head?.Calls ?? 0}",
            $"{row.Base?.Unpriced ?? 0}", $"{row.Head?.Unpriced ?? 0}", Ratio(row.Base?.CacheHitRate), Ratio(row.Head?.CacheHitRate),
            .. Tokens(row.Base), .. Tokens(row.Head),
        ])),
    ]);

    private static IEnumerable<string?> Tokens(GateSide? side) =>
        TokenBuckets.All.Select(row => JsonText.Number(side?.Usage[row.Bucket] ?? 0));

    /// <summary>A row for each currency; one without where nothing has a price.</summary>
    private static IEnumerable<GateCost?> Costs(GateScenario row) => row.Costs.DefaultIfEmpty();

    private static string? Number(decimal? value) => value is { } known ? JsonText.Number(known) : null;

    private static string? Ratio(decimal? value) => Number(value is { } known ? decimal.Round(known, 6) : null);

    private string Table(CommandHost host)
    {
        bool isRepeated = Rows.Any(row => row.Costs.Any(cost => cost.Noise is not null));
        string table = TableText.Write(
            host,
            result.IsPassed ? "passed" : "not passed",
            [
                result.Scenario?.Name.Replace("tag:", "", StringComparison.Ordinal) ?? "", "verdict", "base>?", "head>?", "currency=",
                "change>", .. isRepeated ? (string[])["noise>?"] : [], "calls>?", "input>?", "output>?", "cache hits>?",
            ],
            Rows.SelectMany(row => Costs(row).Select(cost => (IReadOnlyList<string?>)
            [
                ReferenceEquals(row, result.Total) ? "all" : row.Name ?? "(none)",
                GateText.Verdict(cost?.Verdict ?? row.Verdict),
                GateText.Amount(row.Base, cost?.Base),
                GateText.Amount(row.Head, cost?.Head),
                cost?.Currency,
                GateText.ChangeBeyond(cost?.Change, result.MaximumIncrease),
                .. isRepeated ? (string[])[GateText.Percent(cost?.Noise)] : [],
                GateText.Change(row.Base?.CallsPerRun, row.Head?.CallsPerRun),
                GateText.Change(row.Base?.InputPerRun, row.Head?.InputPerRun),
                GateText.Change(row.Base?.OutputPerRun, row.Head?.OutputPerRun),
                Hits(row),
            ])));
        return table + $"{GateText.Basis(result)}\n" + string.Concat(result.Reasons.Select(reason => CommandWords.Of(reason) + "\n"));
    }

    private static string Hits(GateScenario row) => row.Base?.CacheHitRate is null && row.Head?.CacheHitRate is null ? ""
        : $"{Share(row.Base?.CacheHitRate)} to {Share(row.Head?.CacheHitRate)}";

    private static string Share(decimal? rate) => rate is { } known ? GateText.Percent(decimal.Round(known, 3)) : "-";
}
