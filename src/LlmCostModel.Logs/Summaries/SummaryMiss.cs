namespace LlmCostModel.Logs;

/// <summary>What was not read from the cache for one reason, as far as the provider says so.</summary>
public sealed class SummaryMiss
{
    private MoneySum _cost;

    internal SummaryMiss(string reason) => Reason = reason;

    /// <summary>Gets the reason as the provider spells it, see <see cref="CacheMiss.Reason"/>.</summary>
    public string Reason { get; }

    /// <summary>Gets how many calls it concerns.</summary>
    public long Count { get; private set; }

    /// <summary>Gets how many tokens would have been read from the cache, as far as the provider estimates them.</summary>
    public decimal Tokens { get; private set; }

    /// <summary>Gets what the calls cost more for it, see <see cref="PricedCall.CacheMissCost"/>; <see langword="null"/> when it is not known
    /// of any.</summary>
    public Money? Cost => _cost.Value;

    /// <summary>Shows reason, calls and cost in the invariant culture.</summary>
    /// <returns>Such as <c>tools_changed: 3 calls, 15000 tokens, 0.02 USD</c>.</returns>
    public override string ToString() =>
        $"{Reason}: {AmountFormat.ToText(Count)} {(Count == 1 ? "call" : "calls")}, {AmountFormat.ToText(Tokens)} tokens"
        + (Cost is { } cost ? $", {cost}" : "");

    internal void Add(CacheMiss miss, Money? cost)
    {
        Count++;
        Tokens += miss.Tokens ?? 0;
        if (cost is { } amount && (Cost is null || Cost.Value.Currency == amount.Currency))
        {
            _cost.Add(amount);
        }
    }
}
