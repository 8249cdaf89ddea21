namespace LlmCostModel;

/// <summary>One term of a call's cost; rules are indices and bits of the version.</summary>
internal readonly record struct CalculatedLine
{
    internal const string MinimumCharge = "MinimumCharge";

    internal const string PercentFee = "PercentFee";

    internal const string FixedFee = "FixedFee";

    internal required string Name { get; init; }

    internal TokenBucket? Bucket { get; init; }

    internal required decimal Quantity { get; init; }

    internal required string Unit { get; init; }

    internal required decimal Rate { get; init; }

    internal required decimal Per { get; init; }

    internal required decimal Amount { get; init; }

    internal bool IsRounded { get; init; }

    internal required int SetBy { get; init; }

    internal ulong Modifiers { get; init; }

    internal TokenBucket? PricedAs { get; init; }
}
