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
        TokenUsage usage = TokenUsage.FromInclusive(
            input: 1_000, output: 300, cacheRead: 350, audioInput: 400, audioCacheRead: 150, imageInput: 100, audioOutput: 90, reasoning: 10);

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
    public void FromExclusive_KeepsEveryCount()
    {
        TokenUsage usage = TokenUsage.FromExclusive(50, 90, cacheRead: 3_000, cacheWrite5m: 200, cacheWrite30m: 7, cacheWrite1h: 500, reasoning: 40, videoInput: 3, videoCacheRead: 2, imageCacheRead: 1, imageOutput: 4, videoOutput: 5);

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

    public static TheoryData<Func<TokenUsage>, Type, string> Impossible => new()
    {
        { () => TokenUsage.FromInclusive(-1, 0), typeof(ArgumentOutOfRangeException), "A token count cannot be negative. Pass 0 when the provider reports none. (Parameter 'input')\nActual value was -1." },
        { () => TokenUsage.FromInclusive(0, -2), typeof(ArgumentOutOfRangeException), "A token count cannot be negative. Pass 0 when the provider reports none. (Parameter 'output')\nActual value was -2." },
        { () => TokenUsage.FromInclusive(5, 0, reasoning: -3), typeof(ArgumentOutOfRangeException), "A token count cannot be negative. Pass 0 when the provider reports none. (Parameter 'reasoning')\nActual value was -3." },
        { () => TokenUsage.FromInclusive(5, 0, cacheWrite1h: -1), typeof(ArgumentOutOfRangeException), "A token count cannot be negative. Pass 0 when the provider reports none. (Parameter 'cacheWrite1h')\nActual value was -1." },
        { () => TokenUsage.FromInclusive(5, 0, cacheRead: 6), typeof(ArgumentException), "cacheRead (6) cannot exceed what is left (5) of input (5): inclusive counts contain their parts. Use FromExclusive where the provider counts them apart." },
        { () => TokenUsage.FromInclusive(10, 0, cacheRead: 6, cacheWrite: 5), typeof(ArgumentException), "cacheWrite (5) cannot exceed what is left (4) of input (10): inclusive counts contain their parts. Use FromExclusive where the provider counts them apart." },
        { () => TokenUsage.FromInclusive(10, 7, reasoning: 8), typeof(ArgumentException), "reasoning (8) cannot exceed what is left (7) of output (7): inclusive counts contain their parts. Use FromExclusive where the provider counts them apart." },
        { () => TokenUsage.FromInclusive(10, 7, audioInput: 3, audioCacheRead: 4, cacheRead: 4), typeof(ArgumentException), "audioCacheRead (4) cannot exceed what is left (3) of audioInput (3): inclusive counts contain their parts. Use FromExclusive where the provider counts them apart." },
        { () => TokenUsage.FromInclusive(10, 7, audioInput: 4, audioCacheRead: 4, cacheRead: 3), typeof(ArgumentException), "audioCacheRead (4) cannot exceed what is left (3) of cacheRead (3): inclusive counts contain their parts. Use FromExclusive where the provider counts them apart." },
        { () => TokenUsage.FromInclusive(10, 7, imageOutput: 4, audioOutput: 4), typeof(ArgumentException), "imageOutput (4) cannot exceed what is left (3) of output (7): inclusive counts contain their parts. Use FromExclusive where the provider counts them apart." },
        { () => TokenUsage.FromInclusive(long.MaxValue, 0, cacheRead: long.MaxValue, cacheWrite: long.MaxValue), typeof(ArgumentException), "cacheWrite (9223372036854775807) cannot exceed what is left (0) of input (9223372036854775807): inclusive counts contain their parts. Use FromExclusive where the provider counts them apart." },
        { () => TokenUsage.FromExclusive(0, 0, cacheRead: -1), typeof(ArgumentOutOfRangeException), "A token count cannot be negative. Pass 0 when the provider reports none. (Parameter 'CacheRead')\nActual value was -1." },
        { () => TokenUsage.FromExclusive(long.MaxValue, 0, cacheRead: 1), typeof(OverflowException), "Arithmetic operation resulted in an overflow." },
        { () => TokenUsage.FromExclusive(0, long.MaxValue, videoOutput: 1), typeof(OverflowException), "Arithmetic operation resulted in an overflow." },
        { () => new TokenUsage { Input = 1 } with { AudioOutput = -9 }, typeof(ArgumentOutOfRangeException), "A token count cannot be negative. Pass 0 when the provider reports none. (Parameter 'AudioOutput')\nActual value was -9." },
        { () => new TokenUsage { Input = 1 } - new TokenUsage { Input = 2 }, typeof(OverflowException), "Subtracting 2 from 1 Input tokens leaves less than nothing. Subtract a usage that is part of the first one." },
        { () => new TokenUsage { Input = long.MaxValue } + new TokenUsage { Input = 1 }, typeof(OverflowException), "Arithmetic operation resulted in an overflow." },
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
        TokenUsage a = TokenUsage.FromExclusive(1, 2, cacheRead: 3, cacheWrite: 4, cacheWrite5m: 5, cacheWrite30m: 6, cacheWrite1h: 7, reasoning: 8, audioInput: 9);
        TokenUsage b = TokenUsage.FromExclusive(10, 20, cacheRead: 30, videoOutput: 40);

        Assert.Equal(a, a + b - b);
        Assert.Equal(a.GetHashCode(), (a + b - b).GetHashCode());
        Assert.NotEqual(a, b);
        Assert.Equal("Input 11, CacheRead 33, CacheWrite 4, CacheWrite5m 5, CacheWrite30m 6, CacheWrite1h 7, AudioInput 9, Output 22, Reasoning 8, VideoOutput 40", (a + b).ToString());
    }

    [Fact]
    public void Indexer_NoBucket_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => default(TokenUsage)[(TokenBucket)17]);
}
