using System.CommandLine;

namespace LlmCostModel.Cli.Options;

/// <summary>A command that knows of each of its options when it counts, and refuses those that do not.</summary>
/// <param name="name">The name.</param>
/// <param name="description">What it does.</param>
internal sealed class CheckedCommand(string name, string description) : Command(name, description)
{
    /// <summary>When its options count.</summary>
    public OptionUses Uses { get; } = new();

    /// <summary>Says what the command does, with options that all count.</summary>
    public void Run(Func<ParseResult, int> action) => SetAction(result =>
    {
        Uses.Refuse(result);
        return action(result);
    });
}
