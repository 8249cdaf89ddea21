using System.Numerics;

namespace LlmCostModel;

/// <summary>The price of one meter under one combination of rules, and where it comes from; as <see cref="ResolvedRate"/>.</summary>
internal readonly record struct ResolvedUnitPrice(UnitPrice? Price, int SetBy, ulong Multipliers, int BlockedBy)
{
    internal bool IsKnown => Price is not null && BlockedBy < 0;

    internal Rational Factor(CompiledRule[] rules)
    {
        Rational factor = Rational.From(1);
        for (ulong bits = Multipliers; bits != 0; bits &= bits - 1)
        {
            factor *= Rational.From(rules[BitOperations.TrailingZeroCount(bits)].Rule.Multiply!.Value);
        }

        return factor;
    }
}
