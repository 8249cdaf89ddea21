using System.CommandLine;

namespace LlmCostModel.Cli.Options;

/// <summary>When each option of a command counts. One that was given and cannot count is refused before anything is read: who gives it
/// believes that it does.</summary>
/// <remarks>A test compares the table with the options of the command, so that a new one has to say when it counts.</remarks>
internal sealed class OptionUses
{
    private readonly List<(Option Option, Func<ParseResult, bool> Counts, Func<string, string> Refusal)> _rules = [];
    private readonly HashSet<Option> _known = [];

    /// <summary>The options of which the table knows when they count.</summary>
    public IReadOnlyCollection<Option> Known => _known;

    /// <summary>Options that count whatever else is given.</summary>
    public void Always(params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            _known.Add(option);
        }
    }

    /// <summary>Options that say what records leave open: when all is read, <see cref="Records.StandIns"/> tells which were not
    /// needed.</summary>
    public void WhereRecordsAreSilent(params ReadOnlySpan<Option> options) => Always(options);

    /// <summary>Options that count only with, or without, others. An option may have several such rules, which all have to hold.</summary>
    /// <param name="counts">Whether they count beside what was given.</param>
    /// <param name="refusal">Why not, and what to do, by the name of the option.</param>
    /// <param name="options">The options.</param>
    public void Only(Func<ParseResult, bool> counts, Func<string, string> refusal, params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            _known.Add(option);
            _rules.Add((option, counts, refusal));
        }
    }

    /// <summary>Refuses an option that was given and does not count.</summary>
    /// <exception cref="CliException">One was given.</exception>
    public void Refuse(ParseResult result)
    {
        foreach ((Option option, Func<ParseResult, bool> counts, Func<string, string> refusal) in _rules)
        {
            if (IsGiven(result, option) && !counts(result))
            {
                throw new CliException(refusal(option.Name));
            }
        }
    }

    /// <summary>Whether an option was given, and not left to its default.</summary>
    public static bool IsGiven(ParseResult result, Option option) => result.GetResult(option) is { Implicit: false };
}
