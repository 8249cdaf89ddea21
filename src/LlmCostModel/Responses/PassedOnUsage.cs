namespace LlmCostModel;

/// <summary>Reads what a library says of a call beside what it passes on: the provider's own usage, which says more than the library's
/// counts, and the sum of all calls of a run.</summary>
internal static class PassedOnUsage
{
    private const string WritesAreLost = "The sum of all calls does not say what they wrote to the cache.";

    internal static UsageReading Build(in RawUsage raw, ApiFormat api, bool isFinal)
    {
        RawUsage library = raw;
        (library.Own, library.Whole) = (null, null);
        if (raw.Whole is { HasCounts: true } whole && !raw.Has(ApiEvidence.Step) && !IsSame(in raw, in whole.Raw))
        {
            library.TakeCounts(in whole.Raw, isOfProvider: false);
            library.Marks |= ApiEvidence.Sum;
            UsageReading sum = ReadingBuilder.BuildOne(in library, api, isFinal);
            return raw.Has(ApiEvidence.CacheApart) ? Doubt(in sum, WritesAreLost) : sum;
        }

        bool isAlone = ApiDetector.Family(in library) == 0;
        if (raw.Own is { HasCounts: true } own && (isAlone || api == ApiFormat.Detect))
        {
            RawUsage provider = library;
            provider.TakeCounts(in own.Raw, isOfProvider: true);
            if (isAlone)
            {
                return ReadingBuilder.BuildOne(in provider, api, isFinal);
            }

            if (TryBuild(in provider, isFinal) is { Usage: { } theirs } reading)
            {
                return TryBuild(in library, isFinal) is { Usage: { } counted }
                    && Contradict(in counted, in theirs)
                        ? Doubt(in reading, UsageErrors.CountsDiffer(counted, theirs))
                        : reading;
            }
        }

        return ReadingBuilder.BuildOne(in library, api, isFinal);
    }

    private static bool IsSame(in RawUsage one, in RawUsage other) =>
        one.Has(StatedCount.Input)
        && (one[StatedCount.Input], one[StatedCount.Output]) == (other[StatedCount.Input], other[StatedCount.Output]);

    /// <summary>Libraries leave out parts of the input, such as what was written to a cache; that is no contradiction.</summary>
    private static bool Contradict(in TokenUsage library, in TokenUsage provider) =>
        library.TotalOutput != provider.TotalOutput
        || (library.TotalInput != provider.TotalInput && library.Input != provider.Input);

    private static UsageReading Doubt(in UsageReading reading, string doubt)
    {
        UsageStatus status = reading.Status;
        string? reason = ShortfallFinder.AddDoubts(reading.Reason, doubt, null, ref status);
        return reading with { Status = status, Reason = reason };
    }

    /// <summary>What one of the two blocks says; <see langword="null"/> when it cannot be read by itself.</summary>
    private static UsageReading? TryBuild(in RawUsage raw, bool isFinal)
    {
        try
        {
            return ReadingBuilder.BuildOne(in raw, ApiFormat.Detect, isFinal);
        }
        catch (UsageFormatException)
        {
            return null;
        }
    }
}
