namespace LlmCostModel.Logs;

/// <summary>What stands at the top: the sums, and what they lack.</summary>
internal static class ReportSummary
{
    public static void Write(CostReport report, IReadOnlyList<SummaryTotal> totals, HtmlText html)
    {
        html.Tag("<header>\n<h1>").Text(report.Options.Title).Tag("</h1>\n<p>").Text(When(report)).Tag("</p>\n</header>\n");
        html.Tag("<dl class=\"totals\">\n");
        foreach (SummaryTotal total in totals)
        {
            Begin("total", IsWhole(report, total) ? "cost" : total.InDoubt > 0 ? "cost, about" : "cost, at least");
            html.Number(total.Total.Amount).Tag(" <small>").Text(total.Total.Currency).Tag("</small></dd></div>\n");
        }

        SummaryGroup[] groups = [.. report.Whole.Groups];
        long calls = groups.Sum(group => group.Calls);
        decimal input = groups.Sum(group => (decimal)group.Usage.TotalInput);
        decimal read = groups.Sum(group => (decimal)group.Usage.TotalCacheRead);
        Add("calls", calls);
        Add("input tokens", input);
        Add("output tokens", groups.Sum(group => (decimal)group.Usage.TotalOutput));
        if (read > 0)
        {
            Begin("", "cache hit rate");
            html.Percent(decimal.Round(read / input, 6)).Tag("</dd></div>\n");
        }

        foreach (SummaryTotal total in totals)
        {
            AddMoney("saved by the cache", total.CacheSaved);
            AddMoney("calculated less reported", total.Drift is { } drift ? new Money(drift.Difference, total.Total.Currency) : null);
        }

        foreach ((string name, long count) in (ReadOnlySpan<(string, long)>)
        [
            ("calls in part", groups.Sum(group => group.Partial)),
            ("calls without a price", groups.Sum(group => group.Unpriced)),
            ("records not read", report.Rejected),
        ])
        {
            if (count > 0)
            {
                Begin("warn", name);
                html.Number(count).Tag("</dd></div>\n");
            }
        }

        html.Tag("</dl>\n");
        if (report.IsCutShort)
        {
            html.Tag("<p class=\"warn\">The logs were not read to their end: what comes behind is in no sum.</p>\n");
        }

        void Begin(string style, string name) => html.Tag($"<div class=\"{style}\"><dt>").Text(name).Tag("</dt><dd>");

        void Add(string name, decimal number)
        {
            Begin("", name);
            html.Number(number).Tag("</dd></div>\n");
        }

        void AddMoney(string name, Money? amount)
        {
            if (amount is { } known)
            {
                Begin("", name);
                html.Number(known.Amount).Tag(" <small>").Text(known.Currency).Tag("</small></dd></div>\n");
            }
        }
    }

    private static bool IsWhole(CostReport report, SummaryTotal total) =>
        total.IsComplete && report.Rejected == 0 && !report.IsCutShort;

    private static string When(CostReport report) => (report.First, report.Last) switch
    {
        _ when report.IsEmpty => report.Rejected == 0
            ? "The page has no calls: the log holds none, or none of the time that was asked for."
            : "The log holds no calls that can be read.",
        ({ } first, { } last) =>
            $"Calls from {AmountFormat.ToText(first)} to {AmountFormat.ToText(last)}, each at the prices of its own time.",
        _ => "Calls that state no time, at the prices of now.",
    };
}
