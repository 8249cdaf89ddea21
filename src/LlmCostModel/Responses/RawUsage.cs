using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>What a body states, as it states it. One lives on the stack per body; a stream merges those of its events.</summary>
internal struct RawUsage
{
    private StatedValues _values;
    private ulong _present;

    internal ApiEvidence Marks;

    /// <summary>Tool calls counted in the output, by their meter; they stand in for counts that the usage block leaves out.</summary>
    internal MeterCounts ItemCounts;
    internal CallIdentity Identity;
    internal string? Model;
    internal string? ServedBy;

    /// <summary>What the attempt that answered consumed, as the list of attempts has it.</summary>
    internal TokenUsage? ServedUsage;
    internal string? Tier;

    /// <summary>How long the cache keeps what the call wrote, as far as that is not the provider's default.</summary>
    internal TimedWrite? Kept;
    internal string? UnknownTimeToLive;
    internal string? Speed;
    internal string? Region;
    internal DateTimeOffset? At;
    internal decimal? Cost;
    internal string? CostCurrency;
    internal decimal? Upstream;
    internal decimal? Seconds;

    /// <summary>How long something took, or is: audio where the body is a transcription.</summary>
    internal decimal? Duration;
    internal string? MissReason;
    internal string? TranscriptionModel;
    internal CallAttributeTexts Attributes;

    /// <summary>Calls within the call that the top-level counts leave out.</summary>
    internal List<NestedCall>? Nested;
    internal string? UnknownIteration;
    internal bool HasIterations;

    internal readonly long this[StatedCount stated] => _values[(int)stated];

    internal readonly bool Has(StatedCount stated) => (_present & (1UL << (int)stated)) != 0;

    internal readonly bool Has(ApiEvidence marks) => (Marks & marks) != 0;

    internal void Set(StatedCount stated, long value)
    {
        _values[(int)stated] = value;
        _present |= 1UL << (int)stated;
    }

    /// <summary>Takes over what a later event states; what it does not state stays.</summary>
    internal void Merge(in RawUsage later)
    {
        for (int i = 0; i < (int)StatedCount.Count; i++)
        {
            if (later.Has((StatedCount)i))
            {
                Set((StatedCount)i, later[(StatedCount)i]);
            }
        }

        ItemCounts = later.Has(ApiEvidence.Usage) ? later.ItemCounts : ItemCounts;
        Marks |= later.Marks;
        Identity = Identity.Or(in later.Identity);
        Model = later.Model ?? Model;
        ServedBy = later.ServedBy ?? ServedBy;
        ServedUsage = later.ServedUsage ?? ServedUsage;
        Tier = later.Tier ?? Tier;
        Kept = later.Kept ?? Kept;
        UnknownTimeToLive = later.UnknownTimeToLive ?? UnknownTimeToLive;
        Speed = later.Speed ?? Speed;
        Region = later.Region ?? Region;
        At ??= later.At;
        Cost = later.Cost ?? Cost;
        CostCurrency = later.CostCurrency ?? CostCurrency;
        Upstream = later.Upstream ?? Upstream;
        Seconds = later.Seconds ?? Seconds;
        MissReason = later.MissReason ?? MissReason;
        TranscriptionModel = later.TranscriptionModel ?? TranscriptionModel;
        Attributes = later.Attributes.IsEmpty ? Attributes : later.Attributes;
        if (later.HasIterations)
        {
            (Nested, UnknownIteration, HasIterations) = (later.Nested, later.UnknownIteration, true);
        }
    }

    [InlineArray((int)StatedCount.Count)]
    private struct StatedValues
    {
        private long _first;
    }
}
