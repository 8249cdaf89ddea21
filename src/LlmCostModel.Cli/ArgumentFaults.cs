using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace LlmCostModel.Cli;

/// <summary>What is wrong with the arguments, in words of who typed them: the parser takes an option that it does not know for a file, and
/// speaks of types.</summary>
internal static partial class ArgumentFaults
{
    /// <summary>What other tools call an option.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--since"] = "--from",
        ["--start"] = "--from",
        ["--until"] = "--to",
        ["--end"] = "--to",
        ["--by"] = "--group-by",
        ["--group"] = "--group-by",
        ["--groupby"] = "--group-by",
        ["--limit"] = "--top",
        ["--timezone"] = "--time-zone",
        ["--tz"] = "--time-zone",
        ["--date"] = "--at",
        ["--json"] = "--format json",
        ["--csv"] = "--format csv",
        ["--prices"] = "--rates",
        ["--offline"] = "nothing: no command goes online",
    };

    /// <summary>The faults, a sentence each. Behind <c>--</c>, everything is a file.</summary>
    public static IEnumerable<string> Find(ParseResult parsed)
    {
        CommandResult command = parsed.CommandResult;
        bool hasFilesOnly = parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash);
        string[] unknown = hasFilesOnly ? [] : [.. UnknownOptions(parsed)];
        return unknown.Select(option => OfOption(command.Command, option))
            .Concat(unknown.Length > 0 ? [] : parsed.Errors.Select(error => OfError(parsed, error)).OfType<string>())
            .Concat(command.Children.OfType<OptionResult>()
                .Where(option => option.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
                .Select(option => $"{option.Option.Name} is empty. Give it a value, or leave it out."));
    }

    /// <summary>Options that there are not, among files, values of options, and what the parser has no place for.</summary>
    private static IEnumerable<string> UnknownOptions(ParseResult parsed) =>
        parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens.Select(token => token.Value))
            .Concat(parsed.CommandResult.Children.OfType<OptionResult>()
                .SelectMany(option => option.Tokens.Select(token => token.Value).Where(IsLong)))
            .Concat(parsed.UnmatchedTokens)
            .Where(text => IsLong(text) || (text is ['-', var letter, ..] && char.IsAsciiLetter(letter) && !File.Exists(text)))
            .Select(text => text.Split('=', ':')[0])
            .Distinct(StringComparer.Ordinal);

    private static bool IsLong(string text) => text.Length > 2 && text.StartsWith("--", StringComparison.Ordinal);

    private static string OfOption(Command command, string option)
    {
        string shown = VisibleText.OneLine(option);
        string[] known =
        [
            .. command.Options.SelectMany(known => known.Aliases.Prepend(known.Name)).Where(IsLong).Append("--help"),
        ];
        string? meant = Elsewhere.TryGetValue(option, out string? other) && (other[0] != '-' || known.Contains(other.Split(' ')[0]))
            ? other
            : IsLong(option) ? NearestName.Find(known, option) : null;
        return meant is null ? $"Unknown option {shown}." : $"Unknown option {shown}; did you mean {meant}?";
    }

    /// <summary>A fault that the parser found; null where it is said better elsewhere.</summary>
    private static string? OfError(ParseResult parsed, ParseError error)
    {
        Command command = parsed.CommandResult.Command;
        if (error.Message.StartsWith("Required command", StringComparison.Ordinal))
        {
            return parsed.UnmatchedTokens.Count > 0 ? null : $"A command is required: {Names(command)}.";
        }

        if (Unrecognized().Match(error.Message) is { Success: true } unrecognized)
        {
            string text = unrecognized.Groups[1].Value;
            return command.Subcommands.Count == 0
                ? $"'{VisibleText.OneLine(text)}' is one argument too many."
                : text == parsed.UnmatchedTokens[0] ? OfCommand(command, text)
                : null;
        }

        if (Missing().Match(error.Message) is { Success: true } missing)
        {
            string name = missing.Groups[1].Value;
            string? value = command.Options.FirstOrDefault(option => option.Name == name)?.HelpName;
            return $"{name} needs a value{(value is null ? "" : $": {name} {value}")}.";
        }

        return Unparsed().Match(error.Message) is { Success: true } unparsed
            ? $"'{VisibleText.OneLine(unparsed.Groups[1].Value)}' is not what {unparsed.Groups[2].Value} takes: "
                + (unparsed.Groups[3].Value.Contains("Int", StringComparison.Ordinal) ? "a whole number."
                    : unparsed.Groups[3].Value.Contains("Boolean", StringComparison.Ordinal) ? "true or false, or nothing."
                    : "another kind of value.")
            : error.Message;
    }

    private static string OfCommand(Command command, string text)
    {
        string? near = NearestName.Find(command.Subcommands.Select(known => known.Name), text);
        string meant = near is null ? "." : $"; did you mean {near}?";
        return $"Unknown command '{VisibleText.OneLine(text)}'{meant}\nCommands: {Names(command)}.";
    }

    private static string Names(Command command) => string.Join(", ", command.Subcommands.Select(known => known.Name));

    [GeneratedRegex("^Unrecognized command or argument '(.*)'\\.$", RegexOptions.Singleline)]
    private static partial Regex Unrecognized();

    [GeneratedRegex("^Required argument missing for option: '(.*)'\\.$")]
    private static partial Regex Missing();

    [GeneratedRegex("^Cannot parse argument '(.*)' for option '(.*)' as expected type '(.*)'", RegexOptions.Singleline)]
    private static partial Regex Unparsed();
}
