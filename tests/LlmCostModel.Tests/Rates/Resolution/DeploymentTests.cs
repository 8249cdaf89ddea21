namespace LlmCostModel.Tests.Rates.Resolution;

/// <summary>Names of the caller's own: what they lead to, at which provider and in which region.</summary>
public class DeploymentTests
{
    private const string Cards = "own: at a: m; two: at b: m; three: at c: m, n";

    /// <summary>The provider of the map wins over the call's, and the call's over the one that the path names.</summary>
    [Theory]
    [InlineData("prod", "a", "b", null, "m of own (Mapped)")]
    [InlineData("prod", null, "b", null, "m of two (Mapped)")]
    [InlineData("prod", null, null, null, "UnknownModel")]
    [InlineData("path/prod", null, null, "c", "m of three (Mapped)")]
    [InlineData("path/prod", null, "b", "c", "m of two (Mapped)")]
    [InlineData("path/prod", "a", "b", "a", "m of own (Mapped)")]
    [InlineData("path/prod", "A", null, "a", "m of own (Mapped)")]
    [InlineData("path/prod", "a", null, "b", "UnknownModel")] // a path of another provider leads to no name at this one
    [InlineData("path/prod", "a", null, null, "UnknownModel")]
    [InlineData("PROD", "a", null, null, "m of own (Mapped)")] // the configuration does not tell letter cases apart
    public void Find_Deployment_IsAtTheNearestProvider(string id, string? mapped, string? called, string? inPath, string meaning)
    {
        PathNormalizer path = new() { Form = candidate => candidate with { Provider = inPath } };
        PriceIndex index = Indexes.Of(Cards, settings: Indexes.Deploying("prod", "m", mapped) with { Normalizers = [path] });

        Assert.Equal(meaning, index.Meaning(id, called));
    }

    /// <summary>The region of the map wins over that of the path to the name, and that over the one that the model's id names.</summary>
    [Theory]
    [InlineData("prod", "m", null, null)]
    [InlineData("prod", "m", "eu", "eu")]
    [InlineData("path/prod", "m", null, "in-prod")]
    [InlineData("path/prod", "m", "eu", "eu")]
    [InlineData("path/prod", "path/m", null, "in-prod")]
    [InlineData("prod", "path/m", null, "in-m")]
    [InlineData("prod", "path/m", "eu", "eu")]
    public void Find_Deployment_IsInTheNearestRegion(string id, string model, string? mapped, string? region)
    {
        PathNormalizer path = new() { Form = candidate => candidate with { Region = $"in-{candidate.ModelId}" } };
        PriceIndexSettings settings = Indexes.Deploying("prod", model, region: mapped) with { Normalizers = [path] };
        PriceIndex index = Indexes.Of("own: at a: m", settings: settings);

        Assert.Equal(region, index.Find(id, default).Resolution!.Region);
    }

    [Theory]
    [InlineData("prod", "m", "deployment 'prod' is mapped to 'm'")]
    [InlineData("path/prod", "m", "path taken off | deployment 'prod' is mapped to 'm'")]
    [InlineData("prod", "M", "deployment 'prod' is mapped to 'M' | letter case of 'M' ignored")]
    [InlineData("path/prod", "path/m", "path taken off | deployment 'prod' is mapped to 'path/m' | path taken off")]
    public void Find_Deployment_SaysEveryStep(string id, string model, string steps)
    {
        PriceIndex index = Indexes.Of("", "cat: at a: m", Indexes.Deploying("prod", model) with { Normalizers = [new PathNormalizer()] });
        ModelResolution resolution = index.Find(id, default).Resolution!;

        Assert.Equal((id, "m", "cat"), (resolution.RequestedId, resolution.ModelId, resolution.RateCard));
        Assert.Equal(MatchKind.Mapped, resolution.Kind);
        Assert.Equal(steps, string.Join(" | ", resolution.Steps));
    }

    [Theory]
    [InlineData("prod", "x", null,
        "Deployment 'prod' is mapped to 'x', which has no price. Correct the map under 'LlmCostModel:Deployments' or add a rate card.")]
    [InlineData("prod", "m", "d", "Deployment 'prod' is mapped to 'm', which has no price at provider 'd'. "
        + "Correct the map under 'LlmCostModel:Deployments' or add a rate card.")]
    [InlineData("path/prod", "x", null, "Deployment 'path/prod' is mapped to 'x', which has no price. "
        + "Correct the map under 'LlmCostModel:Deployments' or add a rate card.")]
    public void Find_DeploymentWithoutPrice_SaysWhatToCorrect(string id, string model, string? called, string reason)
    {
        PriceIndexSettings settings = Indexes.Deploying("prod", model) with { Normalizers = [new PathNormalizer()] };

        Assert.Equal(reason, Indexes.Of(Cards, settings: settings).Reason(id, called));
    }

    /// <summary>A map is the caller's own word: it counts where only exact ids do, but its model is then read as it stands.</summary>
    [Theory]
    [InlineData(MatchKind.Exact, "m", "m of own (Mapped)")]
    [InlineData(MatchKind.Exact, "M", "UnknownModel")]
    [InlineData(MatchKind.Alias, "path/m", "UnknownModel")]
    [InlineData(MatchKind.Normalized, "M", "m of own (Mapped)")]
    [InlineData(MatchKind.Normalized, "path/m", "m of own (Mapped)")]
    public void Find_WeakestMatch_HoldsForTheModelOfTheMap(MatchKind weakest, string model, string meaning)
    {
        PriceIndexSettings settings = Indexes.Deploying("prod", model) with { Normalizers = [new PathNormalizer()] };
        PriceIndex index = Indexes.Of("own: at a: m", settings: settings with { WeakestMatch = weakest });

        Assert.Equal(meaning, index.Meaning("prod"));
    }

    /// <summary>A map wins over a model of the same name, and leaves other names alone.</summary>
    [Fact]
    public void Find_DeploymentNamedLikeAModel_IsTheDeployment()
    {
        PriceIndex index = Indexes.Of("own: at a: m, n, o", settings: Indexes.Deploying("n", "m"));

        Assert.Equal("m of own (Mapped)", index.Meaning("n"));
        Assert.Equal("o of own (Exact)", index.Meaning("o"));
    }
}
