using System.Globalization;
using System.Net;
using System.Text;

namespace LlmCostModel.Cli.Output;

/// <summary>Draws plain SVG charts: bars with a label each, or lines over common steps. They need no script and no network.</summary>
internal static class SvgChart
{
    private const int Width = 800;
    private const int Left = 200;
    private const int Right = 140;

    private static readonly string[] Colors = ["#2563eb", "#d97706", "#16a34a", "#9333ea", "#dc2626"];

    /// <summary>Horizontal bars, the longest as wide as the picture.</summary>
    public static string Bars(string title, IReadOnlyList<(string Label, decimal Value, string Text)> bars)
    {
        const int Row = 28;
        decimal most = Math.Max(bars.Select(bar => bar.Value).DefaultIfEmpty().Max(), 0);
        StringBuilder svg = Start(title, 60 + (bars.Count * Row));
        for (int i = 0; i < bars.Count; i++)
        {
            (string label, decimal value, string text) = bars[i];
            int width = most == 0 ? 0 : (int)((Width - Left - Right) * (Math.Max(value, 0) / most));
            int y = 48 + (i * Row);
            Label(svg, Left - 8, y + 15, label, "end");
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect x=\"{Left}\" y=\"{y}\" width=\"{Math.Max(width, 1)}\" height=\"20\" fill=\"{Colors[0]}\"/>\n");
            Label(svg, Left + width + 8, y + 15, text, "start");
        }

        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>One line per series over common steps, from zero up.</summary>
    public static string Lines(
        string title,
        IReadOnlyList<string> steps,
        IReadOnlyList<(string Name, IReadOnlyList<decimal> Values)> series)
    {
        const int Height = 420, Top = 50, Bottom = 370, Side = 90;
        decimal most = series.SelectMany(line => line.Values).DefaultIfEmpty().Max();
        decimal least = Math.Min(0, series.SelectMany(line => line.Values).DefaultIfEmpty().Min());
        decimal span = most == least ? 1 : most - least;
        StringBuilder svg = Start(title, Height);
        for (int i = 0; i <= 4; i++)
        {
            decimal value = least + (span * i / 4);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<line x1=\"{Side}\" y1=\"{Y(value)}\" x2=\"{Width - Right}\" y2=\"{Y(value)}\" stroke=\"#ddd\"/>\n");
            Label(svg, Side - 8, Y(value) + 4, value.ToString("#,##0.##", CultureInfo.InvariantCulture), "end");
        }

        for (int i = 0; i < steps.Count; i += Math.Max(1, steps.Count / 12))
        {
            Label(svg, X(i), Bottom + 20, steps[i], "middle");
        }

        for (int i = 0; i < series.Count; i++)
        {
            string color = Colors[i % Colors.Length];
            string points = string.Join(
                ' ',
                series[i].Values.Select((value, step) => string.Create(CultureInfo.InvariantCulture, $"{X(step)},{Y(value)}")));
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<polyline fill=\"none\" stroke=\"{color}\" stroke-width=\"2\" points=\"{points}\"/>\n");
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect x=\"{Width - Right + 16}\" y=\"{Top + (i * 22)}\" width=\"12\" height=\"12\" fill=\"{color}\"/>\n");
            Label(svg, Width - Right + 34, Top + 11 + (i * 22), series[i].Name, "start");
        }

        return svg.Append("</svg>\n").ToString();

        int X(int step) => Side + (steps.Count < 2 ? 0 : (Width - Side - Right) * step / (steps.Count - 1));
        int Y(decimal value) => Bottom - (int)((Bottom - Top) * ((value - least) / span));
    }

    /// <summary>A page that holds the picture.</summary>
    public static string Page(string title, string svg) =>
        $"<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta "
            + $"charset=\"utf-8\"><title>{Encoded(title)}</title></head>\n<body>\n{svg}</body>\n</html>\n";

    private static StringBuilder Start(string title, int height)
    {
        StringBuilder svg = new();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" font-family=\"sans-serif\" font-size=\"12\" "
                + $"role=\"img\">\n");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<title>{Encoded(title)}</title>\n<rect width=\"{Width}\" height=\"{height}\" fill=\"white\"/>\n");
        return svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"16\" y=\"26\" font-size=\"16\">{Encoded(title)}</text>\n");
    }

    /// <summary>Text for XML and HTML. Control characters may not stand there, not even encoded.</summary>
    private static string Encoded(string text) => WebUtility.HtmlEncode(VisibleText.OneLine(text));

    private static void Label(StringBuilder svg, int x, int y, string text, string anchor) =>
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{Encoded(text)}</text>\n");
}
