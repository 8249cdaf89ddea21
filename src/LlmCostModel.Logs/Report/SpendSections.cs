namespace LlmCostModel.Logs;

/// <summary>What calls cost: over time, by what they have in common, and by kind of token.</summary>
internal sealed class SpendSections(CostReport report, ReportTimeline timeline, ReportWriter writer)
{
    public void Write()
    {
        writer.Begin("Spend over time", $"What the calls of each {timeline.Step} cost, by model.");
        foreach (SummaryTotal total in writer.Totals)
        {
            writer.Draw(timeline.Spend(total.Total.Currency));
        }

        ReportTable table = new($"Spend by {timeline.Step}", [new(timeline.Step), .. Figures]);
        foreach (ReportRow row in timeline.Rows)
        {
            table.Add([ReportCell.Of(row.Label), .. Cells(row)]);
        }

        writer.End(table);
        foreach ((SummaryKey key, LogSummary summary) in report.ByKey)
        {
            WriteKey(key.Name.Replace("tag:", "", StringComparison.Ordinal), summary.Groups);
        }

        WriteKinds();
    }

    private static ReportColumn[] Figures =>
    [
        ReportColumn.Number("cost"), ReportColumn.Optional("currency"), ReportColumn.Number("calls"),
        ReportColumn.Number("partial", isOptional: true), ReportColumn.Number("unpriced", isOptional: true),
        ReportColumn.Number("input"), ReportColumn.Number("output"),
    ];

    private static ReportColumn[] Share => [new(""), ReportColumn.Number("share")];

    private static ReportCell[] Cells(ReportRow row) =>
    [
        ReportWriter.Cost(row.Total), row.Total?.Currency, row.Calls, row.Partial, row.Unpriced, row.Usage.TotalInput,
        row.Usage.TotalOutput,
    ];

    private ReportCell[] ShareCells(Money? amount) => [ReportCell.Bar(writer.ShareOf(amount)), ReportCell.Part(writer.ShareOf(amount))];

    private void WriteKey(string name, IReadOnlyList<SummaryGroup> groups)
    {
        if (groups.All(group => string.IsNullOrEmpty(group.Key[0].Value)))
        {
            return; // no call says it
        }

        writer.Begin($"By {name}");
        ReportTable table = new($"Cost by {name}", [new(name), .. Figures, .. Share]);
        foreach (ReportRow row in ReportRow.Top(groups, report.Options.MaximumRows))
        {
            table.Add([ReportCell.Of(row), .. Cells(row), .. ShareCells(row.Total)]);
        }

        writer.End(table);
    }

    private void WriteKinds()
    {
        writer.Begin(
            "By kind of token",
            "Counts are disjoint: input is what came from no cache and was written to none, output is without reasoning.");
        ReportTable table = new(
            "Cost by kind of token and meter",
            [new("kind"), ReportColumn.Number("cost"), ReportColumn.Optional("currency"), ReportColumn.Number("quantity"), .. Share]);
        foreach (ReportKind kind in report.Kinds.Rows)
        {
            string name = kind.Amount is null ? $"{kind.Name} (no price)" : kind.Name;
            ReportCell[] cells = [ReportCell.Of(name), ReportWriter.Cost(kind.Amount), kind.Amount?.Currency, kind.Quantity];
            table.Add([.. cells, .. ShareCells(kind.Amount)]);
        }

        writer.End(table);
    }
}
