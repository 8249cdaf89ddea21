namespace LlmCostModel.Logs;

/// <summary>What all calls cost in one currency.</summary>
public sealed class SummaryTotal
{
    internal SummaryTotal(Money total, long partial, long unpriced) => (Total, Partial, Unpriced) = (total, partial, unpriced);

    /// <summary>Gets the exact sum; a lower bound unless <see cref="IsComplete"/>.</summary>
    public Money Total { get; }

    /// <summary>Gets how many calls of the sum are priced only in part.</summary>
    public long Partial { get; }

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
        return IsComplete ? Total.ToString() : $"at least {Total} ({string.Join(", ", missing)})";
    }
}
