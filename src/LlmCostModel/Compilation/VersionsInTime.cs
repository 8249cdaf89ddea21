namespace LlmCostModel;

/// <summary>Versions of a model's prices by their beginning, for finding the one in force by halving.</summary>
internal sealed class VersionsInTime
{
    private readonly CompiledVersion[] _versions;
    private readonly long[] _starts;
    private readonly long[] _ends;

    /// <param name="versions">The versions, ordered by their beginning.</param>
    internal VersionsInTime(CompiledVersion[] versions)
    {
        _versions = versions;
        _starts = [.. versions.Select(version => version.Version.From?.UtcTicks ?? 0)];
        _ends = [.. versions.Select(version => version.Version.Until?.UtcTicks ?? long.MaxValue)];
    }

    /// <summary>The last version that has begun; <see langword="null"/> when none has, or that one has ended.</summary>
    internal CompiledVersion? Find(long utcTicks)
    {
        int begun = 0;
        int end = _starts.Length;
        if (end > 0 && utcTicks >= _starts[end - 1])
        {
            begun = end; // Most calls are made now.
        }

        while (begun < end)
        {
            int middle = (begun + end) >> 1;
            (begun, end) = utcTicks >= _starts[middle] ? (middle + 1, end) : (begun, middle);
        }

        return begun > 0 && utcTicks < _ends[begun - 1] ? _versions[begun - 1] : null;
    }
}
