using System.CommandLine;
using System.Globalization;
using System.Text;
using LlmCostModel.Cli;

namespace LlmCostModel.Docs.Tests.Commands;

/// <summary>The page of all commands and options, made of what the tool itself knows of them.</summary>
internal static class CommandReference
{
    internal const string Page = "docs/cli-reference.md";

    internal static string Write(RootCommand root)
    {
        Command[] leaves = [.. Leaves(root)];
        Option[] rates = [.. OptionsOf(leaves, "show")];
        Option[] usage = [.. OptionsOf(leaves, "estimate").Where(option => !Has(rates, option))];
        StringBuilder text = new();
        text.Append(
            """
            # All commands and options

            Made of the tool itself: `LLMCOSTMODEL_WRITE_DOCS=1 dotnet test tests/LlmCostModel.Docs.Tests` writes it, and a test fails when it would change. [The command line](cli.md) shows how to use them.


            """);
        Table(text, "Options of prices", "Every command that prices anything has these.", rates);
        Table(text, "Options of usage", "`estimate` and `compare` have these as well. Quantities: `1200`, `1_200`, `20k`, `1.5M`, `342B`.", usage);
        foreach (Command command in leaves)
        {
            bool prices = rates.All(option => Names(command.Options, option));
            bool counts = usage.All(option => Names(command.Options, option));
            string more = (prices, counts) switch
            {
                (true, true) => " [options of prices] [options of usage]",
                (true, false) => " [options of prices]",
                _ => "",
            };
            string arguments = string.Concat(command.Arguments.Select(ArgumentText))
                + string.Concat(command.Options.Where(option => option.Required).Select(option => $" {option.Name} {option.HelpName}"));
            text.Append(CultureInfo.InvariantCulture, $"## {PathOf(command)}\n\n{command.Description}\n\n```text\nllmcost {PathOf(command)}{arguments}{more}\n```\n\n");
            if (CommandExamples.Of(PathOf(command)) is [_, ..] examples)
            {
                text.Append(CultureInfo.InvariantCulture, $"```text\n{string.Join('\n', examples)}\n```\n\n");
            }

            foreach (Argument argument in command.Arguments)
            {
                text.Append(CultureInfo.InvariantCulture, $"`{argument.Name}`: {argument.Description}.\n\n");
            }

            Option[] own = [.. command.Options.Where(option => !(prices && Has(rates, option)) && !(counts && Has(usage, option)))];
            if (own.Length > 0)
            {
                Rows(text, own);
            }
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private static IEnumerable<Command> Leaves(Command command) =>
        command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Leaves);

    private static IEnumerable<Option> OptionsOf(IEnumerable<Command> commands, string name) => commands.Single(command => command.Name == name).Options;

    private static bool Has(IEnumerable<Option> options, Option option) => options.Any(other => other.Name == option.Name && other.Description == option.Description);

    /// <summary>An option that a command says more of is one of its own as well.</summary>
    private static bool Names(IEnumerable<Option> options, Option option) => options.Any(other => other.Name == option.Name);

    private static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand ? $"{PathOf(parent)} {command.Name}" : command.Name;

    private static string ArgumentText(Argument argument) => (argument.Arity.MinimumNumberOfValues, argument.Arity.MaximumNumberOfValues) switch
    {
        (0, 1) => $" [{argument.Name}]",
        (0, _) => $" [{argument.Name}...]",
        (_, 1) => $" {argument.Name}",
        _ => $" {argument.Name}...",
    };

    private static void Table(StringBuilder text, string title, string sentence, IEnumerable<Option> options)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {title}\n\n{sentence}\n\n");
        Rows(text, options);
    }

    private static void Rows(StringBuilder text, IEnumerable<Option> options)
    {
        text.Append("| option | what it says |\n|---|---|\n");
        foreach (Option option in options)
        {
            string names = string.Join(", ", option.Aliases.Where(alias => alias.Length > 2).Prepend(option.Name));
            string value = option.HelpName is null ? "" : $" {option.HelpName}".Replace("|", "\\|", StringComparison.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"| `{names}{value}` | {option.Description!.Replace("|", "\\|", StringComparison.Ordinal)}{(option.Required ? "; required" : "")} |\n");
        }

        text.Append('\n');
    }
}
