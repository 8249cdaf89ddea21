namespace LlmCostModel.Planning;

/// <summary>The buckets that written tokens are billed in.</summary>
internal static class WriteBuckets
{
    /// <summary>Returns the bucket, or <see langword="null"/> where writes are plain input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bucket is not a cache write.</exception>
    internal static TokenBucket? Require(TokenBucket? bucket, string name)
    {
        if (bucket is null || TokenBuckets.CacheWrites.Contains(bucket.Value))
        {
            return bucket;
        }

        string known = $"{string.Join(", ", TokenBuckets.CacheWrites[..^1])} or {TokenBuckets.CacheWrites[^1]}";
        string message = $"Written tokens are billed in {known}. Use null where writes are plain input.";
        throw new ArgumentOutOfRangeException(name, bucket, message);
    }
}
