namespace LlmCostModel.Logs;

/// <summary>What all calls cost in one currency.</summary>
public sealed class SummaryTotal
{
    internal SummaryTotal(IReadOnlyList<SummaryGroup> groups, long unpriced)
    {
        Unpriced = unpriced;
        MoneySum total = default, saved = default, calculated = default, reported = default, covered = default, paid = default;
        IsPaidKnown = true;
        foreach (SummaryGroup group in groups)
        {
            (Partial, InDoubt) = (Partial + group.Partial, InDoubt + group.InDoubt);
            IsPaidKnown &= group.IsPaidKnown;
            Add(ref total, group.Total);
            Add(ref saved, group.CacheSaved);
            Add(ref calculated, group.Drift?.Calculated);
            Add(ref reported, group.Drift?.Reported);
            Add(ref covered, group.Covered);
            Add(ref paid, group.Paid);
        }

        Total = total.Value!.Value;
        (CacheSaved, Covered, Paid) = (saved.Value, covered.Value, paid.Value);
        Drift = reported.Value is { } stated ? new CostDrift { Calculated = calculated.Value!.Value, Reported = stated } : null;
    }

    /// <summary>Gets the exact sum; without what has no price. A lower bound unless <see cref="IsComplete"/> or <see
    /// cref="InDoubt"/>.</summary>
    public Money Total { get; }

    /// <summary>Gets how many calls of the sum are priced only in part.</summary>
    public long Partial { get; }

    /// <summary>Gets how many of <see cref="Partial"/> state counts that may be wrong or lack something, such as how much of the prompt
    /// came from a cache: they may have cost more or less than is summed up.</summary>
    public long InDoubt { get; }

    /// <summary>Gets how many calls have no price, in this currency or in any other.</summary>
    public long Unpriced { get; }

    /// <summary>Gets what a cache saved, see <see cref="SummaryGroup.CacheSaved"/>.</summary>
    public Money? CacheSaved { get; }

    /// <summary>Gets what was calculated and what the log reports, see <see cref="SummaryGroup.Drift"/>.</summary>
    public CostDrift? Drift { get; }

    /// <summary>Gets what pools cover, see <see cref="SummaryGroup.Covered"/>.</summary>
    public Money? Covered { get; }

    /// <summary>Gets what is left to pay, see <see cref="SummaryGroup.Paid"/>.</summary>
    public Money? Paid { get; }

    /// <summary>Gets whether <see cref="Paid"/> is all that is left to pay.</summary>
    public bool IsPaidKnown { get; }

    /// <summary>Gets the part of the sum that a group is, from 0 to 1 with 6 decimals; <see langword="null"/> when the sum is 0, or the
    /// group is in another currency.</summary>
    /// <param name="group">The group.</param>
    public decimal? ShareOf(SummaryGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Total is { } part && part.Currency == Total.Currency && Total.Amount != 0
            ? decimal.Round(part.Amount / Total.Amount, 6)
            : null;
    }

    /// <summary>Gets whether every call is in the sum with all that it cost.</summary>
    public bool IsComplete => Partial == 0 && Unpriced == 0;

    private static void Add(ref MoneySum sum, Money? amount)
    {
        if (amount is { } known)
        {
            sum.Add(known);
        }
    }

    /// <summary>Shows the sum in the invariant culture.</summary>
    /// <returns>Such as <c>at least 3.2 USD (1 call in part, 2 without a price)</c>.</returns>
    public override string ToString()
    {
        string[] missing =
        [
            .. Partial == 0 ? [] : (string[])[$"{AmountFormat.ToText(Partial)} {(Partial == 1 ? "call" : "calls")} in part"],
            .. Unpriced == 0 ? [] : (string[])[$"{AmountFormat.ToText(Unpriced)} {(Unpriced == 1 ? "call" : "calls")} without a price"],
        ];
        return IsComplete ? Total.ToString() : $"{(InDoubt == 0 ? "at least" : "about")} {Total} ({string.Join(", ", missing)})";
    }
}
