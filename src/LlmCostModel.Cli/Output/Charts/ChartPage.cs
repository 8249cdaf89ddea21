using System.Text;

namespace LlmCostModel.Cli.Output.Charts;

/// <summary>A page that holds a chart, its numbers and what was assumed; nothing of it is loaded from elsewhere.</summary>
internal static class ChartPage
{
    private const string Style = """
        body{font:15px/1.5 Helvetica,Arial,sans-serif;max-width:860px;margin:2rem auto;padding:0 1rem;color:#111827;background:#fff}
        svg{width:100%;height:auto}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:1rem 0;font-size:14px}
        th,td{padding:.3rem .8rem;border-bottom:1px solid #d1d5db;text-align:left}
        .n{text-align:right;white-space:nowrap}
        li{color:#4b5563}
        @media screen and (prefers-color-scheme: dark){body{color:#f3f4f6;background:#111827}th,td{border-color:#374151}li{color:#9ca3af}}
        """;

    public static string Of(Chart chart)
    {
        StringBuilder page = new();
        string title = SvgCanvas.Encoded(chart.Title);
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Append($"<title>{title}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n<h1>{title}</h1>\n");
        page.Append($"<figure style=\"margin:0\">\n{chart.ToSvg(isAlone: false)}</figure>\n");
        if (chart.Numbers is { } numbers)
        {
            Append(page, numbers);
        }

        if (chart.Footnotes.Count > 0)
        {
            page.Append("<h2>Notes</h2>\n<ul>\n");
            page.AppendJoin("", chart.Footnotes.Select(note => $"<li>{SvgCanvas.Encoded(note)}</li>\n")).Append("</ul>\n");
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void Append(StringBuilder page, ChartTable numbers)
    {
        string[] styles = [.. numbers.Columns.Select(column => column.EndsWith('>') ? " class=\"n\"" : "")];
        page.Append("<div class=\"scroll\">\n<table>\n<thead><tr>");
        page.AppendJoin("", numbers.Columns.Select((column, i) =>
            $"<th scope=\"col\"{styles[i]}>{SvgCanvas.Encoded(column.TrimEnd('>'))}</th>"));
        page.Append("</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<string?> row in numbers.Rows)
        {
            page.Append("<tr>").AppendJoin("", row.Select((cell, i) => $"<td{styles[i]}>{SvgCanvas.Encoded(cell ?? "")}</td>"));
            page.Append("</tr>\n");
        }

        page.Append("</tbody>\n</table>\n</div>\n");
    }
}
