namespace LlmCostModel.Tests.Rates.Resolution;

/// <summary>Which of the cards that have an id is meant.</summary>
public class IdChoiceTests
{
    /// <summary>The rules of preference, each where it alone decides and where a stronger one stands before it.</summary>
    [Theory]

    // The user's own card before the catalog, even by an alias, or for any provider.
    [InlineData("own: at a: m", "cat: at a: m", "m", null, "m of own (Exact)")]
    [InlineData("own: at a: n = m", "cat: at a, maker: m", "m", null, "n of own (Alias)")]
    [InlineData("own: : m", "cat: at a, maker: m", "m", "a", "m of own (Exact)")]
    [InlineData("own: at b: m", "cat: at a: m", "m", "a", "m of cat (Exact)")]

    // A card of the provider before one of any provider, when the call names the provider.
    [InlineData("any: : m; own: at a: m", "", "m", "a", "m of own (Exact)")]
    [InlineData("any: : m; own: at a: n = m", "", "m", "a", "n of own (Alias)")]
    [InlineData("any: : m; own: at a: m", "", "m", "b", "m of any (Exact)")]
    [InlineData("any: : m; own: at a: m", "", "m", "A", "m of own (Exact)")]
    [InlineData("any: : m; own: at a: m", "", "m", null, "AmbiguousProvider")]

    [InlineData("any: : m; two: : n = m", "", "m", "b", "m of any (Exact)")]

    // An id before an alias.
    [InlineData("one: at a: n = m; two: at b: m", "", "m", null, "m of two (Exact)")]
    [InlineData("one: at a: n = m; two: at b: m", "", "m", "a", "n of one (Alias)")]
    [InlineData("one: at a: n = m; two: at b, maker: o = m", "", "m", null, "o of two (Alias)")]

    // The maker's card before others, also before an id at another seller, when the call names no provider.
    [InlineData("one: at a: m; two: at b, maker: m", "", "m", null, "m of two (Exact)")]
    [InlineData("one: at a: m; two: at b, maker: n = m", "", "m", null, "n of two (Alias)")]
    [InlineData("one: at a, maker: m; two: at b, maker: m", "", "m", null, "AmbiguousProvider")]

    // A card that asks for the provider says nothing without it.
    [InlineData("one: at a, asks: m; two: at b: m", "", "m", null, "m of two (Exact)")]
    [InlineData("one: at a, asks, maker: m; two: at b, asks: m", "", "m", null, "AmbiguousProvider")]
    [InlineData("one: at a, asks: m; two: at b, asks: m", "", "m", "b", "m of two (Exact)")]
    [InlineData("one: at a: m", "", "m", "b", "UnknownProvider")]
    [InlineData("one: at a: m", "", "n", null, "UnknownModel")]
    public void Find_SeveralCards_ChoosesByRank(string own, string catalog, string id, string? provider, string meaning)
    {
        PriceIndex index = Indexes.Of(own, catalog);

        Assert.Equal(meaning, index.Meaning(id, provider));
        Assert.Equal(meaning, index.Meaning(id, provider));
    }

