namespace LlmCostModel.Tests.Rates.Resolution;

/// <summary>What an unknown id probably meant: said, and never priced.</summary>
public sealed class SimilarIdTests
{
    private const string Cards = "one: at a: model-4.1-mini, sonnet-4-5, short; two: at b: model-4.1-mimi = other-name";

    [Theory]
    [InlineData("model-4.1-min", null, "model-4.1-mini")] // a letter left out
    [InlineData("model-4.1-minii", null, "model-4.1-mini")] // one too many
    [InlineData("model-4.1-nini", null, "model-4.1-mini")] // another one
    [InlineData("model-4.1-miin", null, "model-4.1-mini")] // two swapped
    [InlineData("Model-41-mini", null, "model-4.1-mini")] // letter case does not count
    [InlineData("sonet-4-5", null, "sonnet-4-5")]
    [InlineData("sonet-45", null, null)] // two slips in a short id
    [InlineData("othername", null, "other-name")]
    [InlineData("shott", null, "short")]
    [InlineData("shor", null, null)] // too short to tell
    [InlineData("model-4.2-mini", null, null)] // another version is another model
    [InlineData("model-4-mini", null, null)]
    [InlineData("sonnet-4-55", null, null)]
    [InlineData("quite-different", null, null)]
    [InlineData("model-4.1-mina", "b", "model-4.1-mimi")] // at the provider of the call
    [InlineData("model-4.1-mini", "c", null)]
    [InlineData("path/sonet-4-5", null, "sonnet-4-5")] // behind a path
    public void Reason_OfAnUnknownId_AsksWhetherAnotherWasMeant(string id, string? provider, string? similar)
    {
        PriceIndex index = Indexes.Of("", Cards, new PriceIndexSettings { Normalizers = [new PathNormalizer()] });

        string reason = index.Reason(id, provider);

        Assert.Equal(similar is not null, reason.EndsWith($" Did you mean '{similar}'?", StringComparison.Ordinal));
        Assert.Equal(similar is not null, reason.Contains("Did you mean", StringComparison.Ordinal));
    }

    /// <summary>Longer texts are no slips, and are not compared.</summary>
    [Fact]
    public void Reason_OfALongId_AsksNothing()
    {
        string id = new('x', 65);

        Assert.DoesNotContain("Did you mean", Indexes.Of($"one: at a: {id}").Reason(id[1..] + "yz"), StringComparison.Ordinal);
        Assert.EndsWith($"Did you mean '{id[1..]}'?", Indexes.Of($"one: at a: {id[1..]}").Reason(id[2..] + "y"), StringComparison.Ordinal);
    }
}
