namespace LlmCostModel.Planning;

/// <summary>One equation, <c>F1 + v1 x = F2 + v2 x</c>, and the questions it answers.</summary>
/// <remarks>
/// Multipliers are relative to the price of plain input: a cache write of 1.25 costs a quarter more than plain input, a read of 0.1 a tenth
/// of it.
/// Units are whatever the question counts; every result is exact until it is written as a <see cref="decimal"/>.
/// </remarks>
public static partial class BreakEven
{
    /// <summary>Finds where two options cost the same.</summary>
    /// <param name="first">The option that is given up.</param>
    /// <param name="second">The option that is taken instead.</param>
    /// <param name="unit">What is counted, such as <c>requests</c>.</param>
    /// <param name="kind">Whether that is counted, or is a share, which is never above 1.</param>
    /// <param name="limit">The most units there can be; <see langword="null"/> for no limit, and 1 for a share.</param>
    /// <returns>The point.</returns>
    /// <exception cref="ArgumentException"><paramref name="unit"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is negative, or above 1 for a share.</exception>
    public static BreakEvenPoint Find(
        LinearCost first,
        LinearCost second,
        string unit = "units",
        BreakEvenKind kind = BreakEvenKind.Count,
        decimal? limit = null) => new(first, second, unit, kind, limit);

    /// <summary>How many requests must share a prefix before caching it pays: the first writes it, the others read it.</summary>
    /// <param name="write">The multiplier of a cache write.</param>
    /// <param name="read">The multiplier of a cache read.</param>
    /// <returns>The point, in requests: <c>(w - r) / (1 - r)</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A multiplier is negative.</exception>
    public static BreakEvenPoint FindCacheRequests(decimal write, decimal read)
    {
        CheckMultipliers(write, read);
        return Find(Uncached(perUnit: 1), Cached(write - read, read), "requests");
    }

    /// <summary>How many reads each write must serve before caching pays.</summary>
    /// <inheritdoc cref="FindCacheRequests" path="/param"/>
    /// <returns>The point, in reads per write: <c>(w - 1) / (1 - r)</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A multiplier is negative.</exception>
    public static BreakEvenPoint FindCacheReadsPerWrite(decimal write, decimal read)
    {
        CheckMultipliers(write, read);
        return Find(Uncached(perUnit: 1) with { Fixed = 1 }, Cached(write, read), "reads per write", BreakEvenKind.Ratio);
    }

    /// <summary>Which hit rate caching needs in steady traffic, where what is not read is written.</summary>
    /// <param name="write">The multiplier of a cache write.</param>
    /// <param name="read">The multiplier of a cache read.</param>
    /// <param name="instead">The multiplier of what is given up: 1 for no caching, 0.5 for a batch at half price without caching.</param>
    /// <returns>The point, as a share of the prompt tokens: <c>(w - b) / (w - r)</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A multiplier is negative.</exception>
    public static BreakEvenPoint FindCacheHitRate(decimal write, decimal read, decimal instead = 1)
    {
        CheckMultipliers(write, read);
        ArgumentOutOfRangeException.ThrowIfNegative(instead);
        return Find(
            Uncached(perUnit: 0) with { Fixed = instead },
            Cached(write, read - write),
            "share of the prompt tokens",
            BreakEvenKind.Share);
    }

    /// <summary>How many requests (pings) may be spent on keeping an entry alive until it is wanted, before writing it again would have
    /// been cheaper.</summary>
    /// <remarks>A ping counts its reads only: add its own uncached tokens and answer to <paramref name="read"/> where they
    /// matter.</remarks>
    /// <inheritdoc cref="FindCacheRequests" path="/param"/>
    /// <returns>The point, in pings: <c>(w - r) / r</c>; below it, keeping alive is cheaper.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A multiplier is negative.</exception>
    public static BreakEvenPoint FindKeepAlivePings(decimal write, decimal read)
    {
        CheckMultipliers(write, read);
        return Find(Rewritten with { Fixed = write }, KeptAlive(read), "pings");
    }

    /// <summary>How likely the entry must be wanted within the next time to live for one more keep-alive ping to pay.</summary>
    /// <inheritdoc cref="FindCacheRequests" path="/param"/>
    /// <returns>The point, as a probability: <c>r / (w - r)</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A multiplier is negative.</exception>
    public static BreakEvenPoint FindKeepAliveProbability(decimal write, decimal read)
    {
        CheckMultipliers(write, read);

        // Letting it go costs w when it is wanted. A ping costs r now, and r when it is wanted.
        return Find(Rewritten with { PerUnit = write }, KeptAlive(read), "probability", BreakEvenKind.Share);
    }

    /// <summary>How many calls a cache whose storage is billed by the hour needs: making it costs plain input once, each call reads
    /// it.</summary>
    /// <param name="inputPerMillion">The price of plain input per 1,000,000 tokens.</param>
    /// <param name="readPerMillion">The price of a cache read per 1,000,000 tokens.</param>
    /// <param name="storagePerMillionHour">The price of storing 1,000,000 tokens for an hour.</param>
    /// <param name="hours">How long it is kept.</param>
    /// <returns>The point, in calls: <c>(p + s H) / (p - c)</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A price or the time is negative.</exception>
    public static BreakEvenPoint FindCacheStorageCalls(
        decimal inputPerMillion,
        decimal readPerMillion,
        decimal storagePerMillionHour,
        decimal hours)
    {
        CheckStorage(inputPerMillion, readPerMillion, storagePerMillionHour);
        ArgumentOutOfRangeException.ThrowIfNegative(hours);
        return Find(
            Uncached(inputPerMillion),
            Cached(inputPerMillion + (storagePerMillionHour * hours), readPerMillion),
            "calls");
    }

    /// <summary>How many calls an hour a cache needs whose storage is billed by the hour, once making it no longer matters.</summary>
    /// <inheritdoc cref="FindCacheStorageCalls" path="/param"/>
    /// <returns>The point, in calls per hour: <c>s / (p - c)</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A price is negative.</exception>
    public static BreakEvenPoint FindCacheStorageCallsPerHour(
        decimal inputPerMillion,
        decimal readPerMillion,
        decimal storagePerMillionHour)
    {
        CheckStorage(inputPerMillion, readPerMillion, storagePerMillionHour);
        return Find(Uncached(inputPerMillion), Cached(storagePerMillionHour, readPerMillion), "calls an hour", BreakEvenKind.Ratio);
    }

    private static readonly LinearCost Rewritten = new() { Name = "written again" };

    private static LinearCost Uncached(decimal perUnit) => new() { Name = "uncached", PerUnit = perUnit };

    private static LinearCost Cached(decimal once, decimal perUnit) => new() { Name = "cached", Fixed = once, PerUnit = perUnit };

    private static LinearCost KeptAlive(decimal read) => new() { Name = "kept alive", Fixed = read, PerUnit = read };

    private static void CheckMultipliers(decimal write, decimal read)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(write);
        ArgumentOutOfRangeException.ThrowIfNegative(read);
    }

    private static void CheckStorage(decimal input, decimal read, decimal storage)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(input);
        ArgumentOutOfRangeException.ThrowIfNegative(read);
        ArgumentOutOfRangeException.ThrowIfNegative(storage);
    }
}
