namespace LlmCostModel;

/// <summary>One term of a call's cost.</summary>
public sealed record ReceiptLine
{
    /// <summary>Gets what is charged: the name of a token bucket or a meter, or <c>MinimumCharge</c>, <c>PercentFee</c>, <c>FixedFee</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the token bucket; <see langword="null"/> when the line is not for tokens.</summary>
    public TokenBucket? Bucket { get; init; }

    /// <summary>Gets the quantity that is billed, in <see cref="Unit"/>s.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Gets the unit: <c>token</c>, the name of the meter, <c>call</c>, or the currency that a percentage is taken of.</summary>
    public required string Unit { get; init; }

    /// <summary>Gets the final price of <see cref="Per"/> units, all rules applied; for a percentage, the percent.</summary>
    public required decimal Rate { get; init; }

    /// <summary>Gets for how many units <see cref="Rate"/> is.</summary>
    public required decimal Per { get; init; }

    /// <summary>Gets the exact amount: quantity times rate divided by per.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Gets whether <see cref="Amount"/> has decimals that never end and is rounded half to even at the 28th.</summary>
    public bool IsRounded { get; init; }

    /// <summary>Gets the bucket whose price it is, when the pricing says that this one is billed as another; otherwise <see langword="null"/>.</summary>
    public TokenBucket? BilledAs { get; init; }

    /// <summary>Gets the names of the rules behind the rate, in order of application; empty for a base price.</summary>
    public IReadOnlyList<string> Rules { get; init => field = value ?? []; } = [];

    /// <summary>Gets the name of the rate card.</summary>
    public required string RateCard { get; init; }

    /// <summary>Gets the page that states the price; <see langword="null"/> when there is none.</summary>
    public string? Source { get; init; }
}
