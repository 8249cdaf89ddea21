using System.Globalization;
using LlmCostModel.Cli.Output;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Records;

/// <summary>Shows the sums of a run.</summary>
/// <param name="run">The run.</param>
/// <param name="groups">The groups to show.</param>
/// <param name="leftOut">How many groups are not shown.</param>
internal sealed class PriceReport(PriceRun run, IReadOnlyList<SummaryGroup> groups, int leftOut)
{
    /// <summary>What the calls of a group have in common, by name, also where there is no group.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>An amount for people: six decimals are enough of one that was divided to convert it.</summary>
    private string Amount(decimal? value) => TableText.Amount(
        value is { } known && run.Summary.Converter is not null ? decimal.Round(known, 6) : value);

    public string Write(CommandHost host, OutputFormat format) => format switch
    {
        OutputFormat.Json => PriceReportJson.Write(run, groups),
        OutputFormat.Csv => Csv(),
        _ => WordWrap.Of(host, Table(host)),
    };

    private string Csv() => CsvText.Write(
    [
        [
            .. Keys, "requests", "priced", "partial", "unpriced", "currency", "total",
            .. TokenBuckets.All.Select(row => row.JsonName),
            "share", "cacheHitRate", "cacheSaved", "reported", "drift", "covered", "paid", "reasons", "reason",
            .. run.Questions.SelectMany(WhatIfReport.Columns),
        ],
        .. groups.Select(group => (IReadOnlyList<string?>)
        [
            .. group.Key.Select(part => part.Value), $"{group.Calls}", $"{group.Priced}", $"{group.Partial}", $"{group.Unpriced}",
            group.Total?.Currency, Number(group.Total?.Amount),
            .. TokenBuckets.All.Select(row => JsonText.Number(group.Usage[row.Bucket])),
            Number(ShareOf(group)), Number(group.CacheHitRate is { } rate ? decimal.Round(rate, 6) : null),
            Number(group.CacheSaved?.Amount), Number(group.Drift?.Reported.Amount), Number(group.Drift?.Difference),
            Number(group.Covered?.Amount), Number(group.Paid?.Amount),
            $"{group.Reasons.Count}", group.Reasons.MaxBy(reason => reason.Count) is { } most ? CommandWords.Of(most.Text) : null,
            .. run.Questions.SelectMany(question => WhatIfReport.Values(question, group)),
        ]),
    ]);

    private decimal? ShareOf(SummaryGroup group) =>
        run.Summary.Totals.Select(total => total.ShareOf(group)).FirstOrDefault(share => share is not null);

    private static string? Number(decimal? value) => value is { } known ? JsonText.Number(known) : null;

    private string Table(CommandHost host)
    {
        bool isReported = groups.Any(group => group.Drift is not null);
        bool isCached = groups.Any(group => group.CacheHitRate > 0);
        bool isSaved = groups.Any(group => group.CacheSaved is not null);
        bool isShared = groups.Count > 1;
        if (groups.Count == 0 && run.Records == run.Rejected && run.Plan is null)
        {
            return run.Records == 0 ? "The log holds no calls.\n"
                : $"The log holds no calls that can be read: {TableText.Count(run.Records, "record")} rejected.\n";
        }

        string table = TableText.Write(
            host,
            $"{TableText.Count(run.Records, "record")}, {TableText.Quantity(run.Rejected)} rejected",
            [.. Keys, "requests>", "priced>?", "partial>=", "unpriced>=", "input>*", "output>*",
                .. isCached ? (string[])["cached>?"] : [], "total>", "currency=", .. isShared ? (string[])["share>?"] : [],
                .. run.Plan is null ? [] : (string[])["covered>", "paid>"],
                .. isReported ? (string[])["reported>", "drift>"] : [], .. isSaved ? (string[])["cache saved>?"] : []],
            groups.Select(group =>
                (IReadOnlyList<string?>)
                    [
                        .. group.Key.Select(part => part.Value ?? "(none)"),
                        TableText.Quantity(group.Calls),
                        TableText.Quantity(group.Priced),
                        TableText.Quantity(group.Partial),
                        TableText.Quantity(group.Unpriced),
                        TableText.Quantity(group.Usage.TotalInput),
                        TableText.Quantity(group.Usage.TotalOutput),
                        .. isCached ? (string[])[Percent(group.CacheHitRate)] : [],
                        Amount(group.Total?.Amount),
                        group.Total?.Currency,
                        .. isShared ? (string[])[Percent(ShareOf(group))] : [],
                        .. run.Plan is null
                            ? []
                            : (string[])[Amount(group.Covered?.Amount), Amount(group.Paid?.Amount)],
                        .. isReported
                            ? (string[])[Amount(group.Drift?.Reported.Amount), Amount(group.Drift?.Difference)]
                            : [],
                        .. isSaved ? (string[])[Amount(group.CacheSaved?.Amount)] : [],
                    ]));
        IEnumerable<SummaryReason> reasons = groups.SelectMany(group => group.Reasons);
        return table
            + (leftOut == 0 ? "" : $"{TableText.Count(leftOut, "group")} more\n")
            + string.Concat(run.Summary.Totals.Select(total => $"total: {Text(total)}\n" + More(total)))
            + string.Concat((run.Summary.Converter?.Used ?? [])
                .Select(rate => $"rate: {rate with { Rate = decimal.Round(rate.Rate, 8) }}\n"))
            + (run.Plan is null ? "" : run.PlanReport.Table(host))
            + WhatIfReport.Table(host, run.Questions, Amount)
            + Misses()
            + string.Concat(reasons.GroupBy(reason => (reason.Kind, reason.Model, reason.Text))
                .Select(same => Line(same.First(), same.Sum(reason => reason.Count)) + "\n"));
    }

