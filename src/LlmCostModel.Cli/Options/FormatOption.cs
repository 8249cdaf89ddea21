using System.CommandLine;
using System.CommandLine.Parsing;

namespace LlmCostModel.Cli.Options;

/// <summary><c>--format</c>: how the result is written.</summary>
internal sealed class FormatOption
{
    public Option<OutputFormat?> Option { get; } =
        new("--format")
        {
            Description = "table, json or csv; default table for a terminal, else json",
            HelpName = "FORMAT",
            CustomParser = Parse,
        };

    public OutputFormat Of(ParseResult result, CommandHost host) =>
        result.GetValue(Option) ?? (host.IsTerminal ? OutputFormat.Table : OutputFormat.Json);

    private static OutputFormat? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        foreach (OutputFormat format in Enum.GetValues<OutputFormat>())
        {
            if (text.Equals(format.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return format;
            }
        }

        result.AddError($"'{text}' is not a format. Write table, json or csv.");
        return null;
    }
}