    /// <summary>A user's own price holds for the forms of a name that the catalog lists; what the user lists comes before.</summary>
    [Theory]
    [InlineData("own: at a: m-x", "cat: at a: M-X", "M-X", "m-x of own (Normalized)")]
    [InlineData("own: at a: n = m-x", "cat: at a: M-X", "M-X", "n of own (Normalized)")]
    [InlineData("own: at a: m-x, M-X", "cat: at a: M-X", "M-X", "M-X of own (Exact)")]
    [InlineData("own: at a: m-x = M-X", "cat: at a: M-X", "M-X", "m-x of own (Alias)")]
    [InlineData("own: at a: m-x, n = M-X", "cat: at a: M-X", "M-X", "n of own (Alias)")]
    [InlineData("own: at a: m", "cat: at a: m-2024-05-13", "m-2024-05-13", "m of own (Normalized)")]
    [InlineData("own: at a: M", "cat: at a: m-2024-05-13", "m-2024-05-13", "M of own (Normalized)")]
    [InlineData("own: at a: m, m-2024-05-13", "cat: at a: m-2024-05-13", "m-2024-05-13", "m-2024-05-13 of own (Exact)")]
    [InlineData("own: at a: m, M-2024-05-13", "cat: at a: m-2024-05-13", "m-2024-05-13", "M-2024-05-13 of own (Normalized)")]
    [InlineData("own: at b: m", "cat: at a: m, m-2024-05-13", "m-2024-05-13", "m of own (Normalized)")]
    [InlineData("own: at a: x", "cat: at a: m, m-2024-05-13", "m-2024-05-13", "m-2024-05-13 of cat (Exact)")]
    [InlineData("own: at a: x", "cat: at a: m", "m-2024-05-13", "UnknownModel")] // the catalog's own dates are told by its rules
    [InlineData("", "cat: at a: m", "m-2024-05-13", "UnknownModel")]
    [InlineData("", "cat: at a: m-x; cab: at b: M-X", "M-X", "M-X of cab (Exact)")]
    public void Find_FormsOfAUsersModel_HaveTheUsersPrice(string own, string catalog, string id, string meaning) =>
        Assert.Equal(meaning, Indexes.Of(own, catalog).Meaning(id));

    /// <summary>The weakest way that is accepted holds for forms as well: an entry that a form added is not one of a card.</summary>
    [Theory]
    [InlineData(MatchKind.Exact, "m", "m of own (Exact)")]
    [InlineData(MatchKind.Exact, "a", "UnknownModel")]
    [InlineData(MatchKind.Exact, "M", "UnknownModel")]
    [InlineData(MatchKind.Mapped, "a", "UnknownModel")]
    [InlineData(MatchKind.Alias, "a", "m of own (Alias)")]
    [InlineData(MatchKind.Alias, "M", "UnknownModel")]
    [InlineData(MatchKind.Alias, "M-2024-05-13", "M-2024-05-13 of cat (Exact)")]
    [InlineData(MatchKind.Normalized, "M", "m of own (Normalized)")]
    [InlineData(MatchKind.Normalized, "M-2024-05-13", "m of own (Normalized)")]
    public void Find_WeakestMatch_IsHeld(MatchKind weakest, string id, string meaning)
    {
        PriceIndex index = Indexes.Of("own: at a: m = a", "cat: at a: M-2024-05-13", new PriceIndexSettings { WeakestMatch = weakest });

        Assert.Equal(meaning, index.Meaning(id));
        Assert.Equal(meaning, index.Meaning(id)); // remembered
    }

    /// <summary>In another letter case the user's own come first, then the provider decides; two spellings may be one model.</summary>
    [Theory]
    [InlineData("own: at a: Mo", "cat: at b: mO", "MO", null, "Mo of own (Normalized)")]
    [InlineData("own: at a: Mo", "cat: at b: mO", "MO", "b", "mO of cat (Normalized)")]
    [InlineData("", "cat: at a: Mo = mO", "MO", null, "Mo of cat (Normalized)")]
    [InlineData("", "cat: at a: Mo; cab: at b: mO", "MO", null, "AmbiguousProvider")]
    [InlineData("", "cat: at a: Mo; cab: at b: mO", "MO", "a", "Mo of cat (Normalized)")]
    [InlineData("", "cat: at a: Mo; cab: at b: mO", "MO", "c", "UnknownProvider")]
    [InlineData("", "cat: at a, asks: Mo; cab: at b: mO", "MO", null, "mO of cab (Normalized)")]
    [InlineData("", "cat: at a, asks: Mo", "MO", null, "AmbiguousProvider")]
    public void Find_AnotherLetterCase_IsDecidedByOwnerAndProvider(
        string own, string catalog, string id, string? provider, string meaning) =>
        Assert.Equal(meaning, Indexes.Of(own, catalog).Meaning(id, provider));
}