    /// <summary>What else is known of a sum: what a plan covers of it, what the log says, what a cache saved.</summary>
    private string More(SummaryTotal total)
    {
        string currency = total.Total.Currency;
        string[] lines =
        [
            .. run.Plan is null ? [] : (string[])
            [
                $"covered by the plan: {Amount(total.Covered?.Amount ?? 0)} {currency}",
                $"paid: {(total.IsPaidKnown ? "" : "at least ")}{Amount(total.Paid?.Amount ?? 0)} {currency}"
                    + (run.PlanReport.FeesIn(currency) is { } fees
                        ? $", and {Amount(fees)} {currency} for the plan"
                        : ", and the plan"),
            ],
            .. total.Drift is { } drift ? (string[])
            [
                $"reported in the log: {Amount(drift.Reported.Amount)} {currency} where "
                    + $"{Amount(drift.Calculated.Amount)} {currency} is calculated",
            ] : [],
            .. total.CacheSaved is { } saved ? (string[])[$"saved by the cache: {Amount(saved.Amount)} {currency}"] : [],
        ];
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private string Misses()
    {
        IEnumerable<string> lines = groups.SelectMany(group => group.CacheMisses).GroupBy(miss => miss.Reason, StringComparer.Ordinal)
            .Select(same => $"cache missed, {same.Key}: {TableText.Count(same.Sum(miss => miss.Count), "call")}, "
                + $"{TableText.Quantity(same.Sum(miss => miss.Tokens))} tokens"
                + string.Concat(same.Where(miss => miss.Cost is not null).GroupBy(miss => miss.Cost!.Value.Currency, StringComparer.Ordinal)
                    .Select(costs => $", {Amount(costs.Sum(miss => miss.Cost!.Value.Amount))} {costs.Key}"))
                + "\n");
        return string.Concat(lines);
    }

    private static string Percent(decimal? part) => part is null ? "" : part.Value.ToString("0.0%", CultureInfo.InvariantCulture);

    /// <summary>A reason once, with the number of its calls.</summary>
    private static string Line(SummaryReason reason, long count) =>
        CommandWords.Of(reason.Text) + (count == 1 ? "" : $" ({TableText.Count((int)Math.Min(count, int.MaxValue), "call")})");

    /// <summary>A sum that does not hold everything is a lower bound, unless counts are in doubt, and says what it lacks.</summary>
    private string Text(SummaryTotal total)
    {
        string amount = $"{Amount(total.Total.Amount)} {total.Total.Currency}";
        string[] missing =
        [
            .. Missing(total.Partial, "call", "in part"),
            .. Missing(total.Unpriced, "call", "without a price"),
            .. Missing(run.Rejected, "record", "rejected"),
            .. run.IsStopped ? ["stopped before the end"] : Array.Empty<string>(),
        ];
        return run.IsWhole(total) ? amount : $"{(total.InDoubt == 0 ? "at least" : "about")} {amount}: {string.Join(", ", missing)}";
    }

    private static string[] Missing(long number, string what, string how) =>
        number == 0 ? [] : [$"{TableText.Count((int)Math.Min(number, int.MaxValue), what)} {how}"];
}
