namespace LlmCostModel.Logs;

/// <summary>What is found besides the cost: what the cache did, how far the log's own cost is, and what is in no sum.</summary>
internal sealed class FindingSections(CostReport report, ReportTimeline timeline, ReportWriter writer)
{
    private readonly int _most = report.Options.MaximumRows;

    public void Write()
    {
        WriteCache(report.Models.Groups);
        WriteDrift([.. report.Models.Groups.Where(group => group.Drift is not null)]);
        WriteReasons([.. report.Whole.Groups.SelectMany(group => group.Reasons).OrderByDescending(reason => reason.Count)]);
        WriteRejects();
        WriteNotes();
    }

    private void WriteCache(IReadOnlyList<SummaryGroup> groups)
    {
        SummaryMiss[] misses = [.. report.Whole.Groups.SelectMany(group => group.CacheMisses)];
        if (misses.Length == 0 && !groups.Any(group => group.Usage.TotalCacheRead > 0 || group.Usage.TotalCacheWrite > 0))
        {
            return;
        }

        writer.Begin("Cache", "How much of the input was read from a cache, and what the calls would have cost more without one.");
        if (timeline.CacheHits() is { } hits)
        {
            writer.Draw(hits);
        }

        ReportTable table = new(
            "Cache by model",
            [
                new("model"), ReportColumn.Number("input"), ReportColumn.Number("read"), ReportColumn.Number("written"),
                ReportColumn.Number("hit rate"), ReportColumn.Number("saved"), ReportColumn.Optional("currency"),
            ]);
        foreach (ReportRow row in ReportRow.Top(groups, _most))
        {
            table.Add(
                ReportCell.Of(row), row.Usage.TotalInput, row.Usage.TotalCacheRead, row.Usage.TotalCacheWrite,
                ReportCell.Part(row.CacheHitRate), ReportWriter.Cost(row.CacheSaved), row.CacheSaved?.Currency);
        }

        table.Write(writer.Html);
        ReportTable missed = new(
            "Why the cache missed, as providers say",
            [
                new("reason"), ReportColumn.Number("calls"), ReportColumn.Number("tokens"), ReportColumn.Number("cost"),
                ReportColumn.Optional("currency"),
            ]);
        foreach (SummaryMiss miss in misses)
        {
            missed.Add(ReportCell.Of(miss.Reason), miss.Count, miss.Tokens, ReportWriter.Cost(miss.Cost), miss.Cost?.Currency);
        }

        writer.End(missed);
    }

    private void WriteDrift(SummaryGroup[] groups)
    {
        if (groups.Length == 0)
        {
            return;
        }

        writer.Begin(
            "Against the log's own cost",
            "What is calculated beside what the log reports, of the calls that are wholly priced and state a cost.");
        ReportTable table = new(
            "Calculated and reported cost by model",
            [
                new("model"), ReportColumn.Number("calculated"), ReportColumn.Number("reported"), ReportColumn.Number("difference"),
                new("currency"),
            ]);
        foreach (ReportRow row in ReportRow.Top(groups, _most))
        {
            CostDrift drift = row.Drift!.Value;
            table.Add(
                ReportCell.Of(row), drift.Calculated.Amount, drift.Reported.Amount, drift.Difference, drift.Calculated.Currency);
        }

        writer.End(table);
    }

    private void WriteReasons(SummaryReason[] reasons)
    {
        if (reasons.Length == 0)
        {
            return;
        }

        writer.Begin("Not wholly priced", "These calls are in no sum, or only in part.");
        ReportTable table = new(
            "Why calls are not wholly priced",
            [new("model"), ReportColumn.Number("calls"), new("reason"), ReportColumn.Optional("first"), ReportColumn.Optional("last")]);
        foreach (SummaryReason reason in reasons.Take(_most))
        {
            table.Add(
                ReportCell.Of(reason.Model), reason.Count, writer.Message(reason.Text), Instant(reason.First), Instant(reason.Last));
        }

        if (reasons.Length > _most)
        {
            SummaryReason[] others = reasons[_most..];
            string named = $"{AmountFormat.ToText(others.Length)} other reasons";
            table.Add(named, others.Sum(reason => reason.Count), "", (string?)null, (string?)null);
        }

        writer.End(table);
    }

    private void WriteRejects()
    {
        if (report.Rejected == 0)
        {
            return;
        }

        string number = AmountFormat.ToText(report.Rejected);
        string sentence = report.Rejected == 1 ? "1 record could not be read, and is in no sum."
            : report.Rejected == report.Rejects.Count ? $"{number} records could not be read, and are in no sum."
            : $"{number} records could not be read, and are in no sum. These are the first {AmountFormat.ToText(report.Rejects.Count)}.";
        writer.Begin("Not read", sentence);
        ReportTable table = new(
            "Records that could not be read", [new("log"), ReportColumn.Number("line", isOptional: true), new("why")]);
        foreach (LogRecord record in report.Rejects)
        {
            table.Add(ReportCell.Of(record.Log), (decimal?)record.Line, writer.Message(record.Fault ?? ""));
        }

        writer.End(table);
    }

    private void WriteNotes()
    {
        string[] notes = [.. report.Notes, .. (report.Options.Converter?.Used ?? []).Select(rate => $"Exchange rate: {rate}.")];
        if (notes.Length == 0)
        {
            return;
        }

        writer.Begin("Notes");
        writer.List(notes);
        writer.End();
    }

    private static string? Instant(DateTimeOffset? at) => at is { } known ? AmountFormat.ToText(known) : null;
}
