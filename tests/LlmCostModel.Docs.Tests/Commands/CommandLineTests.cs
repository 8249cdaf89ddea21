using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LlmCostModel.Cli;

namespace LlmCostModel.Docs.Tests.Commands;

/// <summary>Every command line of the docs is one that the tool understands, and what a console block shows is what it prints.</summary>
public sealed partial class CommandLineTests
{
    /// <summary>What a sentence writes for "one of several", and one of them.</summary>
    private static readonly Dictionary<string, string> Placeholders = new() { ["COMMAND"] = "estimate m", ["FORMAT"] = "litellm", ["..."] = "" };

    public static TheoryData<DocumentedCommand> Commands => [.. DocumentedCommand.All()];

    public static TheoryData<CodeBlock> Consoles => [.. CodeBlock.All("console")];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_OfAPage_IsUnderstood(DocumentedCommand command)
    {
        string text = Placeholders.Aggregate(command.Text, (text, pair) => text.Replace(pair.Key, pair.Value, StringComparison.Ordinal));

        ParseResult parsed = CommandLineApp.CreateRoot(Host(Stream.Null, Stream.Null, TextWriter.Null)).Parse(CommandLineParser.SplitCommandLine(text).ToArray());

        string[] errors = [.. CommandLineApp.FindErrors(parsed).Where(error => command.IsWhole || !error.Contains("equired", StringComparison.Ordinal))];
        Assert.True(errors.Length == 0, $"{command}: {string.Join(' ', errors)}");
    }

    [Fact]
    public void Commands_OfAllPages_AreFound() => Assert.InRange(DocumentedCommand.All().Count(), 30, 1_000);

    /// <summary>Lines that begin with <c>$</c> are typed; what follows is what a terminal of 80 columns shows.</summary>
    [Theory]
    [MemberData(nameof(Consoles))]
    public void Console_OfAPage_ShowsWhatIsPrinted(CodeBlock block)
    {
        string[] lines = block.Text.Split('\n');
        Assert.StartsWith("$ ", lines[0], StringComparison.Ordinal);
        StringBuilder printed = new();
        foreach (string typed in lines.Where(line => line.StartsWith("$ ", StringComparison.Ordinal)))
        {
            printed.AppendLine(typed).Append(Run(typed[2..]));
        }

        Assert.Equal(block.Text, string.Join('\n', printed.ToString().ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(line => line.TrimEnd())));
    }

    private static string Run(string typed)
    {
        Match parts = Typed().Match(typed);
        Assert.True(parts.Success, $"'{typed}' is neither llmcost nor echo into llmcost");
        using MemoryStream input = new(Encoding.UTF8.GetBytes(parts.Groups["input"].Value));
        using MemoryStream output = new();
        using StringWriter error = new(CultureInfo.InvariantCulture);
        CommandLineApp.Run([.. CommandLineParser.SplitCommandLine(parts.Groups["arguments"].Value).Select(InRepository)], Host(input, output, error));
        return Encoding.UTF8.GetString(output.ToArray()) + error;
    }

    /// <summary>Files of the docs are named as they are from the root of the repository.</summary>
    private static string InRepository(string argument) =>
        argument.StartsWith("docs/", StringComparison.Ordinal) ? Path.Combine(Repository.Folder, argument) : argument;

    private static CommandHost Host(Stream input, Stream output, TextWriter error) =>
        new() { Input = input, Output = output, Error = error, IsTerminal = true, Width = 80 };

    [GeneratedRegex(@"^(?:echo '(?<input>[^']*)' \| )?llmcost (?<arguments>.*)$")]
    private static partial Regex Typed();
}
