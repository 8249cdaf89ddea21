using System.CommandLine;

namespace LlmCostModel.Cli.Options;

/// <summary>Refuses options that would be read and not used: who gives one believes that it counts.</summary>
internal static class UnusedOptions
{
    /// <summary>Refuses those of the options that were given.</summary>
    /// <param name="result">What was given.</param>
    /// <param name="why">What it says nothing beside, or without: <c>without --model</c>.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="CliException">One was given.</exception>
    public static void Refuse(ParseResult result, string why, params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            if (OptionUses.IsGiven(result, option))
            {
                throw new CliException($"{option.Name} says nothing {why}.");
            }
        }
    }
}
