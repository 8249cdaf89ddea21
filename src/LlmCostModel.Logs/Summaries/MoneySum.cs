namespace LlmCostModel.Logs;

/// <summary>An exact sum of amounts of one currency; a copy goes its own way.</summary>
internal struct MoneySum
{
    private ExactSum _sum;

    /// <summary>The sum; <see langword="null"/> when nothing was added.</summary>
    public Money? Value { get; private set; }

    /// <exception cref="OverflowException">No decimal is as large.</exception>
    public void Add(Money amount)
    {
        _sum.Add(amount.Amount);
        Value = amount with { Amount = _sum.ToDecimal(out _) };
    }
}
