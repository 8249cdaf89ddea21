using System.Numerics;

namespace LlmCostModel;

/// <summary>The price of one bucket under one combination of rules, and where it comes from. Rules are bits by their index in the version.</summary>
internal readonly record struct ResolvedRate
{
    /// <summary>The price before factors, per 1,000,000 tokens; <see langword="null"/> when it is not known.</summary>
    internal decimal? PerMillion { get; init; }

    /// <summary>The index of the rule that set it, -1 for the base price.</summary>
    internal int SetBy { get; init; }

    /// <summary>The rules that multiply it.</summary>
    internal ulong Multipliers { get; init; }

    /// <summary>The rules that add to it.</summary>
    internal ulong Adds { get; init; }

    /// <summary>The bucket whose price it is: another one when the pricing says "billed as".</summary>
    internal TokenBucket PricedAs { get; init; }

    /// <summary>The index of a rule that applies and says that the price is not known, or that might apply but depends on an attribute that is not given; -1 for none.</summary>
    internal int BlockedBy { get; init; }

    internal bool IsKnown => PerMillion is not null && BlockedBy < 0;

    internal bool IsPlain => Multipliers == 0 && Adds == 0;

    /// <summary>The final price per 1,000,000 tokens: times all factors, plus all additions.</summary>
    internal Rational Net(CompiledRule[] rules)
    {
        Rational net = Rational.From(PerMillion.GetValueOrDefault());
        for (ulong bits = Multipliers; bits != 0; bits &= bits - 1)
        {
            net *= Rational.From(rules[BitOperations.TrailingZeroCount(bits)].Rule.Multiply!.Value);
        }

        for (ulong bits = Adds; bits != 0; bits &= bits - 1)
        {
            net += Rational.From(rules[BitOperations.TrailingZeroCount(bits)].Rule.AddPerMillionTokens![PricedAs]!.Value);
        }

        return net;
    }
}
