namespace LlmCostModel.Logs;

/// <summary>One row: the charges of a period for one meter at one price.</summary>
internal sealed class FocusRow(FocusKey key)
{
    private FocusSums _sums;

    public FocusKey Key => key;

    public ref FocusSums Sums => ref _sums;

    public decimal Cost => _sums.Cost.ToDecimal(out _);

    public decimal ListCost => _sums.ListCost.ToDecimal(out _);

    /// <summary>What was consumed; null for what is taken of other charges.</summary>
    public decimal? Consumed => key.Units is null ? null : _sums.Quantity.ToDecimal(out _);

    /// <summary>In how many units the price is: as the card has it where the quantity divides evenly, otherwise one.</summary>
    public decimal Per => IsWhole ? key.Per : 1;

    /// <summary>The quantity in units of the price.</summary>
    public decimal? Priced => Consumed is { } quantity ? Quotient(quantity, Per) : null;

    public decimal? UnitPrice => UnitPriceOf(key.Rate);

    public decimal? ListUnitPrice => UnitPriceOf(key.ListRate);

    /// <summary>Whether a decimal does not hold all digits, so that unit price times quantity is not the cost to its last one.</summary>
    public bool IsRounded => Priced is { } quantity && (!Is(UnitPrice, quantity, Cost) || !Is(ListUnitPrice, quantity, ListCost));

    private bool IsWhole
    {
        get
        {
            (Rational.From(_sums.Quantity.ToDecimal(out bool exact)) / Rational.From(key.Per)).ToDecimal(out bool divides);
            return exact && divides;
        }
    }

    private decimal? UnitPriceOf(decimal rate) => key.Units is null ? null : Quotient(rate, key.Per / Per);

    private static decimal Quotient(decimal dividend, decimal divisor) =>
        (Rational.From(dividend) / Rational.From(divisor)).ToDecimal(out _);

    private static bool Is(decimal? price, decimal quantity, decimal cost) =>
        (Rational.From(price!.Value) * Rational.From(quantity) - Rational.From(cost)).Numerator.IsZero;
}

/// <summary>The sums of a row. A copy goes its own way, so that a call is added wholly or not at all.</summary>
internal struct FocusSums
{
    public ExactSum Quantity;
    public ExactSum Cost;
    public ExactSum ListCost;
    public long Calls;

    /// <exception cref="OverflowException">No decimal is as large.</exception>
    public void Add(in FocusCharge charge)
    {
        Quantity.Add(charge.Quantity);
        Cost.Add(charge.Cost);
        ListCost.Add(charge.ListCost);
        Calls = checked(Calls + charge.Calls);
        _ = (Quantity.ToDecimal(out _), Cost.ToDecimal(out _), ListCost.ToDecimal(out _));
    }
}
