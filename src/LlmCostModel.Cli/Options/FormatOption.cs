using System.CommandLine;

namespace LlmCostModel.Cli.Options;

/// <summary><c>--format</c>: how the result is written.</summary>
internal sealed class FormatOption
{
    public Option<OutputFormat?> Option { get; } =
        new("--format") { Description = "table, json or csv; default table for a terminal, else json", HelpName = "FORMAT" };

    public OutputFormat Of(ParseResult result, CommandHost host) =>
        result.GetValue(Option) ?? (host.IsTerminal ? OutputFormat.Table : OutputFormat.Json);
}
