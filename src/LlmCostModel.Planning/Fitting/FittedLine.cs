using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>What a log says of the calls of one model, at one provider, tier and region: how many, when, and what each consumes.</summary>
public sealed class FittedLine
{
    private readonly LineFit _fit;

    internal FittedLine(string name, LineFit fit)
    {
        Name = name;
        _fit = fit;
    }

    /// <summary>Gets what tells the line from others: the model, and how its calls were served where several lines have that model.</summary>
    public string Name { get; }

    /// <summary>Gets the id by which the calls are priced.</summary>
    public string Model => _fit.Key.Model;

    /// <summary>Gets how the calls were served.</summary>
    public CallContext Context => _fit.Key.Context;

    /// <summary>Gets what the calls are for; not the main call where a provider made them inside of others.</summary>
    public CallRole Role => _fit.Key.Role;

    /// <summary>Gets the calls.</summary>
    public long Calls => _fit.Sums.Calls;

    /// <summary>Gets how many of them are priced in part.</summary>
    public long PartlyPriced => _fit.Sums.Partial;

    /// <summary>Gets what they cost, each at its own time.</summary>
    public Money Cost => new(_fit.Amount, _fit.Key.Currency);

    /// <summary>Gets about how many sessions they are of, or days where the log names no sessions: what is independent of each other.</summary>
    public long Clusters => (long)Math.Round(_fit.Sums.Clusters.Clusters.Estimate);

    /// <summary>Gets whether the log names sessions for at least half of the calls.</summary>
    public bool HasSessions => _fit.HasSessions;

    /// <summary>Gets the first day that counts for the volume.</summary>
    public DateOnly FirstDay => DateOnly.FromDayNumber(_fit.Series.First);

    /// <summary>Gets the last one.</summary>
    public DateOnly LastDay => DateOnly.FromDayNumber(_fit.Series.Last);

    /// <summary>Gets whether the line had no calls for so long at the end of the log that it is taken to have ended, and is in no
    /// plan.</summary>
    public bool HasStopped => _fit.Series.HasStopped;

    /// <summary>Gets the calls a month at the end of the log, noise left out.</summary>
    public FittedRatio CallsPerMonth => _fit.CallsPerMonth;

    /// <summary>Gets the growth of the calls in a month: 0.05 is 5% more.</summary>
    public FittedRatio Growth => _fit.Growth;

    /// <summary>Gets when the calls come.</summary>
    public TrafficProfile Profile => _fit.Profile;

    /// <summary>Gets the prompt tokens of a call, without those in <see cref="OtherTokens"/>.</summary>
    public FittedRatio PromptTokens => _fit.Mix.Prompt;

    /// <summary>Gets the share of the prompt tokens that is read from a cache.</summary>
    public FittedRatio HitRate => _fit.Mix.HitRate;

    /// <summary>Gets the output tokens of a call, without reasoning.</summary>
    public FittedRatio OutputTokens => _fit.Mix.Output;

    /// <summary>Gets the reasoning tokens of a call.</summary>
    public FittedRatio ReasoningTokens => _fit.Mix.Reasoning;

    /// <summary>Gets the tokens of a call of other kinds: written to a cache, audio, images.</summary>
    public ImmutableSortedDictionary<TokenBucket, FittedRatio> OtherTokens => _fit.Mix.Others;

    /// <summary>Gets what a call consumes besides tokens.</summary>
    public ImmutableSortedDictionary<string, FittedRatio> Meters => _fit.Mix.Meters;

    /// <summary>Shows name, calls and cost.</summary>
    /// <returns>Such as <c>gpt-4o: 31200 calls, 214.5 USD</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Calls} calls, {Cost}");
}
