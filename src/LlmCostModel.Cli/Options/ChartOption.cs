using System.CommandLine;
using System.Text;
using LlmCostModel.Cli.Output;

namespace LlmCostModel.Cli.Options;

/// <summary>The option that also writes the result as a picture: an SVG file, or an HTML page that holds it.</summary>
internal sealed class ChartOption
{
    public Option<string?> Option { get; } =
        new("--chart") { Description = "also write a chart, to a file that ends in .svg or .html", HelpName = "FILE" };

    public string? Path(ParseResult result)
    {
        string? path = result.GetValue(Option);
        return
            path is null
            || path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith(".html", StringComparison.OrdinalIgnoreCase)
            ? path
            : throw new CliException($"'{path}' ends in neither .svg nor .html.");
    }

    public static void Write(CommandHost host, string? path, string title, Func<string> svg)
    {
        if (path is not null)
        {
            string text = path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase) ? svg() : SvgChart.Page(title, svg());
            OutputFile.Write(host, path, Encoding.UTF8.GetBytes(text));
        }
    }
}
