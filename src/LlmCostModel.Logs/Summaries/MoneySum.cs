namespace LlmCostModel.Logs;

/// <summary>An exact sum of amounts of one currency, which is rounded only when it is read; a copy goes its own way.</summary>
internal struct MoneySum
{
    private ExactSum _sum;

    /// <summary>The currency; <see langword="null"/> when nothing was added.</summary>
    public string? Currency { get; private set; }

    /// <summary>The sum; <see langword="null"/> when nothing was added.</summary>
    public readonly Money? Value => Currency is null ? null : new Money(_sum.ToDecimal(out _), Currency);

    /// <exception cref="OverflowException">No decimal is as large.</exception>
    public void Add(Money amount)
    {
        _sum.Add(amount.Amount);
        if (_sum.IsAtLimit)
        {
            _ = _sum.ToDecimal(out _);
        }

        Currency = amount.Currency;
    }

    /// <exception cref="OverflowException">No decimal is as large.</exception>
    public void Add(in ExactSum amounts, string currency)
    {
        _sum.Add(in amounts);
        Currency = currency;
    }
}
