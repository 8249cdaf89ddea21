using System.Collections.Immutable;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Runs;

/// <summary>What a run may spend and when it ends, checked, and the same in every process that takes part.</summary>
/// <param name="Id">What people know it by.</param>
/// <param name="Key">What the store knows it by: no other run has it, and nothing of a person is in it.</param>
/// <param name="StartedAt">When it began, to the millisecond.</param>
/// <param name="EndsAt">When it ends, to the millisecond.</param>
/// <param name="WrapUpAt">At which share of a limit or its time it should come to an end.</param>
/// <param name="Limits">What it may spend.</param>
internal sealed record RunPlan(
    string Id, string Key, DateTimeOffset StartedAt, DateTimeOffset EndsAt, decimal WrapUpAt, ImmutableArray<RunPlan.Limit> Limits)
{
    internal const int LongestId = 128;
    internal static readonly TimeSpan Longest = TimeSpan.FromDays(30);
    private static readonly TimeSpan Usual = TimeSpan.FromDays(1);

    /// <summary>The most of one unit, in units of a store.</summary>
    internal readonly record struct Limit(BudgetUnit Unit, string Currency, long Amount);

    internal DateTimeOffset WrapsUpAt { get; } = StartedAt + TimeSpan.FromTicks((long)((EndsAt - StartedAt).Ticks * WrapUpAt));

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal static RunPlan Of(BudgetRunOptions options, RunPlan? parent, RunRules rules, DateTimeOffset now)
    {
        string key = Guid.NewGuid().ToString("N");
        if (!IsId(options.Id ?? key))
        {
            throw new ArgumentException(
                $"The id of a run is 1 to {LongestId} characters of text without control characters.", nameof(options));
        }

        if (options.WrapUpAt is <= 0 or > 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.WrapUpAt, $"{nameof(options.WrapUpAt)} is more than 0 and at most 1: 0.8 for four fifths.");
        }

        if (options.Duration is { } given && (given < TimeSpan.FromSeconds(1) || given > Longest))
        {
            throw new ArgumentOutOfRangeException(nameof(options), given, "A run lasts for 1 second to 30 days.");
        }

        DateTimeOffset start = Whole(now), latest = parent?.EndsAt ?? DateTimeOffset.MaxValue;
        DateTimeOffset end = Whole(start + (options.Duration ?? (parent is null ? Usual : Longest)));
        end = end < latest ? end : latest;
        DateTimeOffset first = start.AddMilliseconds(1); // of a run that begins when the one above it has ended
        return new(options.Id ?? key, key, start, end > first ? end : first, options.WrapUpAt, RunLimits.Read(options, rules));
    }

    internal static bool IsId(string id) => id.Length is > 0 and <= LongestId && !id.Any(char.IsControl) && WholeText.Is(id);

    private static DateTimeOffset Whole(DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
