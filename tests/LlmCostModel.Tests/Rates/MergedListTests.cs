using LlmCostModel.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Tests.Rates;

/// <summary>A13: lists of several files are merged item by item by the framework. That is warned about; rules with names as keys are merged
/// by name.</summary>
public sealed class MergedListTests
{
    private const string Base = """
        { "LlmCostModel": { "RateCards": { "own": { "Currency": "USD", "Models": { "m": { "Aliases": [ "one", "two" ], "PerMillionTokens": { "Input": 8 }, "Rules": [
          { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5 }, { "Name": "eu", "When": { "Region": "eu" }, "Multiply": 2 } ] } } } } } }
        """;

    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    [Theory]
    [InlineData("""{ "Rules": [ { "Name": "us", "When": { "Region": "us" }, "PerMillionTokens": { "Input": 3 } } ] }""", "Rules")]
    [InlineData("""{ "Rules": [ { "When": { "Tier": "flex" } } ] }""", "Rules")]
    [InlineData("""{ "Aliases": [ "three" ] }""", "Aliases")]
    [InlineData("""{ "PerMillionTokens": { "Input": 9 } }""", null)]
    public void A13_ListOfTwoFiles_IsWarnedAbout_WithBothNames(string model, string? list)
    {
        string[] warnings = Warnings($$"""{ "LlmCostModel": { "RateCards": { "own": { "Models": { "m": {{model}} } } } } }""");

        Assert.Equal(
            list is null
                ? []
                : [
                    $"LlmCostModel:RateCards:own:Models:m:{list}: is a list that appsettings.json and appsettings.Production.json merge item by item. "
                        + "Keep the whole list in one place, or give its rules names as keys.",
                ],
            warnings);
    }

    [Fact]
    public void A13_ListOfTwoFiles_UnderStrict_StopsTheStart()
    {
        OptionsValidationException refusal = Assert.Throws<OptionsValidationException>(() =>
            Warnings("""{ "LlmCostModel": { "Strict": true, "RateCards": { "own": { "Models": { "m": { "Aliases": [ "three" ] } } } } } }"""));

        Assert.Contains("appsettings.json and appsettings.Production.json merge", refusal.Message, StringComparison.Ordinal);
    }

    private static string[] Warnings(string production)
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .Add(new Settings(Base, "appsettings.json"))
            .Add(new Settings(production, "appsettings.Production.json"))
            .Build();
        using ServiceProvider services = new ServiceCollection().AddLlmCostModel(configuration).BuildServiceProvider();
        return [.. services.GetRequiredService<ICostEstimator>().Rates.Warnings];
    }

    /// <summary>Batch halves, eu doubles, us sets the input to 3, the second file changes eu to 4 times. An alphabet of one file's rules is
    /// not their order: <c>Order</c> is.</summary>
    [Fact]
    public void A13_RulesByName_OfTwoFiles_AddUpAndOverrideByName()
    {
        const string First = """
            { "LlmCostModel": { "RateCards": { "own": { "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 8 }, "Rules": {
              "batch": { "When": { "Tier": "batch" }, "Multiply": 0.5 }, "eu": { "When": { "Region": "eu" }, "Multiply": 2 } } } } } } } }
            """;
        const string Second = """
            { "LlmCostModel": { "RateCards": { "own": { "Models": { "m": { "Rules": {
              "us": { "When": { "Region": "us" }, "PerMillionTokens": { "Input": 3 } }, "eu": { "Multiply": 4 } } } } } } } }
            """;
        IConfigurationRoot configuration = new ConfigurationBuilder().Add(new Settings(First, "a.json")).Add(new Settings(Second, "b.json")).Build();
        using ServiceProvider services = new ServiceCollection().AddLlmCostModel(configuration).BuildServiceProvider();
        ICostEstimator estimator = services.GetRequiredService<ICostEstimator>();

        Assert.Empty(estimator.Rates.Warnings);
        Assert.Equal(4, Price("batch", null)); // 8 x 0.5
        Assert.Equal(32, Price("standard", "eu")); // 8 x 4
        Assert.Equal(3, Price("standard", "us"));
        Assert.Equal(1.5m, Price("batch", "us")); // 3 x 0.5

        decimal? Price(string tier, string? region) =>
            estimator.Estimate("m", Million, new CallContext { Tier = tier, Region = region }).Total?.Amount;
    }

    /// <summary>Of two rules that set the same price the later one counts: by order, then by name, in a file of its own as well.</summary>
    [Theory]
    [InlineData("""{ "z": { "PerMillionTokens": { "Input": 1 } }, "a": { "PerMillionTokens": { "Input": 2 } } }""", 1)]
    [InlineData("""{ "z": { "Order": 1, "PerMillionTokens": { "Input": 1 } }, "a": { "Order": 2, "PerMillionTokens": { "Input": 2 } } }""", 2)]
    [InlineData("""{ "z": { "PerMillionTokens": { "Input": 1 } }, "a": { "Order": 1, "PerMillionTokens": { "Input": 2 } } }""", 2)]
    [InlineData("""{ "z": { "Order": -1, "PerMillionTokens": { "Input": 1 } }, "a": "shared" }""", 7)]
    public void RulesByName_ApplyByOrderThenName(string rules, decimal expected)
    {
        string card = $$"""{ "Currency": "USD", "Rules": { "shared": { "PerMillionTokens": { "Input": 7 } } }, "Models": { "m": { "PerMillionTokens": { "Input": 8 }, "Rules": {{rules}} } } }""";
        Assert.Equal(expected, Cards.Estimator(card).Estimate("m", Million).Total?.Amount);

        Settings settings = new($$"""{ "LlmCostModel": { "RateCards": { "own": {{card}} } } }""");
        using ServiceProvider services = new ServiceCollection().AddLlmCostModel(new ConfigurationBuilder().Add(settings).Build()).BuildServiceProvider();
        Assert.Equal(expected, services.GetRequiredService<ICostEstimator>().Estimate("m", Million).Total?.Amount);
    }

    [Theory]
    [InlineData("""{ "a": { "Order": "first", "Multiply": 2 } }""", "m:Rules:a:Order: 'first' is not a whole number.")]
    [InlineData("""{ "a": { "Name": "b", "Multiply": 2 } }""", "m:Rules:a:Name: the name 'Name' is not known.")]
    [InlineData("""[ { "Name": "b", "Order": 1, "Multiply": 2 } ]""", "m:Rules:0:Order: the name 'Order' is not known.")]
    public void RulesByName_Mistakes_AreFaults(string rules, string fault)
    {
        RateCardException refusal = Assert.Throws<RateCardException>(() => Cards.Model($$""" "PerMillionTokens": { "Input": 8 }, "Rules": {{rules}} """));
        Assert.Contains(fault, refusal.Message, StringComparison.Ordinal);
    }
}
