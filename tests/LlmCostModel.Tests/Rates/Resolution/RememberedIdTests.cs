namespace LlmCostModel.Tests.Rates.Resolution;

/// <summary>What is worked out once, and what each time: seen by how often a normalizer is asked.</summary>
public class RememberedIdTests
{
    /// <summary>What is found is remembered unless it depends on the instant, what is not found only where no normalizer minds.</summary>
    [Theory]
    [InlineData("path/m", false, false, true)]
    [InlineData("path/m", true, false, true)]
    [InlineData("path/m", false, true, false)]
    [InlineData("path/x", false, false, true)]
    [InlineData("path/x", true, false, false)]
    [InlineData("path/prod", false, false, true)]
    [InlineData("path/prod", false, true, false)] // the path to a name may move as well
    [InlineData("prod", false, false, true)]
    [InlineData("alias", false, false, true)]
    [InlineData("alias", false, true, false)] // and so may the model behind a name
    [InlineData("path/alias", false, true, false)]
    public void Find_Twice_AsksOnceWhereTheInstantPlaysNoPart(string id, bool failuresDepend, bool candidateDepends, bool isRemembered)
    {
        PathNormalizer path = new()
        {
            DependsOnTime = failuresDepend,
            Form = candidate => candidate with { DependsOnTime = candidateDepends },
        };
        PriceIndexSettings settings = Indexes.Deploying("prod", "m") with { Normalizers = [path] };
        settings = settings with { Deployments = settings.Deployments.Add("alias", new ModelDeployment { Model = "path/m" }) };
        PriceIndex index = Indexes.Of("own: at a: m", settings: settings);

        ResolvedModel first = index.Find(id, default);
        Assert.Equal(isRemembered, ReferenceEquals(first, index.Find(id, default)));
        Assert.Equal(isRemembered, ReferenceEquals(first, index.Find(id.AsSpan(), default)));

        int paths = id switch { "prod" => 0, "path/alias" => 2, _ => 1 };
        Assert.Equal(paths * (isRemembered ? 1 : 3), path.Calls);
    }

    /// <summary>One normalizer that minds the instant is enough for failures to be asked for again.</summary>
    [Fact]
    public void Find_OneOfTwoNormalizersDependsOnTime_FailuresAreNotRemembered()
    {
        PriceIndex index = Indexes.Of("own: at a: m", settings: new PriceIndexSettings
        {
            Normalizers = [new PathNormalizer(), new PathNormalizer { DependsOnTime = true }],
        });

        Assert.NotSame(index.Find("path/x", default), index.Find("path/x", default));
    }

    /// <summary>Where no other form is accepted, the instant plays no part.</summary>
    [Fact]
    public void Find_FormsNotAccepted_RemembersTheFailure()
    {
        PriceIndex index = Indexes.Of("own: at a: m", settings: new PriceIndexSettings { WeakestMatch = MatchKind.Alias });

        Assert.Same(index.Find("x", default), index.Find("x", default));
    }

    /// <summary>Each provider's answer is its own: 16 are kept of an id, the oldest goes first.</summary>
    [Fact]
    public void Find_ManyProviders_KeepsTheLastSixteen()
    {
        PriceIndex index = Indexes.Of("own: : m", settings: new PriceIndexSettings { Normalizers = [new PathNormalizer()] });
        ResolvedModel[] answers = [.. Enumerable.Range(0, 17).Select(i => At($"p{i}"))];
        ResolvedModel without = index.Find("path/m", default);

        Assert.All(Enumerable.Range(1, 16), i => Assert.Same(answers[i], At($"p{i}")));
        Assert.Same(without, index.Find("path/m", default));
        Assert.NotSame(answers[0], At("p0")); // which displaces the next
        Assert.NotSame(answers[1], At("p1"));

        ResolvedModel At(string provider) => index.Find("path/m", new CallContext { Provider = provider });
    }

    /// <summary>No provider has a longer name than 256 letters; what does is not kept.</summary>
    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void Find_LongProvider_IsNotKept(int length, bool isKept)
    {
        CallContext context = new() { Provider = new string('p', length) };
        PriceIndex index = Indexes.Of("own: : m", settings: new PriceIndexSettings { Normalizers = [new PathNormalizer()] });

        Assert.Equal(isKept, ReferenceEquals(index.Find("path/m", context), index.Find("path/m", context)));
    }

    /// <summary>What a card has is chosen once: without a provider, at one that a card names, and at any other.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("a")]
    [InlineData("elsewhere")]
    public void Find_IdOfACard_IsChosenOnce(string? provider)
    {
        CallContext context = new() { Provider = provider };
        PriceIndex index = Indexes.Of("own: at a, maker: m; any: : m");

        ResolvedModel first = index.Find("m", context);
        Assert.NotNull(first.Pricing);
        Assert.Same(first, index.Find("m", context));
        Assert.Same(first, index.Find("m".AsSpan(), context));
    }

    [Fact]
    public void NotSoldAt_SameProvider_IsSaidInTheSameWords()
    {
        ResolvedModel found = Indexes.Of("own: at a: m").Find("m", default);

        CostIssue issue = found.NotSoldAt("b");
        Assert.Equal((CostIssueKind.UnknownProvider, "b"), (issue.Kind, issue.Subject));
        Assert.Equal(
            "No price for model 'm' at provider 'b'; it is known at a. Correct CallContext.Provider or add a rate card for 'b'.",
            issue.Message);
        Assert.Same(issue, found.NotSoldAt("b"));
        Assert.NotSame(issue, found.NotSoldAt("c"));
        Assert.Same(issue, found.NotSoldAt("b"));
    }
}
