using System.Collections.Immutable;
using LlmCostModel.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Tests.RateCards;

/// <summary>Ids that cannot be told apart, seen or typed, names that are not the user's to give, and dates that contradict.</summary>
public class IdTests
{
    private const string P = "\"PerMillionTokens\": { \"Input\": 1 }";

    public static TheoryData<string, string> Ids => new()
    {
        { "m\\u0000x", "Models:m\\u0000x: 'm\\u0000x' has the character U+0000, which cannot be seen or typed. Write the id as the provider does." },
        { "m\\u202egpj", "Models:m\\u202egpj: 'm\\u202egpj' has the character U+202E, which cannot be seen or typed. Write the id as the provider does." },
        { "m\\u200b", "Models:m\\u200b: 'm\\u200b' has the character U+200B, which cannot be seen or typed. Write the id as the provider does." },
        { "m\\u001b[31m", "Models:m\\u001b[31m: 'm\\u001b[31m' has the character U+001B, which cannot be seen or typed. Write the id as the provider does." },
        {
            "mode\\u0300le", // "modèle" with its accent apart
            "Models:mode\u0300le: 'mode\u0300le' has accents that stand apart from their letters (it is not in Unicode normal form C). Type the id, or save the file in form C: no call would find this one."
        },
        { " m", "Models: m: ' m' begins or ends with a blank. Write the id as the provider does." },
    };

    [Theory]
    [MemberData(nameof(Ids))]
    public void Id_ThatCannotBeSeenOrTyped_IsAFault(string id, string fault) =>
        Assert.Equal(
            $"card:{fault}",
            Refusal($$"""{ "Currency": "USD", "Models": { "{{id}}": { {{P}} } } }""")
                .Replace("\0", "\\u0000", StringComparison.Ordinal).Replace("\u202e", "\\u202e", StringComparison.Ordinal)
                .Replace("\u200b", "\\u200b", StringComparison.Ordinal).Replace("\u001b", "\\u001b", StringComparison.Ordinal));

    [Theory]
    [InlineData("modèle")]
    [InlineData("通义千问")]
    [InlineData("m 🚀")]
    [InlineData("projects/p/locations/l:publisher@001")]
    public void Id_OfAnyScript_IsValid(string id) =>
        Assert.Equal(1m, Cards.Estimator($$"""{ "Currency": "USD", "Models": { "{{id}}": { {{P}} } } }""")
            .Estimate(id, new TokenUsage { Input = 1_000_000 }).Total?.Amount);

    /// <summary>The limit is 256 characters, of ids as of aliases.</summary>
    [Fact]
    public void Id_TooLong_IsAFault()
    {
        string longest = new('m', 256);
        string tooLong = longest + "m";

        Assert.Single(RateCardJson.Parse($$"""{ "Currency": "USD", "Models": { "m": { "Aliases": [ "{{longest}}" ], {{P}} } } }""", "card"));
        Assert.Equal(
            $"card:Models:m:Aliases: '{tooLong}' has 257 characters; an id has at most 256. Write the id as the provider does.",
            Refusal($$"""{ "Currency": "USD", "Models": { "m": { "Aliases": [ "{{tooLong}}" ], {{P}} } } }"""));
        Assert.Equal(
            $"acme:Models:{new string('m', 288)}... (10,012 characters): '{new string('m', 300)}... (10,000 characters)' has 10,000 characters; an id has at most 256. Write the id as the provider does.",
            Assert.Throws<RateCardException>(() => new CostEstimator(new RateCard
            {
                Name = "acme",
                Currency = "USD",
                Models = [ModelPricing.Create(new string('m', 10_000), input: 1, output: 1)],
            })).Message);
    }

    /// <summary>A call may write neither "M" nor "m" but a third name, so that they cannot have two prices.</summary>
    [Fact]
    public void Ids_ThatDifferInCaseOnly_AreAFault()
    {
        Assert.Equal(
            "card:Models:other: 'M' differs from 'm' of card:Models:m in letter case only, and has another price. Letter case does not tell ids apart; remove one.",
            Refusal($$"""{ "Currency": "USD", "Models": { "m": { {{P}} }, "other": { "Id": "M", "PerMillionTokens": { "Input": 2 } } } }"""));
        Assert.Equal(
            "card:Models:n:Aliases: 'M' differs from 'm' of card:Models:m in letter case only, and has another price. Letter case does not tell ids apart; remove one.",
            Refusal($$"""{ "Currency": "USD", "Models": { "m": { {{P}} }, "n": { "Aliases": [ "M" ], "PerMillionTokens": { "Input": 2 } } } }"""));

        // One model may be written in two ways, and two providers may write a model each in their own.
        Assert.Single(RateCardJson.Parse($$"""{ "Currency": "USD", "Models": { "m": { "Aliases": [ "M" ], {{P}} } } }""", "card"));
        Assert.Equal(2, RateCardJson.Parse(
            $$"""{ "a": { "Provider": "a", "Currency": "USD", "Models": { "m": { {{P}} } } }, "b": { "Provider": "b", "Currency": "USD", "Models": { "M": { {{P}} } } } }""", "card").Count);
    }

