using System.Reflection;

namespace LlmCostModel.Tests.Usage;

public sealed class CallContextTests
{
    private static readonly DateTimeOffset Then = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly CallContext Full = new()
    {
        At = Then,
        Provider = "openai",
        Region = "us",
        Tier = "flex",
        Batch = true,
        Attributes = [new("quality", "high")],
        Deployment = "mine",
        Account = "key-1",
        ConsumedBefore = [new("WebSearch", 2)],
        IncludeAnnounced = true,
    };

    private static readonly CallContext Other = new()
    {
        At = Then.AddDays(1),
        Provider = "azure",
        Region = "eu",
        Tier = "priority",
        Batch = false,
        Attributes = [new("quality", "low")],
        Deployment = "other",
        Account = "key-2",
        ConsumedBefore = [new("WebSearch", 9)],
        IncludeAnnounced = false,
    };

    /// <summary>A member that is added and forgotten in <see cref="CallContext.Or"/> fails here.</summary>
    [Fact]
    public void Or_EveryMember_WinsWhereItIsStatedAndIsTakenOverWhereItIsNot()
    {
        foreach (PropertyInfo member in typeof(CallContext).GetProperties())
        {
            Assert.NotEqual(member.GetValue(default(CallContext)), member.GetValue(Full));
            Assert.NotEqual(member.GetValue(Other), member.GetValue(Full));
            Assert.Equal(member.GetValue(Full), member.GetValue(Full.Or(Other)));
            Assert.Equal(member.GetValue(Full), member.GetValue(Full.Or(default)));
            Assert.Equal(member.GetValue(Full), member.GetValue(default(CallContext).Or(Full)));
        }
    }

    [Theory]
    [InlineData("standard", "priority", "standard")]
    [InlineData("default", "flex", "default")]
    [InlineData(null, "priority", "priority")]
    [InlineData("", "priority", "priority")]
    [InlineData("priority", null, "priority")]
    public void Or_StatedStandardTier_IsAStatement(string? served, string? asked, string? tier) =>
        Assert.Equal(tier, new CallContext { Tier = served }.Or(new CallContext { Tier = asked }).Tier);

    [Theory]
    [InlineData(null, null, "batch", "batch", null)] // nobody contradicts: the tier that was asked for
    [InlineData("standard", null, "batch", "standard", true)] // the calls of OpenAI's batches state a standard tier of their own
    [InlineData("standard", false, "batch", "standard", false)] // Anthropic's tier says that it was no batch
    [InlineData(null, false, "batch", null, false)]
    [InlineData(null, true, "priority", "priority", true)]
    public void Or_BatchAskedForAsATier_IsNotLostToTheTierThatServed(string? served, bool? servedBatch, string asked, string? tier, bool? batch)
    {
        CallContext merged = new CallContext { Tier = served, Batch = servedBatch }.Or(new CallContext { Tier = asked });

        Assert.Equal((tier, batch), (merged.Tier, merged.Batch));
    }

    [Fact]
    public void Or_Attributes_MergeByName()
    {
        CallContext served = new() { Attributes = [new("quality", "low"), new("size", "1024x1024")] };
        CallContext asked = new() { Attributes = [new("Quality", "high"), new("style", "vivid")] };

        Assert.Equal([new("quality", "low"), new("size", "1024x1024"), new("style", "vivid")], served.Or(asked).Attributes!);
    }
}
