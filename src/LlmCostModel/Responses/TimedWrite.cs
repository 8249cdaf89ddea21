using System.Collections.Immutable;
using System.Text;

namespace LlmCostModel;

/// <summary>Cache writes whose time to live a response states: their bucket, the count of the same name, and how providers write the
/// time.</summary>
internal sealed class TimedWrite
{
    private readonly byte[] _utf8;

    private TimedWrite(TokenBucketInfo row, StatedCount stated)
    {
        Bucket = row.Bucket;
        Stated = stated;
        TimeToLive = row.Name[nameof(TokenBucket.CacheWrite).Length..];
        _utf8 = Encoding.UTF8.GetBytes(TimeToLive);
    }

    /// <summary>Those that have a count: a bucket that no response states yet needs none.</summary>
    internal static ImmutableArray<TimedWrite> All { get; } =
    [
        .. from row in TokenBuckets.All
           where row.TimeToLive is not null && Enum.IsDefined(typeof(StatedCount), row.Name)
           select new TimedWrite(row, Enum.Parse<StatedCount>(row.Name)),
    ];

    internal TokenBucket Bucket { get; }

    internal StatedCount Stated { get; }

    /// <summary>Such as <c>5m</c> or <c>1h</c>.</summary>
    internal string TimeToLive { get; }

    internal ReadOnlySpan<byte> Utf8TimeToLive => _utf8;
}
