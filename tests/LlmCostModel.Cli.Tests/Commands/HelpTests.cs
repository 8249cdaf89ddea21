using System.CommandLine;
using LlmCostModel.Catalog;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Tests;

/// <summary>The help of a command says what may be written, and shows it.</summary>
public sealed class HelpTests
{
    private static readonly RootCommand Root = CommandLineApp.CreateRoot(new() { Input = Stream.Null, Output = Stream.Null, Error = TextWriter.Null });

    public static TheoryData<string> Commands => [.. Leaves(Root).Select(CommandExamples.PathOf).Where(path => !path.StartsWith("breakeven ", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Commands))]
    [InlineData("breakeven cache")]
    public void Examples_OfEveryCommand_AreShownAndUnderstood(string path)
    {
        CliResult help = CliRunner.Run([.. path.Split(' '), "--help"]);

        Assert.NotEmpty(CommandExamples.Of(path));
        Assert.All(CommandExamples.Of(path), example =>
        {
            Assert.StartsWith($"llmcost {path} ", example, StringComparison.Ordinal);
            Assert.Contains($"\n  {example}\n", help.Output, StringComparison.Ordinal);
            Assert.Empty(CommandLineApp.FindErrors(Root.Parse(example["llmcost ".Length..].Replace("'", "", StringComparison.Ordinal))));
        });
    }

    [Fact]
    public void Policies_Apis_AndTiers_AreListed()
    {
        string simulate = Words(CliRunner.Run("simulate", "--help").Output);
        string price = Words(CliRunner.Run("price", "--help").Output);
        IEnumerable<string> tiers =
            from card in BuiltInCatalog.RateCards
            from model in card.Models
            from version in model.Versions
            from rule in version.Rules
            from condition in rule.When.Tiers
            select condition;

        Assert.All(CachePolicies.All.Keys, policy => Assert.Contains(policy, simulate, StringComparison.Ordinal));
        Assert.All(ApiFormatNames.All, api => Assert.Contains(api, price, StringComparison.Ordinal));
        Assert.All(tiers.Distinct(), tier => Assert.Contains(tier, price, StringComparison.Ordinal));
    }

    /// <summary>In a terminal of 80 columns no line of the help is wider.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_FitsTheTerminal(string path)
    {
        using MemoryStream output = new();
        CommandHost host = new() { Input = Stream.Null, Output = output, Error = TextWriter.Null, Width = 80 };
        CommandLineApp.Run([.. path.Split(' '), "--help"], host);
        string[] lines = System.Text.Encoding.UTF8.GetString(output.ToArray()).Split('\n');

        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<Command> Leaves(Command command) => command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Leaves);
}
