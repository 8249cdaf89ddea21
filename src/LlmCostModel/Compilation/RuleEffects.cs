namespace LlmCostModel;

/// <summary>What the rules that apply to a call do to one price.</summary>
internal readonly record struct RuleEffects
{
    /// <summary>The rule that sets the price; <see langword="null"/> when the base price stays.</summary>
    internal CompiledRule? SetBy { get; init; }

    /// <summary>The rules that multiply it.</summary>
    internal RuleSet Multipliers { get; init; }

    /// <summary>The rules that add to it.</summary>
    internal RuleSet Adds { get; init; }

    /// <summary>A rule that says that the price is not known, or that may change it but depends on an attribute that is not given;
    /// <see langword="null"/> for none.</summary>
    internal CompiledRule? BlockedBy { get; init; }

    /// <summary>Whether the price is as it was set: nothing multiplies it or adds to it.</summary>
    internal bool IsPlain => Multipliers.IsEmpty && Adds.IsEmpty;

    /// <param name="price">The price as it was set.</param>
    /// <param name="rules">All rules of the version.</param>
    internal Rational Multiply(decimal price, CompiledRule[] rules)
    {
        Rational product = Rational.From(price);
        foreach (int index in Multipliers)
        {
            product *= Rational.From(rules[index].Rule.Multiply!.Value);
        }

        return product;
    }
}
