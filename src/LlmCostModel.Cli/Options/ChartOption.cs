using System.CommandLine;
using System.Text;
using LlmCostModel.Cli.Output.Charts;

namespace LlmCostModel.Cli.Options;

/// <summary>The option that also writes the result as a picture: an SVG file, or an HTML page that also has the numbers.</summary>
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

    public static void Write(CommandHost host, string? path, Func<Chart> chart)
    {
        if (path is not null)
        {
            string text = path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase) ? chart().ToSvg() : ChartPage.Of(chart());
            OutputFile.Write(host, path, Encoding.UTF8.GetBytes(text));
        }
    }
}
