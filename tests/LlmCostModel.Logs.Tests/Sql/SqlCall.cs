namespace LlmCostModel.Logs.Tests.Sql;

/// <summary>A row of the table of calls.</summary>
internal sealed record SqlCall
{
    public string? Id { get; init; }

    public string? Parent { get; init; }

    public string? Model { get; init; }

    public string? Provider { get; init; }

    public DateTime? At { get; init; }

    public string? Tier { get; init; }

    public string? Region { get; init; }

    /// <summary>The counts in the order of <see cref="TokenBuckets.All"/>.</summary>
    public long?[] Counts { get; init; } = new long?[TokenBuckets.All.Length];

    public bool IsEmpty => Array.TrueForAll(Counts, count => count is null);

    public TokenUsage Usage => TokenBuckets.All.Zip(Counts).Aggregate(
        default(TokenUsage), (usage, pair) => usage.With(pair.First.Bucket, pair.Second ?? 0));

    /// <summary>A call with counts of some buckets.</summary>
    public static SqlCall Of(string model, string? at, params (TokenBucket Bucket, long Count)[] counts)
    {
        SqlCall call = new() { Model = model, At = at is null ? null : Instant(at) };
        foreach ((TokenBucket bucket, long count) in counts)
        {
            call.Counts[TokenBuckets.All.Select(row => row.Bucket).ToList().IndexOf(bucket)] = count;
        }

        return call;
    }

    public static DateTime Instant(string text) => DateTimeOffset.Parse(
        text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal).UtcDateTime;

    /// <summary>The same call for the library, as a usage record states it.</summary>
    public ModelCall ToModelCall() => ModelCall.FromUsage(Model!, Usage) is var call ? call with
    {
        Reading = call.Reading with
        {
            Served = new CallContext
            {
                At = At is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null,
                Provider = Provider,
                Region = Region,
                Tier = Tier,
                Batch = Tier?.Equals("batch", StringComparison.OrdinalIgnoreCase),
            },
        },
    } : call;
}

/// <summary>What a view says of a call.</summary>
internal sealed record SqlCost(string? Id, string Status, decimal? Total, string? Currency, string? Reason);
