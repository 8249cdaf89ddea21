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

        ValidateWindows($"{path}:Daily", condition.Schedule?.Daily ?? []);
    }

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
