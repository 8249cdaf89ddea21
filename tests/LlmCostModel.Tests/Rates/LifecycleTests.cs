namespace LlmCostModel.Tests.Rates;

/// <summary>What became of ids: led to other models, retired, names that move. Prices per million tokens, so that a million of input costs
/// the price.</summary>
public class LifecycleTests
{
    private const string Card = """
        {
          "acme": {
            "Provider": "acme", "FirstParty": true, "Currency": "USD", "AsOf": "2026-11-01",
            "Models": {
              "one": { "Aliases": [ "one-0101", "one-fixed" ], "PerMillionTokens": { "Input": 3, "Output": 15 } },
              "two": { "Versions": [
                { "PerMillionTokens": { "Input": 1, "Output": 2 } },
                { "From": "2026-08-01", "PerMillionTokens": { "Input": 0.5, "Output": 1 } } ] },
              "three": { "Aliases": [ "three-0301" ], "From": "2026-07-01", "PerMillionTokens": { "Input": 7, "Output": 8 } },
              "old": { "Aliases": [ "old-0101" ], "PerMillionTokens": { "Input": 9, "Output": 9 } }
            },
            "Lifecycle": {
              "one": { "From": "2026-05-15T19:00:00Z", "Target": "two", "Source": "https://acme.test/changes", "AsOf": "2026-05-14" },
              "one-fixed": { "From": "2026-06-01", "Retired": true },
              "old": { "From": "2026-01-05", "Retired": true, "Successor": "three" },
              "latest": [
                { "From": "2026-09-01", "Target": "three" },
                { "From": "2026-11-01", "Unknown": true, "Note": "Four or five" },
                { "From": "2026-02-01", "Target": "one" } ],
              "stable": [ { "From": "2026-03-01", "Target": "latest" }, { "From": "2026-10-01", "Retired": true } ]
            }
          }
        }
        """;

    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    private readonly CostEstimator _estimator = new(RateCardJson.Parse(Card, "acme.json"));

