using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Tests.RateCards;

/// <summary>Rates made in code may lack what the compiler only warns about: every gap is a fault with its path, all of them at
/// once.</summary>
public class IncompleteCardTests
{
    private const string IsNull = "is null. Give it a value, or leave it out.";

    private static readonly ImmutableSortedDictionary<string, ImmutableArray<string>> Size = PriceCondition.Always.Attributes;

    public static TheoryData<string, RateCard> Incomplete => new()
    {
        { "RateCards:0: has no Name. Name the card; receipts show it.", Card() with { Name = null! } },
        { "acme: has no Currency. Add the ISO 4217 code of all its amounts, such as USD.", Card() with { Currency = null! } },
        { "acme: has no Currency. Add the ISO 4217 code of all its amounts, such as USD.", Card() with { Currency = "" } },
        { "acme: has no Models. Add at least one model with its prices.", Card() with { Models = default } },
        { $"acme:Models:1: {IsNull}", Card() with { Models = [Card().Models[0], null!] } },
        { "acme:Models:0: has no Id. Write the id as the provider does.", WithModel(model => model with { Id = null! }) },
        { $"acme:Models:m:Aliases:1: {IsNull}", WithModel(model => model with { Aliases = ["n", null!] }) },
        {
            "acme:Models:m: has no prices. Add PerMillionTokens, PerMeter or Versions.",
            WithModel(model => model with { Versions = default })
        },
        { $"acme:Models:m:Versions:0: {IsNull}", WithModel(model => model with { Versions = [null!] }) },
        {
            "acme:Models:m:Versions:0: has no prices. Add PerMillionTokens, PerMeter or Rules; 0 is free.",
            WithVersion(version => version with { PerMillionTokens = null! })
        },
        {
            $"acme:Models:m:Versions:0:PerMeter:Image: {IsNull}",
            WithVersion(version => version with { PerMeter = version.PerMeter.Add("Image", null!) })
        },
        { $"acme:Models:m:Versions:0:Rules:0: {IsNull}", WithVersion(version => version with { Rules = [null!] }) },
        { $"acme:Models:m:Versions:0:Never:1: {IsNull}", WithVersion(version => version with { Never = [["batch", null!]] }) },
        {
            "acme:Models:m:Versions:0:Never:0: '' is not a combination. List at least two names that cannot occur together.",
            WithVersion(version => version with { Never = [default] })
        },
        { "acme:Models:m:Versions:0:Rules:0: has no Name. Name the rule; receipts show it.", WithRule(rule => rule with { Name = null! }) },
        { $"acme:Models:m:Versions:0:Rules:0:On:0: {IsNull}", WithRule(rule => rule with { On = [null!] }) },
        {
            $"acme:Models:m:Versions:0:Rules:0:PerMeter:Image: {IsNull}",
            WithRule(rule => rule with { PerMeter = rule.PerMeter.Add("Image", null!) })
        },
        { $"acme:Models:m:Versions:0:Rules:0:When:Tiers:0: {IsNull}", When(new() { Tiers = [null!] }) },
        { $"acme:Models:m:Versions:0:Rules:0:When:Regions:0: {IsNull}", When(new() { Regions = [null!] }) },
        { $"acme:Models:m:Versions:0:Rules:0:When:Providers:0: {IsNull}", When(new() { Providers = [null!] }) },
        { $"acme:Models:m:Versions:0:Rules:0:When:Deployments:0: {IsNull}", When(new() { Deployments = [null!] }) },
        { $"acme:Models:m:Versions:0:Rules:0:When:Accounts:0: {IsNull}", When(new() { Accounts = [null!] }) },
        { $"acme:Models:m:Versions:0:Rules:0:When:Attributes:0: {IsNull}", When(new() { Attributes = Size.Add("size", [null!]) }) },
    };

    [Theory]
    [MemberData(nameof(Incomplete), DisableDiscoveryEnumeration = true)]
    public void Card_WithAGap_IsAFaultWithItsPath(string fault, RateCard card)
    {
        RateCardException refusal = Assert.Throws<RateCardException>(() => new CostEstimator(card));

        Assert.Equal(fault, refusal.Message);
    }

    [Fact]
    public void Cards_WithSeveralGaps_AreAllReported()
    {
        RateCardException refusal = Assert.Throws<RateCardException>(() => new CostEstimator(
            (RateCard)null!,
            new RateCard { Name = "acme", Currency = null!, Models = [null!, new ModelPricing { Id = null!, Versions = [null!] }] },
            Card() with { Name = "other", Currency = "DOLLAR" }));

        Assert.Equal(
            [
                $"RateCards:0: {IsNull}",
                "acme: has no Currency. Add the ISO 4217 code of all its amounts, such as USD.",
                $"acme:Models:0: {IsNull}",
                "acme:Models:1: has no Id. Write the id as the provider does.",
                $"acme:Models:1:Versions:0: {IsNull}",
                "other:Currency: 'DOLLAR' is not an ISO 4217 currency code. Write a code such as USD, EUR or CNY.",
            ],
            refusal.Faults.Select(fault => fault.ToString()));
    }

