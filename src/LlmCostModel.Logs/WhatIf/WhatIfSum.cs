using System.Text;

namespace LlmCostModel.Logs;

/// <summary>What some calls cost, and what they would have.</summary>
public sealed class WhatIfSum
{
    private MoneySum _actual;
    private MoneySum _would;

    internal WhatIfSum(IReadOnlyList<KeyValuePair<string, string?>> key) => Key = key;

    /// <summary>Gets what the calls have in common, see <see cref="SummaryGroup.Key"/>; empty for the sum of all.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Key { get; }

    /// <summary>Gets how many calls have both a cost and an answer: only these are summed up.</summary>
    public long Calls { get; private set; }

    /// <summary>Gets what these calls cost.</summary>
    public Money Actual => _actual.Value!.Value;

    /// <summary>Gets what the same calls would have cost.</summary>
    public Money Would => _would.Value!.Value;

    /// <summary>Gets how much more they would have cost, negative for less; <see langword="null"/> when the two are in different
    /// currencies.</summary>
    public Money? Difference => Actual.Currency == Would.Currency ? Would - Actual : null;

    /// <summary>Gets how many times as much they would have cost, with 6 decimals; <see langword="null"/> when they cost nothing, or the
    /// two are in different currencies.</summary>
    public decimal? Ratio => Difference is null || Actual.Amount == 0 ? null : decimal.Round(Would.Amount / Actual.Amount, 6);

    internal bool Has(string actual, string would) => _actual.Currency == actual && _would.Currency == would;

    internal void Add(long calls, Money actual, Money would)
    {
        (MoneySum cost, MoneySum answer) = (_actual, _would);
        cost.Add(actual);
        answer.Add(would);
        (Calls, _actual, _would) = (checked(Calls + calls), cost, answer);
    }

    /// <summary>Shows calls and amounts in the invariant culture.</summary>
    /// <returns>Such as <c>12 calls: 0.3 USD, would be 0.02 USD</c>.</returns>
    public override string ToString()
    {
        StringBuilder text = new();
        foreach ((string name, string? value) in Key)
        {
            text.Append(name).Append(' ').Append(value ?? "(none)").Append(", ");
        }

        return VisibleText.OneLine($"{text}{AmountFormat.ToText(Calls)} {(Calls == 1 ? "call" : "calls")}: {Actual}, would be {Would}");
    }
}
