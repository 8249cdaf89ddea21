namespace LlmCostModel.Logs;

/// <summary>Writes sections of the page: their headings, charts and tables.</summary>
internal sealed class ReportWriter(CostReport report, HtmlText html)
{
    private readonly List<ReportChart> _charts = [];
    private readonly IReadOnlyList<SummaryTotal> _totals = report.Whole.Totals;
    private int _sections;

    public HtmlText Html => html;

    /// <summary>What all calls cost, by currency.</summary>
    public IReadOnlyList<SummaryTotal> Totals => _totals;

    /// <summary>The charts of the sections, in their order.</summary>
    public IReadOnlyList<ReportChart> Charts => _charts;

    public void Begin(string title, string sentence = "")
    {
        html.Tag($"<section aria-labelledby=\"s{++_sections}\">\n<h2 id=\"s{_sections}\">").Text(title).Tag("</h2>\n");
        if (sentence.Length > 0)
        {
            html.Tag("<p>").Text(sentence).Tag("</p>\n");
        }
    }

    public void End(ReportTable? table = null)
    {
        table?.Write(html);
        html.Tag("</section>\n");
    }

    /// <summary>Sentences, one below the other.</summary>
    public void List(IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
        {
            html.Tag("<ul>\n");
            foreach (string text in texts)
            {
                html.Tag("<li>").Text(VisibleText.Short(report.Options.Reword?.Invoke(text) ?? text, 500)).Tag("</li>\n");
            }

            html.Tag("</ul>\n");
        }
    }

    /// <summary>A place for a chart, which the script draws; the table below has its numbers.</summary>
    public void Draw(ReportChart chart)
    {
        if (chart.Steps.Count > 0)
        {
            html.Tag($"<figure class=\"chart\" data-chart=\"{_charts.Count}\"><figcaption>").Text(chart.Title)
                .Tag("</figcaption></figure>\n");
            _charts.Add(chart);
        }
    }

    /// <summary>The part of its currency's sum that an amount is, as <see cref="SummaryTotal.ShareOf"/> has it.</summary>
    public decimal? ShareOf(Money? amount)
    {
        foreach (SummaryTotal total in _totals)
        {
            if (amount is { } part && part.Currency == total.Total.Currency && total.Total.Amount != 0)
            {
                return decimal.Round(part.Amount / total.Total.Amount, 6);
            }
        }

        return null;
    }

    /// <summary>A message of the library in the words of the readers.</summary>
    public ReportCell Message(string message) => ReportCell.Sentence(report.Options.Reword?.Invoke(message) ?? message);

    /// <summary>An amount; a dash where there is none, which is not 0.</summary>
    public static ReportCell Cost(Money? amount) => amount is { } known ? (ReportCell)known.Amount : "–";
}
