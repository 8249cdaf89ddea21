using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Tests.Rates.Resolution;

/// <summary>What normalizers list: which of it is taken, with what it says, and what is said when nothing is.</summary>
public class OtherFormTests
{
    /// <summary>The call's provider counts before the one in the id, which an id of two providers needs.</summary>
    [Theory]
    [InlineData(null, null, "AmbiguousProvider")]
    [InlineData(null, "b", "m of two (Normalized)")]
    [InlineData("a", "b", "m of one (Normalized)")]
    [InlineData("c", "b", "UnknownProvider")]
    public void Find_Candidate_IsAtTheCallsProvider(string? called, string? inId, string meaning)
    {
        PathNormalizer path = new() { Form = candidate => candidate with { Provider = inId } };

        Assert.Equal(meaning, Indexes.Of("one: at a: m; two: at b: m", settings: With(path)).Meaning("path/m", called));
    }

    /// <summary>An id as it stands, then another letter case, then what normalizers list, in their order.</summary>
    [Theory]
    [InlineData("path/m", "m of own (Normalized)", "path taken off")]
    [InlineData("path/a", "m of own (Normalized)", "path taken off | 'a' is an alias of 'm' in rate card 'own'")]
    [InlineData("path/in-card", "path/in-card of own (Exact)", "")]
    [InlineData("path/In-Card", "path/in-card of own (Normalized)", "letter case of 'path/In-Card' ignored")]
    public void Find_NearestForm_IsTaken(string id, string meaning, string steps)
    {
        PriceIndex index = Indexes.Of("", "own: at a: m = a, in-card = x, path/in-card; two: at b: A", With(new PathNormalizer()));

        Assert.Equal(meaning, index.Meaning(id));
        Assert.Equal(steps, string.Join(" | ", index.Find(id, default).Resolution!.Steps));
    }

    /// <summary>A form in another letter case says both steps, found or not.</summary>
    [Fact]
    public void Find_FormInAnotherCase_SaysBothSteps()
    {
        PriceIndex index = Indexes.Of("", "own: at a: m = alias", With(new PathNormalizer()));

        Assert.Equal(["path taken off", "letter case of 'M' ignored"], index.Find("path/M", default).Resolution!.Steps);
        Assert.Equal(
            ["path taken off", "letter case of 'ALIAS' ignored", "'alias' is an alias of 'm' in rate card 'own'"],
            index.Find("path/ALIAS", default).Resolution!.Steps);
        Assert.Equal(
            "'path/M' is read as 'M'. 'M' in another letter case: No price for model 'm' at provider 'b'; it is known at a. "
                + "Correct CallContext.Provider or add a rate card for 'b'.",
            index.Reason("path/M", "b"));
    }

    [Fact]
    public void Find_SecondNormalizer_IsAskedWhenTheFirstFindsNothing()
    {
        PathNormalizer first = new() { Form = candidate => candidate with { ModelId = "x" } };
        PriceIndex index = Indexes.Of("own: at a: m, n", settings: With(first, new PathNormalizer()));

        Assert.Equal("m of own (Normalized)", index.Meaning("path/m"));
    }

    /// <summary>What the id says of the call counts where the call says nothing; a global profile counts for every call.</summary>
    [Theory]
    [InlineData("eu", null, "eu")]
    [InlineData("eu", "us", "us")]
    [InlineData("global", "us", "global")]
    [InlineData("Global", null, "Global")]
    [InlineData(null, "us", "us")]
    [InlineData(null, null, null)]
    public void Find_FactsInTheId_AreThoseOfTheCall(string? inId, string? called, string? region)
    {
        CallAttributes size = CallAttributes.Empty.With("size", "big");
        PathNormalizer path = new() { Form = candidate => candidate with { Region = inId, Attributes = size } };
        ResolvedModel found = Indexes.Of("own: at a: m", settings: With(path)).Find("path/m", default);

        CallContext facts = found.WithFactsOfId(new CallContext { Region = called });
        Assert.Equal((region, "size=big"), (facts.Region, facts.Attributes?.ToString()));
        Assert.Equal((inId, "size=big"), (found.Resolution!.Region, found.Resolution.Attributes?.ToString()));
        Assert.False(found.IsPlainId);
        Assert.Null(found.PlainRow);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("eu", false)]
    public void Find_IdThatSaysNothingElse_IsPlain(string? region, bool isPlain)
    {
        PathNormalizer path = new() { Form = candidate => candidate with { Region = region } };
        ResolvedModel found = Indexes.Of("own: at a: m", settings: With(path)).Find("path/m", default);

        Assert.Equal((isPlain, isPlain), (found.IsPlainId, found.PlainRow is not null));
    }

    /// <summary>A snapshot that no card lists has the model's price when that was read on its day or later (the card: 2026-01-01), or is
    /// the user's own.</summary>
    [Theory]
    [InlineData("", "cat: at a: m", "2026-01-01", "m of cat (Normalized)")]
    [InlineData("", "cat: at a: m", "2026-01-02", "UnknownModel")]
    [InlineData("", "cat: at a: m = path/m", "2026-01-02", "m of cat (Alias)")]
    [InlineData("", "cat: at a: m = snap", "2026-01-02", "m of cat (Normalized)")] // listed: its price is known
    [InlineData("own: at a: m", "", "2026-01-02", "m of own (Normalized)")]
    public void Find_YoungerSnapshot_HasNoPriceOfTheModel(string own, string catalog, string day, string meaning)
    {
        ModelSnapshot snapshot = new() { Id = "snap", Date = DateOnly.ParseExact(day, "yyyy-MM-dd", null) };
        PathNormalizer path = new() { Form = candidate => candidate with { Snapshot = snapshot } };

        Assert.Equal(meaning, Indexes.Of(own, catalog, With(path)).Meaning("path/m"));
    }

