using System.Collections.Immutable;
using System.Text;

namespace LlmCostModel;

/// <summary>Cache writes whose time to live a response states: their bucket, the slot of the same name, and how providers write the time.</summary>
internal sealed class TimedWrite
{
    private readonly byte[] _utf8;

    private TimedWrite(TokenBucketInfo row)
    {
        Bucket = row.Bucket;
        Slot = Enum.Parse<Slot>(row.Name);
        TimeToLive = row.Name[nameof(TokenBucket.CacheWrite).Length..];
        _utf8 = Encoding.UTF8.GetBytes(TimeToLive);
    }

    internal static ImmutableArray<TimedWrite> All { get; } =
        [.. TokenBuckets.All.Where(row => row.TimeToLive is not null).Select(row => new TimedWrite(row))];

    internal TokenBucket Bucket { get; }

    internal Slot Slot { get; }

    /// <summary>Such as <c>5m</c> or <c>1h</c>.</summary>
    internal string TimeToLive { get; }

    internal ReadOnlySpan<byte> Utf8TimeToLive => _utf8;
}
