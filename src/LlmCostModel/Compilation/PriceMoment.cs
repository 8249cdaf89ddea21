namespace LlmCostModel;

/// <summary>What time alone decides of a model's prices. Where it is equal, so is the price of every call.</summary>
/// <param name="Version">The version in force; <see langword="null"/> when none is.</param>
/// <param name="Rules">Those of its rules whose dates and hours hold.</param>
internal readonly record struct PriceMoment(CompiledVersion? Version, RuleSet Rules)
{
    /// <summary>The names of the rules, in the order of their application.</summary>
    internal IReadOnlyList<string> NamesOfRules()
    {
        List<string> names = [];
        foreach (int index in Rules)
        {
            names.Add(Version!.Rules[index].Rule.Name);
        }

        return names;
    }
}
