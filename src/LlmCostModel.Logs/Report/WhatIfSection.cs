namespace LlmCostModel.Logs;

/// <summary>What the calls would have cost on other models, or at other prices.</summary>
internal static class WhatIfSection
{
    public static void Write(IReadOnlyList<WhatIf> questions, ReportWriter writer)
    {
        if (questions.Count == 0)
        {
            return;
        }

        writer.Begin("What if", "What the same calls would have cost. Only calls that have a price on both sides are compared.");
        ReportTable table = new(
            "What the calls would have cost",
            [
                new("on"), ReportColumn.Number("calls"), ReportColumn.Number("not compared", isOptional: true),
                ReportColumn.Number("cost"), ReportColumn.Optional("currency"), ReportColumn.Number("would be"),
                ReportColumn.Optional("in"), ReportColumn.Number("difference"), ReportColumn.Number("times"),
            ]);
        foreach (WhatIf question in questions)
        {
            foreach (WhatIfSum sum in question.Totals)
            {
                string? other = sum.Difference is null ? sum.Would.Currency : null;
                table.Add(
                    ReportCell.Of(question.ToString()), sum.Calls, question.NotCompared, sum.Actual.Amount, sum.Actual.Currency,
                    sum.Would.Amount, other, ReportWriter.Cost(sum.Difference), sum.Ratio);
            }

            if (question.Totals.Count == 0)
            {
                table.Add(
                    ReportCell.Of(question.ToString()), 0, question.NotCompared, "–", (string?)null, "–", (string?)null, "–",
                    (decimal?)null);
            }
        }

        table.Write(writer.Html);
        ReportTable reasons = new("Why calls are not compared", [new("on"), ReportColumn.Number("calls"), new("reason")]);
        foreach (WhatIf question in questions)
        {
            if (question.NotPriced > 0)
            {
                reasons.Add(
                    ReportCell.Of(question.ToString()),
                    question.NotPriced,
                    "They are not wholly priced themselves, or in several currencies.");
            }

            foreach (SummaryReason reason in question.Reasons)
            {
                reasons.Add(ReportCell.Of(question.ToString()), reason.Count, writer.Message(reason.Text));
            }
        }

        reasons.Write(writer.Html);
        writer.List([.. questions.SelectMany(question => question.Assumptions).Distinct(StringComparer.Ordinal)]);
        writer.End();
    }
}
