namespace LlmCostModel.Tests.Usage;

public class TokenUsageTests
{
    [Fact]
    public void FromInclusive_CachedAndReasoning_AreTakenOutOfTheirWholes()
    {
        TokenUsage usage = TokenUsage.FromInclusive(input: 1_000, output: 500, cacheRead: 600, cacheWrite: 100, reasoning: 120);

        Assert.Equal(300, usage.Input); // 1000 - 600 - 100
        Assert.Equal(600, usage.CacheRead);
        Assert.Equal(100, usage.CacheWrite);
        Assert.Equal(380, usage.Output); // 500 - 120
        Assert.Equal(120, usage.Reasoning);
        Assert.Equal(1_000, usage.TotalInput);
        Assert.Equal(500, usage.TotalOutput);
    }

    [Fact]
    public void FromInclusive_Modalities_AreSplitOnce()
    {
        // 1000 in: 400 audio of which 150 cached, 100 image; 350 cached in all, so 200 of text.
        TokenUsage usage = TokenUsage.FromInclusive(input: 1_000, output: 300, cacheRead: 350, reasoning: 10)
            .Move(250, TokenBucket.Input, TokenBucket.AudioInput)
            .Move(150, TokenBucket.CacheRead, TokenBucket.AudioCacheRead)
            .Move(100, TokenBucket.Input, TokenBucket.ImageInput)
            .Move(90, TokenBucket.Output, TokenBucket.AudioOutput);

        Assert.Equal(250, usage.AudioInput);
        Assert.Equal(150, usage.AudioCacheRead);
        Assert.Equal(100, usage.ImageInput);
        Assert.Equal(200, usage.CacheRead);
        Assert.Equal(300, usage.Input); // 1000 - 350 cached - 250 fresh audio - 100 image
        Assert.Equal(200, usage.Output);
        Assert.Equal(1_000, usage.TotalInput);
        Assert.Equal(300, usage.TotalOutput);
    }

    [Fact]
    public void Sums_HoldEveryBucketOfTheirKind()
    {
        TokenUsage usage = new()
        {
            Input = 50,
            CacheRead = 3_000,
            CacheWrite5m = 200,
            CacheWrite30m = 7,
            CacheWrite1h = 500,
            VideoInput = 3,
            VideoCacheRead = 2,
            ImageCacheRead = 1,
            Output = 90,
            Reasoning = 40,
            ImageOutput = 4,
            VideoOutput = 5,
        };

        Assert.Equal(3_763, usage.TotalInput);
        Assert.Equal(707, usage.TotalCacheWrite);
        Assert.Equal(3_003, usage.TotalCacheRead);
        Assert.Equal(53, usage.FreshInput);
        Assert.Equal(139, usage.TotalOutput);
        Assert.Equal(4, usage[TokenBucket.ImageOutput]);
    }

    [Fact]
    public void Default_IsNothing()
    {
        Assert.Equal(0, default(TokenUsage).TotalInput);
        Assert.Equal("no tokens", default(TokenUsage).ToString());
        Assert.Equal(default, TokenUsage.FromInclusive(0, 0));
    }

    /// <summary>Every bucket has a count of its own, so that none is in the place of another.</summary>
    [Fact]
    public void FromCounts_EveryBucket_HasItsCount()
    {
        long[] counts = [.. Enumerable.Range(1, TokenBuckets.Count).Select(i => i * 1_000L)];

        TokenUsage usage = TokenUsage.FromCounts(counts);

        Assert.All(TokenBuckets.All, row => Assert.Equal(1_000L * ((int)row.Bucket + 1), usage[row.Bucket]));
        Assert.Equal(TokenBuckets.Count, TokenBuckets.All.Select(row => usage[row.Bucket]).Distinct().Count());
        Assert.Equal(TokenBuckets.All.Aggregate(default(TokenUsage), (sum, row) => sum.With(row.Bucket, counts[(int)row.Bucket])), usage);
    }

