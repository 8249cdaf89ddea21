namespace LlmCostModel.Planning;

/// <summary>What caching makes of the price of input, as a multiple of the price of plain input.</summary>
public static class CacheMultiplier
{
    /// <summary>The multiplier of steady traffic in which what is not read is written.</summary>
    /// <param name="hitRate">The share of the prompt tokens that is read, 0 to 1.</param>
    /// <param name="write">The multiplier of a cache write.</param>
    /// <param name="read">The multiplier of a cache read.</param>
    /// <returns><c>r h + w (1 - h)</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static decimal ComputeForHitRate(decimal hitRate, decimal write, decimal read)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hitRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hitRate, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(write);
        ArgumentOutOfRangeException.ThrowIfNegative(read);
        return (read * hitRate) + (write * (1 - hitRate));
    }

    /// <summary>The multiplier of many calls over one prefix, of which the first is awaited before the others start.</summary>
    /// <param name="calls">The number of calls, at least 1.</param>
    /// <param name="write">The multiplier of a cache write.</param>
    /// <param name="read">The multiplier of a cache read.</param>
    /// <returns><c>w + (N - 1) r</c>: of all calls together, where without a cache it would be N and, when none is awaited, N w.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static decimal ComputeForFanOut(int calls, decimal write, decimal read)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(calls, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(write);
        ArgumentOutOfRangeException.ThrowIfNegative(read);
        return write + ((calls - 1) * read);
    }

    /// <summary>From which length on a prefix is worth padding to the minimum of the cache.</summary>
    /// <param name="minimumTokens">The minimum, in tokens.</param>
    /// <param name="calls">How many calls share the prefix, at least 1.</param>
    /// <param name="write">The multiplier of a cache write.</param>
    /// <param name="read">The multiplier of a cache read.</param>
    /// <returns>The length in tokens, <c>M (r + (w - r) / N)</c>, correct to 28 digits.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static decimal FindPaddingLength(long minimumTokens, int calls, decimal write, decimal read)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minimumTokens);
        return (Rational.From(minimumTokens) * Rational.From(ComputeForFanOut(calls, write, read)) / Rational.From(calls)).ToDecimal(out _);
    }
}
