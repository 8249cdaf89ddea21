using System.Globalization;

namespace LlmCostModel.Logs;

/// <summary>A table of the page: its columns, which of them are numbers, and its rows.</summary>
internal sealed class ReportTable(string caption, ReportColumn[] columns)
{
    private readonly List<ReportCell[]> _rows = [];

    public bool IsEmpty => _rows.Count == 0;

    public void Add(params ReportCell[] cells) => _rows.Add(cells);

    public void Write(HtmlText html)
    {
        if (IsEmpty)
        {
            return;
        }

        bool[] shown = [.. columns.Select((column, i) => !column.IsOptional || _rows.Any(row => row[i].HasValue))];
        html.Tag("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"").Text(caption).Tag("\">\n<table>\n<caption>")
            .Text(caption).Tag("</caption>\n<thead><tr>");
        for (int i = 0; i < columns.Length; i++)
        {
            if (shown[i])
            {
                html.Tag(columns[i].IsNumber ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">").Text(columns[i].Name).Tag("</th>");
            }
        }

        html.Tag("</tr></thead>\n<tbody>\n");
        int[] places = [.. columns.Select((_, i) => _rows.Count == 0 ? 0 : _rows.Max(row => row[i].Places))];
        foreach (ReportCell[] row in _rows)
        {
            html.Tag(row[0].IsLast ? "<tr class=\"others\">" : "<tr>");
            for (int i = 0; i < columns.Length; i++)
            {
                if (shown[i])
                {
                    row[i].Write(html, columns[i], isHead: i == 0, places[i]);
                }
            }

            html.Tag("</tr>\n");
        }

        html.Tag("</tbody>\n</table>\n</div>\n");
    }
}

/// <summary>A column: its name, whether it is of numbers, and whether it is left out where no row says it.</summary>
internal readonly record struct ReportColumn(string Name, bool IsNumber = false, bool IsOptional = false)
{
    public static ReportColumn Number(string name, bool isOptional = false) => new(name, true, isOptional);

    public static ReportColumn Optional(string name) => new(name, IsOptional: true);
}

/// <summary>A cell: text of our own or of a log, a number, or a bar beside a number.</summary>
internal readonly record struct ReportCell
{
    private readonly string? _text;
    private readonly string? _foreign;
    private readonly decimal? _number;
    private readonly decimal? _bar;
    private readonly bool _isPart;

    private ReportCell(string? text, string? foreign, decimal? number, decimal? bar, bool isPart = false) =>
        (_text, _foreign, _number, _bar, _isPart) = (text, foreign, number, bar, isPart);

    public bool HasValue => _text is not null || _foreign is not null || _number is not (null or 0);

    /// <summary>Whether the row stands for others, and stays at the end.</summary>
    public bool IsLast { get; private init; }

    private bool IsSentence { get; init; }

    /// <summary>How many digits stand behind the point.</summary>
    public int Places => _number is { } number && AmountFormat.ToText(_isPart ? number * 100 : number) is { } text
        && text.IndexOf('.', StringComparison.Ordinal) is > 0 and int point ? text.Length - point - 1 : 0;

    public static implicit operator ReportCell(decimal? number) => new(null, null, number, null);

    public static implicit operator ReportCell(long number) => new(null, null, number, null);

    public static implicit operator ReportCell(string? text) => new(text, null, null, null);

    /// <summary>What stands for what a log does not say, as <c>llmcost price</c> has it.</summary>
    public const string None = "(none)";

    /// <summary>Text of a log; where it is null, <see cref="None"/>.</summary>
    public static ReportCell Of(string? foreign) =>
        foreign is null ? new(None, null, null, null) : new(null, foreign, null, null);

    /// <summary>A sentence that may quote a log.</summary>
    public static ReportCell Sentence(string text) => new ReportCell(null, text, null, null) { IsSentence = true };

    /// <summary>A row's own label, or how many it stands for.</summary>
    public static ReportCell Of(ReportRow row) => row.Others == 0
        ? Of(row.Label)
        : new ReportCell($"{AmountFormat.ToText(row.Others)} others", null, null, null) { IsLast = true };

    /// <summary>A bar of a length from 0 to 1; it says nothing that a number beside it does not.</summary>
    public static ReportCell Bar(decimal? part) => new(null, null, null, part);

    /// <summary>A part of a whole from 0 to 1, as a percentage.</summary>
    public static ReportCell Part(decimal? part) =>
        part is null ? default : new ReportCell(null, null, part, null, isPart: true);

    public void Write(HtmlText html, ReportColumn column, bool isHead, int places)
    {
        string tag = isHead ? "th" : "td";
        string scope = isHead ? " scope=\"row\"" : "";
        string style = column.IsNumber ? $" class=\"n{(places > 0 ? $" p{places}" : "")}\"" : "";
        html.Tag($"<{tag}{scope}{style}>");
        if (_bar is { } part)
        {
            string width = decimal.Round(Math.Clamp(part, 0, 1) * 100, 1).ToString("0.#", CultureInfo.InvariantCulture);
            html.Tag($"<svg class=\"bar\" aria-hidden=\"true\"><rect width=\"{width}%\" height=\"100%\" rx=\"2\"/></svg>");
        }
        else if (_number is { } number)
        {
            WriteNumber(html, number, places);
        }
        else if (_foreign is { } foreign)
        {
            _ = IsSentence ? html.Sentence(foreign) : html.Foreign(foreign);
        }
        else
        {
            html.Text(_text ?? "");
        }

        html.Tag($"</{tag}>");
    }

    /// <summary>A number, with room for the digits behind the point that others of its column have.</summary>
    private void WriteNumber(HtmlText html, decimal number, int places)
    {
        _ = _isPart ? html.Percent(number) : html.Number(number);
        html.Tag(places > 0 && Places == 0 && !_isPart ? "<span class=\"f\"></span>" : "");
    }
}
