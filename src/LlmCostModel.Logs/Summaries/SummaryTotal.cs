namespace LlmCostModel.Logs;

/// <summary>What all calls cost in one currency.</summary>
public sealed class SummaryTotal
{
    internal SummaryTotal(Money total, IEnumerable<SummaryGroup> groups, long unpriced)
    {
        (Total, Unpriced) = (total, unpriced);
        foreach (SummaryGroup group in groups)
        {
            (Partial, InDoubt) = (Partial + group.Partial, InDoubt + group.InDoubt);
        }
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

    /// <summary>Gets whether every call is in the sum with all that it cost.</summary>
    public bool IsComplete => Partial == 0 && Unpriced == 0;

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
