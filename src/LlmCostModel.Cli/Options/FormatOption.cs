using System.CommandLine;
using System.CommandLine.Parsing;

namespace LlmCostModel.Cli.Options;

/// <summary><c>--format</c>: how the result is written.</summary>
internal sealed class FormatOption
{
    private readonly OutputFormat[] _formats;

    /// <param name="more">What the command can write besides the formats of all.</param>
    public FormatOption(params OutputFormat[] more)
    {
        _formats = [OutputFormat.Table, OutputFormat.Json, OutputFormat.Csv, .. more];
        Option = new("--format")
        {
            Description = $"{Names}; default table for a terminal, else json",
            HelpName = "FORMAT",
            CustomParser = Parse,
        };
    }

    public Option<OutputFormat?> Option { get; }

    private string Names
    {
        get
        {
            string[] names = [.. _formats.Select(format => format.ToString().ToLowerInvariant())];
            return $"{string.Join(", ", names[..^1])} or {names[^1]}";
        }
    }

    public OutputFormat Of(ParseResult result, CommandHost host) =>
        result.GetValue(Option) ?? (host.IsTerminal ? OutputFormat.Table : OutputFormat.Json);

    private OutputFormat? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        foreach (OutputFormat format in _formats)
        {
            if (text.Equals(format.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return format;
            }
        }

        result.AddError($"'{text}' is not a format. Write {Names}.");
        return null;
    }
}
