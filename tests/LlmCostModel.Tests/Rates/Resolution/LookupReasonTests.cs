namespace LlmCostModel.Tests.Rates.Resolution;

/// <summary>What is said of how an id was found, or why it was not, word by word.</summary>
public class LookupReasonTests
{
    private const string OwnFix = "Add it under 'LlmCostModel:RateCards' or reference LlmCostModel.Catalog.";
    private const string CatalogFix = "Add it under 'LlmCostModel:RateCards', or say under 'LlmCostModel:Deployments' which model it is.";
    private const string Which = "Say which one bills the call with CallContext.Provider.";

    private const string Snapshot =
        "is a dated snapshot of 'm', which your rate card 'own' prices; list the snapshot there to price it apart";

    [Theory]
    [InlineData("own: at a: m", "", "x", null, $"No price for model 'x'. {OwnFix}")]
    [InlineData("own: at a: m", "cat: at a: m", "x", null, $"No price for model 'x'. {CatalogFix}")]
    [InlineData("own: at a: m", "cat: at a: m", " ", null, $"No price for model ' '. {CatalogFix}")]
    [InlineData("one: at a: m; two: at b: m; three: : m", "", "m", null,
        $"Providers sell model 'm' at their own prices; known at a, b, (any, card 'three'). {Which}")]
    [InlineData("one: at a, asks: m", "", "m", null, $"Providers sell model 'm' at their own prices; known at a. {Which}")]
    [InlineData("one: at a: m", "two: at a: m; three: at b: m", "m", "c",
        "No price for model 'm' at provider 'c'; it is known at a, b. Correct CallContext.Provider or add a rate card for 'c'.")]
    [InlineData("", "one: at a: Mo; two: : mO", "MO", null,
        $"'MO' in another letter case: Providers sell model 'MO' at their own prices; known at a, any. {Which}")]
    [InlineData("", "one: at a: Mo", "MO", "b", "'MO' in another letter case: No price for model 'Mo' at provider 'b'; "
        + "it is known at a. Correct CallContext.Provider or add a rate card for 'b'.")]
    public void Find_NothingFound_SaysWhy(string own, string catalog, string id, string? provider, string reason)
    {
        Assert.Equal(reason, Indexes.Of(own, catalog).Reason(id, provider));
        Assert.Equal(reason, Indexes.Of(own, catalog, Indexes.Deploying("other", "m")).Reason(id, provider));
    }

    [Theory]
    [InlineData("m", "")]
    [InlineData("short", "'short' is an alias of 'm' in rate card 'own'")]
    [InlineData("LISTED", "letter case of 'LISTED' ignored")] // the catalog has it so
    [InlineData("ListeD", "letter case of 'ListeD' ignored")]
    [InlineData("SHORT", "letter case of 'SHORT' ignored | 'short' is an alias of 'm' in rate card 'own'")]
    [InlineData("m-2024-11-20", $"'m-2024-11-20' {Snapshot}")] // the nearer form, beside the catalog's in another case
    [InlineData("path/m-2024-11-20", $"path taken off | 'm-2024-11-20' {Snapshot}")]
    public void Find_Found_SaysHow(string id, string steps)
    {
        PriceIndexSettings settings = new() { Normalizers = [new PathNormalizer()] };
        PriceIndex index = Indexes.Of("own: at a: m = short; same: at a: listed", "cat: at a: LISTED, M-2024-11-20", settings);

        Assert.Equal(steps, string.Join(" | ", index.Find(id, default).Resolution!.Steps));
    }

    /// <summary>A snapshot's note goes along whichever way leads to it, and stays away where the price is the snapshot's own.</summary>
    [Theory]
    [InlineData("m-2024-05-13", "m")]
    [InlineData("M-2024-11-20", "m")] // listed by the catalog
    [InlineData("m-2024-11-20", "m")] // the same in another case
    [InlineData("M-2024-12-01", "m")] // a name that the user writes otherwise, and a day that the catalog does
    [InlineData("path/m-2024-05-13", "m")]
    [InlineData("mine", "m")]
    [InlineData("path/own-2024-05-13", null)]
    [InlineData("m", null)]
    public void Find_SnapshotOfTheUsersModel_IsNoted(string id, string? model)
    {
        PriceIndexSettings settings = Indexes.Deploying("mine", "m-2024-05-13") with { Normalizers = [new PathNormalizer()] };
        PriceIndex index = Indexes.Of("own: at a: m, own-2024-05-13", "cat: at a: M-2024-11-20, m-2024-12-01", settings);
        ResolvedModel found = index.Find(id, default);

        Assert.NotNull(found.Pricing);
        Assert.Equal(model is not null, found.Note is not null);
        Assert.True(
            model is null || found.Note!.EndsWith(
                $" is a dated snapshot of '{model}', which your rate card 'own' prices; list the snapshot there to price it apart",
                StringComparison.Ordinal),
            found.Note);
    }

    [Theory]
    [InlineData(null, null, "m")]
    [InlineData("a", null, "m at a")]
    [InlineData(null, "eu", "m in eu")]
    [InlineData("a", "eu", "m at a in eu")]
    public void Deployment_InWords_SaysWhereItIs(string? provider, string? region, string words) =>
        Assert.Equal(words, new ModelDeployment { Model = "m", Provider = provider, Region = region }.ToString());

    [Theory]
    [InlineData(null, "", "m at any provider", "m at any provider, from card own (Alias)")]
    [InlineData("a", "one", "m at a: one", "m at a, from card own (Alias): one")]
    [InlineData("a", "one|two", "m at a: one, two", "m at a, from card own (Alias): one, two")]
    public void CandidateAndResolution_InWords_ListTheSteps(string? provider, string steps, string candidate, string resolution)
    {
        string[] list = steps.Split('|', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(candidate, new ModelIdCandidate { ModelId = "m", Provider = provider, Steps = list }.ToString());
        Assert.Equal(resolution, new ModelResolution
        {
            RequestedId = "r",
            ModelId = "m",
            Provider = provider,
            RateCard = "own",
            Kind = MatchKind.Alias,
            Steps = list,
        }.ToString());
    }

    [Fact]
    public void Snapshot_InWords_SaysItsDay() => Assert.Equal(
        "m-20240806 of 2024-08-06", new ModelSnapshot { Id = "m-20240806", Date = new DateOnly(2024, 8, 6) }.ToString());
}
