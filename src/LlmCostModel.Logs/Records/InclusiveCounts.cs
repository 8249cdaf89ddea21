namespace LlmCostModel.Logs;

/// <summary>Makes counts disjoint of which the input holds the cache, and the output the reasoning.</summary>
internal static class InclusiveCounts
{
    /// <summary>Makes them, and says by the names of the log what cannot be.</summary>
    /// <exception cref="FormatException">A part is more than the whole.</exception>
    public static TokenUsage Of(
        (string Name, long Count) input,
        (string Name, long Count) output,
        (string Name, long Count) cacheRead,
        (string Name, long Count) reasoning)
    {
        return cacheRead.Count > input.Count ? throw Fault(cacheRead, input)
            : reasoning.Count > output.Count ? throw Fault(reasoning, output)
            : TokenUsage.FromInclusive(input.Count, output.Count, cacheRead.Count, 0, reasoning.Count);
    }

    private static FormatException Fault((string Name, long Count) part, (string Name, long Count) whole) => new(
        FormattableString.Invariant($"{part.Name} is {part.Count}, more than {whole.Name}, which is {whole.Count} and holds it."));
}
