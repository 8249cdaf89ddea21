using System.Globalization;
using System.Net;
using System.Text;

namespace LlmCostModel.Cli.Output.Charts;

/// <summary>Writes the elements of a picture. Colors follow the scheme of the screen and are light on paper; programs that know no style
/// sheets see the light ones.</summary>
internal sealed class SvgCanvas
{
    public const int Width = 800;

    public const int Margin = 20;

    public const double Small = 11;

    public const double Normal = 12;

    public const double Large = 16;

    private const string Font = "Helvetica, Arial, sans-serif";

    /// <summary>A color for light ground, and one for dark. Each differs from its neighbors in lightness too.</summary>
    private static readonly (string Light, string Dark)[] Colors =
    [
        ("#1d4ed8", "#60a5fa"), ("#c2410c", "#fb923c"), ("#047857", "#34d399"), ("#7e22ce", "#c084fc"),
        ("#0e7490", "#22d3ee"), ("#a16207", "#facc15"), ("#be185d", "#f472b6"), ("#475569", "#cbd5e1"),
    ];

    private static readonly string[] Dashes = ["", "7 3", "2 3", "9 3 2 3"];

    private readonly StringBuilder _svg = new();

    public static string Dash(int index) => Dashes[index % Dashes.Length];

    /// <summary>A line of text. What is wider than its place is cut, and said whole to who points at it.</summary>
    /// <param name="x">Where it starts, or its middle or end.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="text">The text.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="size">Of the font.</param>
    /// <param name="width">What there is for it.</param>
    /// <param name="style"><c>t</c> for text, <c>m</c> for less of it, <c>h</c> for text over lines.</param>
    public void Text(
        double x,
        double y,
        string text,
        string anchor = "start",
        double size = Normal,
        double width = Width,
        string style = "t")
    {
        string whole = VisibleText.OneLine(text);
        string shown = TextWidth.Cut(whole, size, width);
        string fill = style == "m" ? "#4b5563" : "#111827";
        string weight = size == Large ? " font-weight=\"bold\"" : "";
        _svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{anchor}\" font-size=\"{size}\"{weight} class=\"{style}\" "
                + $"fill=\"{fill}\">");
        _svg.Append(WebUtility.HtmlEncode(shown));
        _svg.Append(shown == whole ? "</text>\n" : $"<title>{WebUtility.HtmlEncode(whole)}</title></text>\n");
    }

    /// <summary>A straight line: a grid line, or one of a color.</summary>
    public void Line(double x1, double y1, double x2, double y2, int? color = null, string dash = "")
    {
        _svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\" ");
        _svg.Append(color is { } index ? Stroke(index, dash, 2) : "class=\"g\" stroke=\"#d1d5db\"").Append("/>\n");
    }

    /// <summary>The line of a limit.</summary>
    public void Limit(double x1, double x2, double y) => _svg.Append(
        CultureInfo.InvariantCulture,
        $"<line x1=\"{x1:0.##}\" y1=\"{y:0.##}\" x2=\"{x2:0.##}\" y2=\"{y:0.##}\" class=\"l\" stroke=\"#b91c1c\" stroke-width=\"1.5\" "
            + $"stroke-dasharray=\"10 4\"/>\n");

    public void Path(IEnumerable<(double X, double Y)> points, int color, string dash)
    {
        _svg.Append("<polyline fill=\"none\" stroke-linejoin=\"round\" points=\"").Append(Points(points));
        _svg.Append("\" ").Append(Stroke(color, dash, 2.25)).Append("/>\n");
    }

    /// <summary>A filled shape that lets what is under it be seen.</summary>
    public void Area(IEnumerable<(double X, double Y)> points, int color) => _svg.Append(
        CultureInfo.InvariantCulture,
        $"<polygon points=\"{Points(points)}\" fill-opacity=\"0.2\" {Fill(color)}/>\n");

    public void Box(double x, double y, double width, double height, int color, bool isFaint = false) => _svg.Append(
        CultureInfo.InvariantCulture,
        $"<rect x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\" "
            + $"{(isFaint ? "fill-opacity=\"0.2\" " : "")}{Fill(color)}/>\n");

    /// <summary>A filled dot, or a ring that marks a place.</summary>
    public void Dot(double x, double y, int color) =>
        _svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"3.5\" {Fill(color)}/>\n");

    public void Ring(double x, double y) => _svg.Append(
        CultureInfo.InvariantCulture,
        $"<circle cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"5\" class=\"r\" fill=\"#ffffff\" stroke=\"#111827\" stroke-width=\"2\"/>\n");

    /// <summary>The picture.</summary>
    /// <param name="title">What it is called.</param>
    /// <param name="description">What it shows, in words.</param>
    /// <param name="height">How high it became.</param>
    public string Finish(string title, string description, double height) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Math.Ceiling(height)}\" font-family=\"{Font}\" role=\"img\" "
                + $"aria-labelledby=\"chart-title chart-description\">\n<title id=\"chart-title\">{Encoded(title)}</title>\n"
                + $"<desc id=\"chart-description\">{Encoded(description)}</desc>\n<style>\n{DarkStyle}</style>\n"
                + $"<rect class=\"b\" width=\"{Width}\" height=\"{Math.Ceiling(height)}\" fill=\"#ffffff\"/>\n{_svg}</svg>\n");

    /// <summary>Text for XML and HTML. Control characters may not stand there, not even encoded.</summary>
    public static string Encoded(string text) => WebUtility.HtmlEncode(VisibleText.OneLine(text));

    private static string Stroke(int color, string dash, double width) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"class=\"s{color % Colors.Length}\" stroke=\"{Colors[color % Colors.Length].Light}\" stroke-width=\"{width}\"")
        + (dash.Length == 0 ? "" : $" stroke-dasharray=\"{dash}\"");

    private static string Fill(int color) =>
        string.Create(CultureInfo.InvariantCulture, $"class=\"f{color % Colors.Length}\" fill=\"{Colors[color % Colors.Length].Light}\"");

    private static string Points(IEnumerable<(double X, double Y)> points) =>
        string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.##},{point.Y:0.##}")));

    private static readonly string DarkStyle =
        ".h{paint-order:stroke;stroke:#ffffff;stroke-width:4px;stroke-linejoin:round}\n"
        + "@media screen and (prefers-color-scheme: dark){\n"
        + ".b{fill:#111827}.t,.h{fill:#f3f4f6}.m{fill:#9ca3af}.h{stroke:#111827}.g{stroke:#374151}.l{stroke:#f87171}"
        + ".r{fill:#111827;stroke:#f3f4f6}\n"
        + string.Concat(Colors.Select((color, index) =>
            string.Create(CultureInfo.InvariantCulture, $".s{index}{{stroke:{color.Dark}}}.f{index}{{fill:{color.Dark}}}\n")))
        + "}\n";
}
