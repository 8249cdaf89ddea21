using static LlmCostModel.Planning.Tests.Prompts;

namespace LlmCostModel.Planning.Tests;

/// <summary>A cache that notices what two prompts have in common: the second prompt departs, the third reads.</summary>
public sealed class CommonPrefixTests
{
    private static readonly EntryCachePolicy Policy = new() { DetectCommonPrefix = true, TimeToLive = TimeSpan.FromSeconds(10) };

    private static readonly PromptRequest[] Departing =
    [
        At(0, Text("a", 10), Text("b", 10)),
        At(8, Text("a", 10), Text("c", 10)),
        At(16, Text("a", 10), Text("d", 10)),
    ];

    [Fact]
    public void Send_ThirdPrompt_ReadsWhatTheFirstTwoShare()
    {
        Assert.Equal([0, 0, 10], Reads(Policy, Departing));
        Assert.Equal([0, 0, 0], Reads(Policy with { DetectCommonPrefix = false }, Departing));
    }

    /// <summary>What is remembered grows as old as an entry: at 16 s it was last seen 8 s ago, and written 16 s ago.</summary>
    [Fact]
    public void Send_WithoutRefresh_TheSharedPartExpires() => Assert.Equal([0, 0, 0], Reads(Policy with { RefreshOnRead = false }, Departing));

    [Theory]
    [InlineData(10, 10)]
    [InlineData(11, 0)]
    public void Send_SharedPartBelowTheMinimum_IsNotRead(int minimum, int read) =>
        Assert.Equal([0, 0, read], Reads(Policy with { MinimumTokens = minimum }, Departing));

    /// <summary>Readable 8 s after the second prompt: at 16 s just so.</summary>
    [Theory]
    [InlineData(8, 10)]
    [InlineData(9, 0)]
    public void Send_SharedPartNotYetReadable_IsNotRead(int seconds, int read) =>
        Assert.Equal([0, 0, read], Reads(Policy with { ReadableAfter = TimeSpan.FromSeconds(seconds) }, Departing));
}