    /// <summary>An alias that ends while the model goes on is what the reason names; a tier that ended is not one to ask for.</summary>
    [Fact]
    public void Reasons_NameTheAliasThatEnded_AndNotTheTierThatDid()
    {
        CostEstimator estimator = new(RateCardJson.Parse("""
            { "acme": { "Provider": "acme", "Currency": "USD", "Models": { "one": { "Aliases": [ "one-preview" ], "PerMillionTokens": { "Input": 3 },
                "Rules": [ { "Name": "fast", "When": { "Tier": "fast", "Until": "2026-06-01" }, "Multiply": 2 }, { "Name": "flex", "When": { "Tier": "flex" }, "Multiply": 0.5 } ] } },
              "Lifecycle": { "one-preview": { "From": "2026-06-01", "Retired": true, "Successor": "one" } } } }
            """, "acme.json"));
        CallContext june = new() { At = new DateTimeOffset(2026, 6, 2, 0, 0, 0, TimeSpan.Zero) };
        string Reason(string id, in CallContext context) => Assert.Single(estimator.Estimate(id, new TokenUsage { Input = 1 }, context).Issues).Message;

        Assert.StartsWith("'one-preview' was retired at acme on 2026-06-01", Reason("one-preview", june), StringComparison.Ordinal);
        Assert.EndsWith("does not hold at this instant, or for such a call. Other tiers that it names: flex.", Reason("one", june with { Tier = "fast" }), StringComparison.Ordinal);
        Assert.Contains("for tier 'batch' applies", Reason("one", june with { Tier = "batch" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one", "2026-05-15T18:59:59Z", "3", "one")]
    [InlineData("one", "2026-05-15T19:00:00Z", "1", "two")]
    [InlineData("one", "2026-08-01T00:00:00Z", "0.5", "two")] // the price of the target changes, and so does that of the id
    [InlineData("one-0101", "2026-05-15T18:59:59Z", "3", "one")] // an alias has the life of its model
    [InlineData("one-0101", "2026-05-15T19:00:00Z", "1", "two")]
    [InlineData("one-fixed", "2026-05-20T00:00:00Z", "3", "one")] // unless it has its own
    [InlineData("one-fixed", "2026-06-01T00:00:00Z", null, "one")]
    [InlineData("two", "2026-05-15T19:00:00Z", "1", "two")]
    [InlineData("latest", "2026-01-31T23:59:59Z", null, "latest")] // nothing is known of it before
    [InlineData("latest", "2026-02-01T00:00:00Z", "3", "one")]
    [InlineData("latest", "2026-05-15T19:00:00Z", "1", "two")] // where its target was led, too
    [InlineData("latest", "2026-08-31T23:59:59Z", "0.5", "two")]
    [InlineData("latest", "2026-09-01T00:00:00Z", "7", "three")]
    [InlineData("latest", "2026-11-01T00:00:00Z", null, "latest")]
    [InlineData("stable", "2026-03-01T00:00:00Z", "3", "one")]
    [InlineData("stable", "2026-09-30T23:59:59Z", "7", "three")]
    [InlineData("stable", "2026-10-01T00:00:00Z", null, "stable")]
    [InlineData("old", "2026-01-04T23:59:59Z", "9", "old")]
    [InlineData("old", "2026-01-05T00:00:00Z", null, "old")]
    [InlineData("old-0101", "2026-01-05T00:00:00Z", null, "old")]
    [InlineData("OLD", "2026-01-05T00:00:00Z", null, "old")]
    [InlineData("ONE", "2026-05-15T19:00:00Z", "1", "two")]
    public void Estimate_AtTheInstant_HasThePriceOfWhatTheIdMeansThen(string id, string at, string? price, string model)
    {
        CallContext context = new() { At = Instant(at) };
        decimal? expected = price is null ? null : decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(expected, _estimator.Estimate(id, Million, context).Total?.Amount);
        Assert.Equal(expected is not null, _estimator.TryGetTotal(id, Million, context, out decimal total));
        Assert.Equal(expected ?? 0, total);
        Assert.Equal(expected, _estimator.GetModel(id).Estimate(Million, context).Total?.Amount);
        Assert.Equal(expected, _estimator.Price(Call(id, at)).Total?.Amount);
        CostReceipt receipt = _estimator.Explain(id, Million, context);
        Assert.Equal(expected, receipt.Total?.Amount);
        Assert.Equal(model, receipt.Model);
    }

    [Fact]
    public void Redirect_IsSaid()
    {
        CallContext context = new() { At = Instant("2026-06-01T00:00:00Z") };
        const string Words = "'one' leads to 'two' from 2026-05-15T19:00:00Z and is billed as it";

        Assert.Equal([Words], _estimator.Explain("one", Million, context).Resolution!.Steps);
        Assert.Contains(Words + ".", _estimator.Price(Call("one", "2026-06-01T00:00:00Z")).Notes);
        Assert.Equal("two", _estimator.Estimate("one", Million, context).Model);
        Assert.Equal(
            ["'stable' leads to 'latest' from 2026-03-01T00:00:00Z and is billed as it",
                "'latest' leads to 'one' from 2026-02-01T00:00:00Z and is billed as it", Words],
            _estimator.Explain("stable", Million, context).Resolution!.Steps);
    }

    [Fact]
    public void Retirement_NamesTheSuccessor()
    {
        CostIssue issue = Assert.Single(_estimator.Price(Call("old-0101", "2026-02-01T00:00:00Z")).Issues);

        Assert.Equal(CostIssueKind.Retired, issue.Kind);
        Assert.Equal(
            "'old' was retired at acme on 2026-01-05T00:00:00Z, so that there is no price from then on; its successor is 'three'. "
                + "If it is still served to you, add its price to a rate card of your own.",
            issue.Message);
    }

    /// <summary>What was made without a time was made while the model was served; an estimate asks for now.</summary>
    [Fact]
    public void CallWithoutATime_OfARetiredModel_HasItsLastPrice()
    {
        PricedCall priced = _estimator.Price(Call("old-0101", "2026-01-01T00:00:00Z") with { At = null });

        Assert.Equal(9, priced.Total?.Amount);
        Assert.Equal(Instant("2026-01-05T00:00:00Z").AddTicks(-1), priced.At);
        Assert.Contains("The call states no time, and 'old' was retired on 2026-01-05T00:00:00Z: its last prices are taken.", priced.Notes);
        Assert.DoesNotContain(priced.Notes, note => note.Contains("those of now", StringComparison.Ordinal));
        Assert.Null(_estimator.Estimate("old-0101", Million).Total);
    }

    [Fact]
    public void Unknown_SaysWhatIsKnown()
    {
        CostIssue issue = Assert.Single(_estimator.Price(Call("latest", "2026-11-02T00:00:00Z")).Issues);

        Assert.Equal(CostIssueKind.NoPriceAtInstant, issue.Kind);
        Assert.Equal(
            "What 'latest' leads to from 2026-11-01T00:00:00Z on is not known. Noted there: Four or five. "
                + "Price calls by the model that the response names.",
            issue.Message);
    }

    [Fact]
    public void Periods_FollowTheIdThroughItsModels()
    {
        IReadOnlyList<PricePeriod> periods = _estimator.GetModel("latest")
            .GetPricePeriods(Instant("2026-01-01T00:00:00Z"), Instant("2026-12-01T00:00:00Z"));

        Assert.Equal(
            ["2026-01-01", "2026-02-01", "2026-05-15", "2026-08-01", "2026-09-01", "2026-11-01"],
            periods.Select(period => period.From.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal([null, 3m, 1m, 0.5m, 7m, null], periods.Select(period => period.Version?.PerMillionTokens.Input));
    }

    [Fact]
    public void OwnCard_StandsBeforeTheLifeInAnother()
    {
        LlmCostModelOptions options = new();
        options.AddJson("""{ "mine": { "Provider": "acme", "Currency": "USD", "Models": { "old": { "PerMillionTokens": { "Input": 4, "Output": 4 } } } } }""", "mine.json");
        CostEstimator estimator = new(options, [new Source(RateCardJson.Parse(Card, "acme.json"))], []);

        Assert.Equal(4, estimator.Estimate("old", Million, new CallContext { At = Instant("2026-11-01T00:00:00Z") }).Total?.Amount);
    }

    [Fact]
    public void Json_KeepsIt()
    {
        RateCard card = RateCardJson.Parse(Card, "acme.json")[0];

        Assert.Equal(card, RateCardJson.Parse(RateCardJson.Write(card), "acme.json")[0]);
        Assert.Equal(5, card.Lifecycle.Length);
    }

    [Fact]
    public void Estimate_ThroughALife_AllocatesNothing()
    {
        CallContext context = new() { At = Instant("2026-08-02T00:00:00Z") };
        PricedModel model = _estimator.GetModel("latest");
        _estimator.Estimate("latest", Million, context);
        model.Estimate(Million, context);

        long before = GC.GetAllocatedBytesForCurrentThread();
        CostEstimate estimate = _estimator.Estimate("latest", Million, context);
        CostEstimate ofModel = model.Estimate(Million, context);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(estimate.Total, ofModel.Total);
    }

    [Theory]
    [InlineData("""{ "gone": { "From": "2026-01-01", "Retired": true } }""", "is no id of the card")]
    [InlineData("""{ "one": { "From": "2026-01-01" } }""", "not one of Target, Retired and Unknown")]
    [InlineData("""{ "one": { "From": "2026-01-01", "Target": "two", "Retired": true } }""", "not one of Target, Retired and Unknown")]
    [InlineData("""{ "one": { "From": "2026-01-01", "Target": "tow" } }""", "is a Target that the card does not have")]
    [InlineData("""{ "one": { "From": "2026-01-01", "Target": "two", "Successor": "three" } }""", "is a Successor of an id that is not retired")]
    [InlineData("""{ "one": { "Target": "two" } }""", "From")]
    [InlineData("""{ "one": [] }""", "has no events")]
    [InlineData("""{ "one": { "From": "2026-01-01", "Target": "two" }, "two": { "From": "2026-01-01", "Target": "one" } }""", "leads back to itself")]
    [InlineData("""{ "one": [ { "From": "2026-01-01", "Target": "two" }, { "From": "2026-01-01", "Retired": true } ] }""", "two events at one instant")]
    [InlineData("""{ "one": { "From": "2026-01-01", "Targets": "two" } }""", "Did you mean 'Target'?")]
    public void Faults_AreNamed(string lifecycle, string fault)
    {
        string json = $$"""
            { "acme": { "Provider": "acme", "Currency": "USD", "Models": {
              "one": { "PerMillionTokens": { "Input": 1, "Output": 1 } }, "two": { "PerMillionTokens": { "Input": 1, "Output": 1 } } },
              "Lifecycle": {{lifecycle}} } }
            """;

        Assert.Contains(fault, Assert.Throws<RateCardException>(() => RateCardJson.Parse(json, "acme.json")).Message, StringComparison.Ordinal);
    }

    /// <summary>A source promises valid cards. Where it does not keep that, ids that lead back to themselves, by so many ways that
    /// following each would not end, have no price, and the others have theirs.</summary>
    [Fact]
    public void Cycle_InACardThatNobodyChecked_HasNoPriceAndAnEnd()
    {
        IdLifecycle Life(string id, params string[] targets) => new()
        {
            Id = id,
            Events = [.. targets.Select((target, index) => new IdEvent { From = Instant("2026-01-01T00:00:00Z").AddDays(index), Target = target })],
        };
        string[] names = [.. Enumerable.Range(0, 60).Select(index => $"name-{index}")];
        RateCard card = RateCardJson.Parse(Card, "acme.json")[0] with
        {
            Lifecycle =
            [
                Life("one", "two"),
                Life("two", "one"),
                Life("circle", "circle"),
                Life("lost", "nowhere", "three"),
                .. names.Select((name, index) => Life(name, names[(index + 1) % 60], names[(index + 7) % 60], index == 30 ? "old" : name)),
            ],
        };
        CostEstimator estimator = new(new LlmCostModelOptions(), [new Source([card])], []);
        CallContext context = new() { At = Instant("2026-08-01T00:00:00Z") };

        foreach (string name in names.Append("one").Append("two").Append("lost"))
        {
            Assert.InRange(estimator.Explain(name, Million, context).Total?.Amount ?? 0, 0, 9);
        }

        Assert.Equal(
            "What 'one' leads to from 2026-01-01T00:00:00Z on is not known. Noted there: It leads back to itself. "
                + "Price calls by the model that the response names.",
            Assert.Single(estimator.Estimate("one", Million, context).Issues).Message);
        Assert.Null(estimator.Estimate("circle", Million, context).Total);
        Assert.Equal(7, estimator.Estimate("lost", Million, context).Total?.Amount);
        Assert.Null(estimator.Estimate("lost", Million, new CallContext { At = Instant("2026-01-01T12:00:00Z") }).Total);
        Assert.Equal(9, estimator.Estimate("old", Million, context).Total?.Amount);
        Assert.Equal(9, estimator.Estimate("name-30", Million, context).Total?.Amount);
    }

    /// <summary>Each of 60 names has two ways to the next: following every way would take for ever.</summary>
    [Fact]
    public void ManyWays_ToOneModel_AreCheckedOnce()
    {
        string lives = string.Join(", ", Enumerable.Range(0, 60).Select(index => $$"""
            "name-{{index}}": [ { "From": "2026-01-01", "Target": "name-{{index + 1}}" }, { "From": "2026-02-01", "Target": "name-{{index + 1}}" } ]
            """));
        CostEstimator estimator = new(RateCardJson.Parse($$"""
            { "acme": { "Provider": "acme", "Currency": "USD", "Models": { "name-60": { "PerMillionTokens": { "Input": 5, "Output": 5 } } },
              "Lifecycle": { {{lives}} } } }
            """, "acme.json"));

        Assert.Equal(5, estimator.Estimate("name-0", Million, new CallContext { At = Instant("2026-03-01T00:00:00Z") }).Total?.Amount);
    }

    [Fact]
    public void Doubts_AreSaid()
    {
        CostEstimator estimator = new(RateCardJson.Parse("""
            { "acme": { "Provider": "acme", "Currency": "USD", "AsOf": "2026-10-01", "PricesLastDays": 21, "Models": {
              "promo": { "AsOf": "2026-11-10", "Basis": "page", "GuaranteedUntil": "2026-11-22", "PerMillionTokens": { "Input": 1, "Output": 1 } },
              "plain": { "PerMillionTokens": { "Input": 1, "Output": 1 } } } } }
            """, "acme.json"));

        Assert.Empty(estimator.Explain("promo", Million, new CallContext { At = Instant("2026-11-21T23:59:59Z") }).Notes);
        CostReceipt after = estimator.Explain("promo", Million, new CallContext { At = Instant("2026-11-22T00:00:00Z") });
        Assert.Equal(PriceBasis.Page, after.Basis);
        Assert.Equal(
            ["The provider promised this price of 'promo' until 2026-11-22T00:00:00Z only; what it charges since is not known."], after.Notes);
        Assert.Equal(1, after.Total?.Amount);
        Assert.Empty(estimator.Price(Call("plain", "2026-10-22T00:00:00Z")).Notes.Where(note => note.Contains("last about", StringComparison.Ordinal)));
        Assert.Contains(
            "The price of 'plain' was read on 2026-10-01, and prices of acme last about 21 days.",
            estimator.Price(Call("plain", "2026-10-23T00:00:00Z")).Notes);
    }

    private static ModelCall Call(string id, string at) => new()
    {
        At = Instant(at),
        Reading = new UsageReading { Status = UsageStatus.Complete, Model = id, Usage = Million },
    };

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private sealed class Source(IReadOnlyList<RateCard> cards) : IRateCardSource
    {
        public IReadOnlyList<RateCard> Load() => cards;
    }
}
