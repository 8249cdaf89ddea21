using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Checks when a rule applies: that it can, and that its parts do not contradict.</summary>
internal sealed class ConditionValidator(FaultList faults)
{
    internal void Validate(string path, PriceCondition condition)
    {
        if (condition.From >= condition.Until)
        {
            faults.Add(
                $"{path}:Until",
                AmountFormat.ToText(condition.Until.Value),
                "is not after From.",
                "Until is the first instant at which the rule no longer applies.");
        }

        foreach (TokenThreshold lower in condition.Tokens.Where(threshold => threshold.IsLower))
        {
            foreach (TokenThreshold upper in condition.Tokens.Where(threshold => !threshold.IsLower && threshold.Basis == lower.Basis))
            {
                if (TokenInterval.First(lower) > TokenInterval.Last(upper))
                {
                    faults.Add(
                        path,
                        $"{lower}, {upper}",
                        "holds for no number of tokens.",
                        "The upper bound must be beyond the lower one.");
                }
            }
        }

        foreach (TokenThreshold threshold in condition.Tokens.Where(IsBeyondAnyCount))
        {
            faults.Add(path, threshold.ToString(), "holds for no number of tokens.", "Counts are 0 or more, and at most a long.");
        }

        foreach (TokenThreshold fresh in condition.Tokens.Where(threshold => threshold is { IsLower: true, Basis: TokenBasis.FreshInput }))
        {
            foreach (TokenThreshold total in condition.Tokens.Where(one => one is { IsLower: false, Basis: TokenBasis.TotalInput }))
            {
                if (TokenInterval.First(fresh) > TokenInterval.Last(total))
                {
                    faults.Add(
                        path,
                        $"{fresh}, {total}",
                        "holds for no number of tokens.",
                        "Fresh input is a part of the total, so it is never more.");
                }
            }
        }

        foreach (string name in condition.Attributes.Keys.Where(string.IsNullOrWhiteSpace))
        {
            faults.Add($"{path}:Attributes", name, "is not the name of an attribute.", "Name the attribute, such as quality.");
        }

        foreach (string region in condition.Regions.Where(region => !RegionPatterns.IsValid(region)))
        {
            faults.Add(
                $"{path}:Region",
                region,
                "is not a region.",
                "Write a name, a beginning such as eu-*, or * for any region; ! in front leaves out.");
        }

        if (!condition.Regions.IsEmpty && condition.Regions.All(RegionPatterns.IsLeftOut))
        {
            faults.Add(
                $"{path}:Region",
                string.Join(", ", condition.Regions),
                "only leaves regions out.",
                "Add the regions that they are left out of, such as *.");
        }

        else if (!condition.Regions.IsEmpty
            && condition.Regions.All(name => RegionPatterns.IsLeftOut(name) || IsLeftOutWhole(condition.Regions, name)))
        {
            faults.Add(
                $"{path}:Region",
                string.Join(", ", condition.Regions),
                "leaves out every region that it names.",
                "Remove what is left out, or name more.");
        }

        ValidateWindows($"{path}:Daily", condition.Schedule?.Daily ?? []);
    }

    private static bool IsBeyondAnyCount(TokenThreshold threshold) => threshold.IsLower
        ? threshold is { Comparison: ThresholdComparison.Above, Tokens: long.MaxValue }
        : TokenInterval.Last(threshold) < 0;

    /// <summary>Whether all regions of a name are left out by another one: itself, or a beginning of it.</summary>
    private static bool IsLeftOutWhole(ImmutableArray<string> names, string name) => names.Where(RegionPatterns.IsLeftOut).Any(other =>
        other.AsSpan(1).Equals(name, StringComparison.OrdinalIgnoreCase)
        || (other.EndsWith('*') && name.AsSpan().TrimEnd('*').StartsWith(other.AsSpan(1..^1), StringComparison.OrdinalIgnoreCase)
            && !name.Equals(RegionPatterns.Global, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Walks the windows by their beginning, on a clock that wraps at midnight: each is compared with the one that ends
    /// last.</summary>
    private void ValidateWindows(string path, ImmutableArray<DailyWindow> windows)
    {
        (DailyWindow Window, int Index)[] ordered =
            [.. windows.Select((window, index) => (window, index)).OrderBy(pair => pair.window.StartTicks)];
        if (ordered.Length < 2)
        {
            return;
        }

        (DailyWindow Window, int Index) last = ordered[0];
        foreach ((DailyWindow Window, int Index) next in ordered.Skip(1))
        {
            Compare(last, next, shift: 0);
            last = next.Window.EndTicks > last.Window.EndTicks ? next : last;
        }

        foreach ((DailyWindow Window, int Index) next in ordered)
        {
            Compare(last, next, shift: TimeSpan.TicksPerDay);
        }

        void Compare((DailyWindow Window, int Index) before, (DailyWindow Window, int Index) after, long shift)
        {
            if (before.Index != after.Index && after.Window.StartTicks + shift < before.Window.EndTicks)
            {
                (DailyWindow earlier, DailyWindow later) = before.Index < after.Index
                    ? (before.Window, after.Window)
                    : (after.Window, before.Window);
                faults.Add(
                    $"{path}:{Math.Max(before.Index, after.Index)}",
                    later.ToString(),
                    $"overlaps {earlier}.",
                    "Windows of one rule must not overlap; merge them.");
            }
        }
    }
}