    [Fact]
    public void Find_YoungerSnapshot_SaysWhatToDo()
    {
        ModelSnapshot snapshot = new() { Id = "snap", Date = new DateOnly(2026, 1, 2) };
        PathNormalizer path = new() { Form = candidate => candidate with { Snapshot = snapshot } };

        Assert.Equal(
            "No price for model 'path/m'. It is a snapshot of 'm' that is younger than the prices in rate card 'cat', and may have its own "
                + "price. If the provider's page states the same price, map it to 'm' under 'LlmCostModel:Deployments'.",
            Indexes.Of("", "cat: at a: m", With(path)).Reason("path/m"));
    }

    /// <summary>What the form of an id tells comes first, then the first thing that was found on the way.</summary>
    [Theory]
    [InlineData("odd", null, "No price for model 'odd'. It is odd.")]
    [InlineData("path/odd", null, "No price for model 'path/odd'. It is odd.")]
    [InlineData("odd-m", "b", "No price for model 'odd-m'. It is odd.")]
    [InlineData("", null, "No price for model ''. Add it under 'LlmCostModel:RateCards' or reference LlmCostModel.Catalog.")]
    [InlineData(" ", null, "No price for model ' '. Add it under 'LlmCostModel:RateCards' or reference LlmCostModel.Catalog.")]
    [InlineData("path/x", null, "No price for model 'path/x'. Add it under 'LlmCostModel:RateCards' or reference LlmCostModel.Catalog.")]
    [InlineData("path/m", "b", "'path/m' is read as 'm'. No price for model 'm' at provider 'b'; it is known at a. "
        + "Correct CallContext.Provider or add a rate card for 'b'.")]
    [InlineData("path/Two", "z", "'path/Two' in another letter case: No price for model 'path/two' at provider 'z'; it is known at c. "
        + "Correct CallContext.Provider or add a rate card for 'z'.")]
    [InlineData("m", "b", "No price for model 'm' at provider 'b'; it is known at a. "
        + "Correct CallContext.Provider or add a rate card for 'b'.")]
    [InlineData("twice", null, "Providers sell model 'twice' at their own prices; known at a, c. "
        + "Say which one bills the call with CallContext.Provider.")]
    public void Find_NothingFound_GivesTheBestReason(string id, string? provider, string reason)
    {
        const string Cards = "own: at a: m, odd-m, twice; three: at c: path/two, two, twice";
        PriceIndex index = Indexes.Of(Cards, settings: With(new PathNormalizer()));

        Assert.Equal(reason, index.Reason(id, provider));
    }

    [Theory]
    [InlineData(MatchKind.Alias, "m", "b", "UnknownProvider")]
    [InlineData(MatchKind.Alias, "odd", null, "UnknownModel")]
    [InlineData(MatchKind.Alias, "path/m", null, "UnknownModel")]
    [InlineData(MatchKind.Normalized, "m", "b", "UnknownProvider")]
    [InlineData(MatchKind.Normalized, "path/m", null, "m of own (Normalized)")]
    public void Find_FormsNotAccepted_KeepsTheReason(MatchKind weakest, string id, string? provider, string meaning)
    {
        PathNormalizer path = new();
        PriceIndex index = Indexes.Of("own: at a: m", settings: With(path) with { WeakestMatch = weakest });

        Assert.Equal(meaning, index.Meaning(id, provider));
        Assert.Equal(weakest == MatchKind.Normalized, path.Calls > 0);
    }

    /// <summary>An id that is known at another provider may be the way in which this one writes one of its own.</summary>
    [Theory]
    [InlineData("path/n", "b", "n of two (Normalized)")]
    [InlineData("path/n", "a", "path/n of one (Exact)")]
    [InlineData("path/n", "c", "UnknownProvider")]
    public void Find_IdOfAnotherProvider_IsReadInOtherForms(string id, string? provider, string meaning) =>
        Assert.Equal(meaning, Indexes.Of("one: at a: path/n; two: at b: n", settings: With(new PathNormalizer())).Meaning(id, provider));

    /// <summary>Normalizers are asked for the instant of the call, and for now where it gives none.</summary>
    [Fact]
    public void Find_InstantOfTheCall_ReachesTheNormalizers()
    {
        DateTimeOffset now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        PathNormalizer path = new() { DependsOnTime = true };
        PriceIndex index = Indexes.Of("own: at a: m", settings: With(path) with { Clock = new FakeTimeProvider(now) });

        index.Find("x", new CallContext { At = now.AddDays(1) });
        Assert.Equal(now.AddDays(1), path.LastAt);
        index.Find("x", default);
        Assert.Equal(now, path.LastAt);
    }

    private static PriceIndexSettings With(params IModelIdNormalizer[] normalizers) => new() { Normalizers = [.. normalizers] };
}