    [Fact]
    public void Options_WithNulls_AreAllReported()
    {
        OptionsValidationException refusal = Assert.Throws<OptionsValidationException>(() => new ServiceCollection()
            .AddLlmCostModel(options =>
            {
                options.RateCards["x"] = null!;
                options.Overlays["y"] = null!;
                options.Overlays["named"] = new PriceOverlay { Name = "named", Rules = [null!] };
                options.Overlays["nameless"] = new PriceOverlay { Name = null!, Providers = [null!], Rules = [new() { Name = "r", Multiply = 1 }] };
                options.Overlays["empty"] = new PriceOverlay { Name = "empty", Rules = default };
                options.Deployments["z"] = null!;
                options.Deployments["prod"] = new ModelDeployment { Model = null! };
            })
            .BuildServiceProvider()
            .GetRequiredService<ICostEstimator>());

        Assert.Equal(
            [
                $"RateCards:x: {IsNull}",
                $"Overlays:y: {IsNull}",
                $"Overlays:named:Rules:0: {IsNull}",
                "Overlays:nameless: has no Name. Name the overlay; receipts show it.",
                $"Overlays:nameless:Providers:0: {IsNull}",
                "Overlays:empty: has no Rules. Add at least one rule, or leave the overlay out.",
                $"Deployments:z: {IsNull}",
                "Deployments:prod: has no Model. Add the id of the model that is deployed.",
            ],
            refusal.Failures);
    }

    /// <summary>Receipts show the name; who wrote another key would look for that one.</summary>
    [Fact]
    public void Options_KeysThatAreNotTheNames_AreReported()
    {
        LlmCostModelOptions options = new();
        options.RateCards["b"] = Card() with { Name = "a" };
        options.RateCards["SAME"] = Card() with { Name = "same", Provider = "another" };
        options.Overlays["y"] = new() { Name = "x", Rules = [new() { Name = "r", Multiply = 1 }] };

        Assert.Equal(
            [
                "RateCards:b:Name: 'a' is not the key that it stands under. Use RateCards[\"a\"], or name it 'b'.",
                "Overlays:y:Name: 'x' is not the key that it stands under. Use Overlays[\"x\"], or name it 'y'.",
            ],
            Assert.Throws<RateCardException>(() => new CostEstimator(options)).Faults.Select(fault => fault.ToString()));
    }

    /// <summary>A configuration key can hold no colon, and two files may state cards of one name.</summary>
    [Fact]
    public void Options_NamesThatWereRead_MayDifferFromTheirKeys()
    {
        const string Text = """{ "RateCards": { "b": { "Name": "a: b", "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1 } } } } } }""";
        LlmCostModelOptions options = new();
        options.AddJson(Text, "first.json");
        options.AddJson("""{ "Name": "a: b", "Currency": "USD", "Models": { "n": { "PerMillionTokens": { "Input": 1 } } } }""", "second.json");
        options.AddJson("""{ "Name": "a: b", "Currency": "USD", "Models": { "o": { "PerMillionTokens": { "Input": 1 } } } }""", "third.json");

        Assert.Equal(["a: b", "a: b", "a: b"], new CostEstimator(options).RateCards.Select(card => card.Name));
    }

    [Fact]
    public void Registration_OfANullCard_ThrowsWhereItIsMade() =>
        Assert.Equal(
            "A rate card is null or has no Name. Name it; receipts show the name. (Parameter 'rateCards')",
            Assert.Throws<ArgumentException>(() => new ServiceCollection().AddLlmCostModel(Card(), null!)).Message);

    [Fact]
    public void Source_WithANullCard_IsAFault()
    {
        RateCardException refusal = Assert.Throws<RateCardException>(() => new CostEstimator(new(), [new Source()], []));

        Assert.Equal($"Source: {IsNull}", refusal.Message);
    }

    /// <summary>Attribute values that are the default array accept nothing; the price stays 1 USD per million.</summary>
    [Fact]
    public void AbsentCollections_AreEmpty()
    {
        RateCard card = WithRule(rule => rule with
        {
            On = default,
            PerMeter = null!,
            When = new PriceCondition { Tokens = default, Tiers = default, Attributes = Size.Add("size", default) },
        });

        CallContext context = new() { Attributes = [new("size", "large")] };
        CostEstimate estimate = new CostEstimator(card).Estimate("m", new TokenUsage { Input = 1_000_000 }, in context);

        Assert.Equal(1, estimate.Total?.Amount);
    }

    private static RateCard Card() => new()
    {
        Name = "acme",
        Currency = "USD",
        Models = [new ModelPricing { Id = "m", Versions = [new PriceVersion { PerMillionTokens = new TokenRates { Input = 1 } }] }],
    };

    private static RateCard WithModel(Func<ModelPricing, ModelPricing> change) => Card() with { Models = [change(Card().Models[0])] };

    private static RateCard WithVersion(Func<PriceVersion, PriceVersion> change) =>
        WithModel(model => model with { Versions = [change(model.Versions[0])] });

    private static RateCard When(PriceCondition condition) => WithRule(rule => rule with { When = condition });

    private static RateCard WithRule(Func<PriceRule, PriceRule> change) =>
        WithVersion(version => version with { Rules = [change(new PriceRule { Name = "double", Multiply = 2 })] });

    private sealed class Source : IRateCardSource
    {
        public IReadOnlyList<RateCard> Load() => [null!];
    }
}