    [Fact]
    public void FromCounts_LeftOutAtTheEnd_IsNothing()
    {
        Assert.Equal(default, TokenUsage.FromCounts([]));
        Assert.Equal(new TokenUsage { Input = 7 }, TokenUsage.FromCounts([7]));
        Assert.Equal(default(TokenUsage).With((TokenBucket)1, long.MaxValue), TokenUsage.FromCounts([0, long.MaxValue]));
    }

    /// <summary>A count below 0 is refused in every place, by the name of its bucket.</summary>
    [Fact]
    public void FromCounts_Negative_ThrowsForEveryBucket() => Assert.All(TokenBuckets.All, row =>
    {
        long[] counts = new long[TokenBuckets.Count];
        counts[(int)row.Bucket] = -1;
        Assert.Equal(row.Name, Assert.Throws<ArgumentOutOfRangeException>(() => TokenUsage.FromCounts(counts)).ParamName);
    });

    [Fact]
    public void FromCounts_MoreThanBuckets_Throws()
    {
        long[] counts = new long[TokenBuckets.Count + 1];

        Assert.Equal(
            FormattableString.Invariant($"There are {counts.Length} counts, and {TokenBuckets.Count} buckets. Give at most one count for each. (Parameter 'counts')"),
            Assert.Throws<ArgumentException>(() => TokenUsage.FromCounts(counts)).Message);
    }

    public static TheoryData<Func<TokenUsage>, Type, string> Impossible => new()
    {
        { () => TokenUsage.FromInclusive(-1, 0), typeof(ArgumentOutOfRangeException), "A token count cannot be negative. Pass 0 when the provider reports none. (Parameter 'input')\nActual value was -1." },
        { () => TokenUsage.FromInclusive(0, -2), typeof(ArgumentOutOfRangeException), "A token count cannot be negative. Pass 0 when the provider reports none. (Parameter 'output')\nActual value was -2." },
        { () => TokenUsage.FromInclusive(5, 0, reasoning: -3), typeof(ArgumentOutOfRangeException), "A token count cannot be negative. Pass 0 when the provider reports none. (Parameter 'reasoning')\nActual value was -3." },
        { () => TokenUsage.FromInclusive(5, 0, cacheWrite: -1), typeof(ArgumentOutOfRangeException), "A token count cannot be negative. Pass 0 when the provider reports none. (Parameter 'cacheWrite')\nActual value was -1." },
        { () => TokenUsage.FromInclusive(5, 0, cacheRead: 6), typeof(ArgumentException), "cacheRead (6) cannot exceed what is left (5) of input (5): inclusive counts contain their parts. Set the properties of TokenUsage where the provider counts them apart." },
        { () => TokenUsage.FromInclusive(10, 0, cacheRead: 6, cacheWrite: 5), typeof(ArgumentException), "cacheWrite (5) cannot exceed what is left (4) of input (10): inclusive counts contain their parts. Set the properties of TokenUsage where the provider counts them apart." },
        { () => TokenUsage.FromInclusive(10, 7, reasoning: 8), typeof(ArgumentException), "reasoning (8) cannot exceed what is left (7) of output (7): inclusive counts contain their parts. Set the properties of TokenUsage where the provider counts them apart." },
        { () => TokenUsage.FromInclusive(long.MaxValue, 0, cacheRead: long.MaxValue, cacheWrite: long.MaxValue), typeof(ArgumentException), "cacheWrite (9223372036854775807) cannot exceed what is left (0) of input (9223372036854775807): inclusive counts contain their parts. Set the properties of TokenUsage where the provider counts them apart." },
        { () => new TokenUsage { CacheRead = -1 }, typeof(ArgumentOutOfRangeException), "A token count cannot be negative. Pass 0 when the provider reports none. (Parameter 'CacheRead')\nActual value was -1." },
        { () => default(TokenUsage).With(TokenBucket.CacheRead, -1), typeof(ArgumentOutOfRangeException), "A token count cannot be negative. Pass 0 when the provider reports none. (Parameter 'CacheRead')\nActual value was -1." },
        { () => new TokenUsage { Input = 5 }.Move(6, TokenBucket.Input, TokenBucket.AudioInput), typeof(ArgumentException), "Cannot count 6 of 5 Input tokens as AudioInput: a part cannot exceed its whole. (Parameter 'count')" },
        { () => new TokenUsage { Input = 5 }.Move(-1, TokenBucket.Input, TokenBucket.AudioInput), typeof(ArgumentOutOfRangeException), "A token count cannot be negative. Pass 0 when the provider reports none. (Parameter 'count')\nActual value was -1." },
        { () => new TokenUsage { Input = 1, CacheRead = long.MaxValue }.Move(1, TokenBucket.Input, TokenBucket.CacheRead), typeof(OverflowException), "9223372036854775807 and 1 CacheRead tokens are more than 9223372036854775807. Price the usage in smaller parts." },
        { () => new TokenUsage { Input = 1 } with { AudioOutput = -9 }, typeof(ArgumentOutOfRangeException), "A token count cannot be negative. Pass 0 when the provider reports none. (Parameter 'AudioOutput')\nActual value was -9." },
        { () => new TokenUsage { Input = 1 } - new TokenUsage { Input = 2 }, typeof(OverflowException), "Subtracting 2 from 1 Input tokens leaves less than nothing. Subtract a usage that is part of the first one." },
        { () => new TokenUsage { Input = long.MaxValue } + new TokenUsage { Input = 1 }, typeof(OverflowException), "9223372036854775807 and 1 Input tokens are more than 9223372036854775807. Price the usage in smaller parts." },
    };