    /// <summary>Public tables list models in several spellings at one price: any of them finds it.</summary>
    [Theory]
    [InlineData("ab")]
    [InlineData("aB")]
    [InlineData("AB")]
    [InlineData("Ab")]
    public void Ids_ThatDifferInCaseOnly_AtOnePrice_AreOneModel(string id) =>
        Assert.Equal(1m, Cards.Estimator($$"""{ "Currency": "USD", "Models": { "ab": { {{P}} }, "AB": { {{P}} } } }""")
            .Estimate(id, new TokenUsage { Input = 1_000_000 }).Total?.Amount);

    /// <summary>A receipt would say that the catalog has the price.</summary>
    [Fact]
    public void Card_NamedLikeOneOfTheCatalog_IsAFault()
    {
        RateCard card = new() { Name = "catalog:openai", Currency = "USD", Models = [ModelPricing.Create("m", input: 1, output: 1)] };

        Assert.Equal(
            "catalog:openai:Name: 'catalog:openai' begins with 'catalog:', as only cards of the catalog do. Name it 'openai'.",
            Assert.Throws<RateCardException>(() => new CostEstimator(card)).Message);
    }

    /// <summary>Also where a version that is only announced begins between the two.</summary>
    [Theory]
    [InlineData("""[ { "Until": "2025-06-01", P }, { "From": "2025-03-01", "Status": "announced", P }, { "From": "2025-05-01", P } ]""",
        "card:Models:m:Versions:2:From: '2025-05-01T00:00:00Z' is before the version ahead of it ends (2025-06-01T00:00:00Z). Let versions follow one another; leave Until out where the next one begins.")]
    [InlineData("""[ { P }, { "From": "2025-05-01", P }, { "From": "2025-05-01", "Status": "announced", P } ]""",
        "card:Models:m:Versions:2:From: '2025-05-01T00:00:00Z' is the same as that of another version. Give every version its own From.")]
    public void Versions_ThatContradict_AreAFault(string versions, string fault) =>
        Assert.Equal(fault, Refusal($$"""{ "Currency": "USD", "Models": { "m": { "Versions": {{versions.Replace("P", P, StringComparison.Ordinal)}} } } }"""));

    [Theory]
    [InlineData("\"Never\": [ [ \"Input\", \"input\" ] ]", "Never:0: 'Input, input' is not a combination. List at least two names that cannot occur together.")]
    [InlineData("\"Never\": [ [ \"Input\", \"Output\" ], [ \"output\", \"INPUT\" ] ]", "Never:1: 'output, INPUT' is listed before. List a combination once.")]
    public void Version_ThatContradictsItself_IsAFault(string part, string fault) =>
        Assert.Equal($"card:Models:m:{fault}", Refusal($$"""{ "Currency": "USD", "Models": { "m": { {{P}}, {{part}} } } }"""));

    /// <summary>Prices cannot have been read on a day that has not come; somewhere it is tomorrow already.</summary>
    [Theory]
    [InlineData("9999-12-31", true)]
    [InlineData("2025-03-03", true)]
    [InlineData("2025-03-02", false)]
    public void Card_ReadOnADayThatHasNotCome_IsWarnedOf(string asOf, bool isWarned)
    {
        DateOnly day = DateOnly.ParseExact(asOf, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero)))
            .AddLlmCostModel(new RateCard { Name = "acme", Currency = "USD", AsOf = day, Models = [ModelPricing.Create("m", input: 1, output: 1)] })
            .BuildServiceProvider();

        Assert.Equal(
            isWarned ? [$"Rate card 'acme': its prices are said to be of {asOf}, a day that has not come. Correct its AsOf."] : ImmutableArray<string>.Empty,
            services.GetRequiredService<ICostEstimator>().Rates.Warnings);
    }

    private static string Refusal(string json) => Assert.Throws<RateCardException>(() => RateCardJson.Parse(json, "card")).Message;
}
