namespace LlmCostModel.Tests.Rates.Resolution;

/// <summary>Where no provider is named, the maker of a model comes before another seller that lists the very id.</summary>
public sealed class MakerFirstTests
{
    [Theory]
    [InlineData("", "seller: at a: n = path/m; maker: at b, maker: m", null, "m of maker (Normalized)")]
    [InlineData("", "seller: at a: path/m; maker: at b, maker: m", null, "m of maker (Normalized)")]
    [InlineData("", "seller: at a: n = path/m; maker: at b, maker: o = m", null, "o of maker (Normalized)")]
    [InlineData("", "seller: at a: n = path/m; maker: at b, maker: m", "a", "n of seller (Alias)")]
    [InlineData("", "seller: at a: n = path/m; other: at b: m", null, "n of seller (Alias)")] // makes nothing
    [InlineData("", "seller: at a: n = path/m; maker: at b, maker: x", null, "n of seller (Alias)")]
    [InlineData("", "maker: at a, maker: n = path/m; other: at b, maker: m", null, "n of maker (Alias)")]
    [InlineData("own: at a: n = path/m", "maker: at b, maker: m", null, "n of own (Alias)")] // the user's own word
    [InlineData("own: at b: m", "seller: at a: n = path/m; maker: at b, maker: m", null, "m of own (Normalized)")]
    [InlineData("", "seller: at a: n = path/m; maker: at b, maker: m; two: at c, maker: m", null, "n of seller (Alias)")] // which?
    [InlineData("own: at b, maker: m", "seller: at a: n = path/m", null, "n of seller (Alias)")]
    public void Find_IdThatASellerLists_IsTheMakers(string own, string catalog, string? provider, string meaning)
    {
        PriceIndex index = Indexes.Of(own, catalog, new PriceIndexSettings { Normalizers = [new PathNormalizer()] });

        Assert.Equal(meaning, index.Meaning("path/m", provider));
        Assert.Equal(meaning, index.Meaning("path/m", provider));
    }

    /// <summary>A form that names a provider is no form of the maker's, one that depends on the instant is not remembered, and neither is
    /// taken where other forms are not accepted.</summary>
    [Theory]
    [InlineData("b", false, MatchKind.Normalized, "m of maker (Normalized)")]
    [InlineData("c", false, MatchKind.Normalized, "n of seller (Alias)")]
    [InlineData(null, true, MatchKind.Normalized, "n of seller (Alias)")]
    [InlineData(null, false, MatchKind.Alias, "n of seller (Alias)")]
    public void Find_FormThatIsNotTheMakers_LeavesTheSeller(string? inId, bool dependsOnTime, MatchKind weakest, string meaning)
    {
        PathNormalizer path = new() { Form = candidate => candidate with { Provider = inId, DependsOnTime = dependsOnTime } };
        PriceIndexSettings settings = new() { Normalizers = [path], WeakestMatch = weakest };

        Assert.Equal(meaning, Indexes.Of("", "seller: at a: n = path/m; maker: at b, maker: m", settings).Meaning("path/m"));
    }

    /// <summary>The maker's answer says each step, and is worked out once.</summary>
    [Fact]
    public void Find_AtTheMaker_SaysTheSteps_AndRemembers()
    {
        PathNormalizer path = new();
        PriceIndex index = Indexes.Of(
            "", "seller: at a: n = path/m; maker: at b, maker: o = m", new PriceIndexSettings { Normalizers = [path] });

        ResolvedModel first = index.Find("path/m", default);

        Assert.Equal(["path taken off", "'m' is an alias of 'o' in rate card 'maker'"], first.Resolution!.Steps);
        Assert.Same(first, index.Find("path/m", default));
        Assert.Equal(1, path.Calls);
    }
}