    [Theory]
    [MemberData(nameof(Impossible), DisableDiscoveryEnumeration = true)]
    public void Impossible_Throws(Func<TokenUsage> make, Type exception, string message)
    {
        Exception thrown = Assert.ThrowsAny<Exception>(() => make());
        Assert.Equal(exception, thrown.GetType());
        Assert.Equal(message, thrown.Message.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void AddAndSubtract_AreInverse()
    {
        TokenUsage a = new() { Input = 1, Output = 2, CacheRead = 3, CacheWrite = 4, CacheWrite5m = 5, CacheWrite30m = 6, CacheWrite1h = 7, Reasoning = 8, AudioInput = 9 };
        TokenUsage b = new() { Input = 10, Output = 20, CacheRead = 30, VideoOutput = 40 };

        Assert.Equal(a, a + b - b);
        Assert.Equal(a.GetHashCode(), (a + b - b).GetHashCode());
        Assert.NotEqual(a, b);
        Assert.Equal("Input 11, CacheRead 33, CacheWrite 4, CacheWrite5m 5, CacheWrite30m 6, CacheWrite1h 7, AudioInput 9, Output 22, Reasoning 8, VideoOutput 40", (a + b).ToString());
    }

    [Fact]
    public void Totals_BeyondLong_Throw()
    {
        Assert.Throws<OverflowException>(() => new TokenUsage { Input = long.MaxValue, CacheRead = 1 }.TotalInput);
        Assert.Throws<OverflowException>(() => new TokenUsage { Output = long.MaxValue, VideoOutput = 1 }.TotalOutput);
    }

    [Fact]
    public void Move_KeepsTheNumberOfTokens()
    {
        TokenUsage usage = new TokenUsage { Input = 10, Output = 1 }.Move(4, TokenBucket.Input, TokenBucket.CacheWrite12h);

        Assert.Equal(new TokenUsage { Input = 6, CacheWrite12h = 4, Output = 1 }, usage);
        Assert.Equal(usage, usage.Move(6, TokenBucket.Input, TokenBucket.Input));
        Assert.Equal(usage, usage.Move(0, TokenBucket.Reasoning, TokenBucket.Output));
    }

    [Fact]
    public void NoBucket_Throws()
    {
        TokenBucket none = (TokenBucket)Enum.GetValues<TokenBucket>().Length;

        Assert.Throws<ArgumentOutOfRangeException>(() => default(TokenUsage)[none]);
        Assert.Throws<ArgumentOutOfRangeException>(() => default(TokenUsage).With(none, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => default(TokenUsage).Move(0, TokenBucket.Input, none));
        Assert.Throws<ArgumentOutOfRangeException>(() => default(TokenUsage).Move(0, none, TokenBucket.Input));
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenBuckets.Get(none));
    }
}
