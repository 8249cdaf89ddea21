using System.Globalization;
using System.Xml.Linq;
using LlmCostModel.Cli.Output.Charts;

namespace LlmCostModel.Cli.Tests.Output.Charts;

/// <summary>A chart as it was drawn: its texts with the room that they take.</summary>
internal sealed class ChartDrawing
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private ChartDrawing(XDocument document)
    {
        Document = document;
        Height = double.Parse(document.Root!.Attribute("viewBox")!.Value.Split(' ')[3], CultureInfo.InvariantCulture);
        Texts = [.. document.Descendants(Svg + "text").Select(DrawnText.Of)];
    }

    internal XDocument Document { get; }

    internal double Height { get; }

    internal DrawnText[] Texts { get; }

    internal static ChartDrawing Of(Chart chart) => new(XDocument.Parse(chart.ToSvg()));

    internal int Count(string element) => Document.Descendants(Svg + element).Count();

    /// <summary>No text leaves the picture, and none lies on another.</summary>
    internal void AssertLegible()
    {
        Assert.All(Texts, text =>
        {
            Assert.True(text.Left >= 0 && text.Right <= SvgCanvas.Width + 0.5, $"'{text.Text}' leaves the picture: {text}");
            Assert.True(text.Top >= 0 && text.Bottom <= Height, $"'{text.Text}' leaves the picture: {text}");
        });
        for (int i = 0; i < Texts.Length; i++)
        {
            for (int j = i + 1; j < Texts.Length; j++)
            {
                Assert.False(Texts[i].Overlaps(Texts[j]), $"'{Texts[i].Text}' and '{Texts[j].Text}' overlap");
            }
        }
    }
}

/// <summary>The room that a text takes: capitals are 0.73 of the size above the line, descenders 0.2 below.</summary>
internal sealed record DrawnText(string Text, string Anchor, double Left, double Right, double Top, double Bottom)
{
    internal static DrawnText Of(XElement element)
    {
        double size = Number("font-size");
        string text = string.Concat(element.Nodes().OfType<XText>().Select(node => node.Value));
        double width = TextWidth.Of(text, size) * (element.Attribute("font-weight") is null ? 1 : 1.1);
        string anchor = element.Attribute("text-anchor")!.Value;
        double left = Number("x") - (anchor switch { "end" => width, "middle" => width / 2, _ => 0 });
        return new DrawnText(text, anchor, left, left + width, Number("y") - (0.73 * size), Number("y") + (0.2 * size));

        double Number(string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
    }

    internal bool Overlaps(DrawnText other) =>
        Left < other.Right - 0.1 && other.Left < Right - 0.1 && Top < other.Bottom - 0.1 && other.Top < Bottom - 0.1;
}
