namespace LlmCostModel;

/// <summary>What time alone decides of a model's prices. Where it is equal, so is the price of every call.</summary>
/// <param name="Version">The version in force; <see langword="null"/> when none is.</param>
/// <param name="Rules">Those of its rules whose dates and hours hold, one bit by index.</param>
internal readonly record struct PriceMoment(CompiledVersion? Version, ulong Rules)
{
    /// <summary>The names of the rules, in the order of their application.</summary>
    internal IReadOnlyList<string> NamesOfRules()
    {
        List<string> names = [];
        for (int i = 0; i < 64 && Rules >> i != 0; i++)
        {
            if ((Rules & (1ul << i)) != 0)
            {
                names.Add(Version!.Rules[i].Rule.Name);
            }
        }

        return names;
    }
}
