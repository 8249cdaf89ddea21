using LlmCostModel.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Tests.Rates;

/// <summary>What an application says of its rates when it starts: nothing that was meant to be configured is left out in silence.</summary>
public sealed class StartReportTests
{
    private const string MissingSection =
        "the configuration has no such section, or nothing is in it: none of the application's own rates are in use.";

    private const string AddIt = "Add it; without your own rates call AddLlmCostModel() without a configuration.";

    [Theory]
    [InlineData("LlmCostModl", "Did you mean 'LlmCostModl'? Rename it to 'LlmCostModel'.")]
    [InlineData("llmCostModels", "Did you mean 'llmCostModels'? Rename it to 'LlmCostModel'.")]
    [InlineData("Costs", AddIt)]
    public void Section_MisspeltOrMissing_IsWarnedAbout(string key, string fix)
    {
        IConfiguration configuration = Configuration(
            ("Logging:LogLevel:Default", "Warning"),
            ($"{key}:RateCards:acme:Currency", "USD"),
            ($"{key}:RateCards:acme:Models:m:PerMillionTokens:Input", "1"));

        Assert.Equal($"LlmCostModel: {MissingSection} {fix}", Assert.Single(Warnings(services => services.AddLlmCostModel(configuration))));
    }

    [Fact]
    public void Section_OfTheApplicationsChoice_IsNamedByItsPath()
    {
        IConfigurationSection section = Configuration(("Ai:Costs", "")).GetSection("Ai:Prices");

        Assert.Equal($"Ai:Prices: {MissingSection} {AddIt}", Assert.Single(Warnings(services => services.AddLlmCostModel(section))));
    }

    [Fact]
    public void Section_MissingUnderStrict_DoesNotStart()
    {
        OptionsValidationException refusal = Assert.Throws<OptionsValidationException>(
            () => Warnings(services => services.AddLlmCostModel(Configuration()).AddLlmCostModel(options => options.Strict = true)));

        Assert.Contains(MissingSection, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoConfiguration_IsNoMistake() => Assert.Empty(Warnings(services => services.AddLlmCostModel()));

    [Fact]
    public void Deployment_OfAModelThatNoCardHas_IsWarnedAbout()
    {
        IConfiguration configuration = Configuration(
            ("LlmCostModel:RateCards:acme:Currency", "USD"),
            ("LlmCostModel:RateCards:acme:Provider", "acme"),
            ("LlmCostModel:RateCards:acme:Models:m:PerMillionTokens:Input", "1"),
            ("LlmCostModel:Deployments:good", "m"),
            ("LlmCostModel:Deployments:lost", "n"),
            ("LlmCostModel:Deployments:elsewhere:Model", "m"),
            ("LlmCostModel:Deployments:elsewhere:Provider", "other"));

        Assert.Equal(
            [
                "Deployment 'elsewhere' is mapped to 'm', which has no price at provider 'other'. "
                    + "Correct the map under 'LlmCostModel:Deployments' or add a rate card.",
                "Deployment 'lost' is mapped to 'n', which has no price. Correct the map under 'LlmCostModel:Deployments' or add a rate card.",
            ],
            Warnings(services => services.AddLlmCostModel(configuration)).Order(StringComparer.Ordinal));
    }

    /// <summary>One card of the application with two models, one of a source with one: 2 cards, 3 models; of 3 and of 5 May.</summary>
    [Fact]
    public void Load_AndReload_EachSayInOneLineWhatIsInUse()
    {
        IConfigurationRoot configuration = Configuration(
            ("LlmCostModel:RateCards:acme:Currency", "USD"),
            ("LlmCostModel:RateCards:acme:AsOf", "2026-05-05"),
            ("LlmCostModel:RateCards:acme:Models:m:PerMillionTokens:Input", "1"),
            ("LlmCostModel:RateCards:acme:Models:n:PerMillionTokens:Input", "1"));
        LogLines log = new();
        IReadOnlyList<RateCard> catalog = Cards.Parse("""{ "Currency": "USD", "AsOf": "2026-05-03", "Models": { "o": { "PerMillionTokens": { "Input": 1 } } } }""");
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(log)
            .AddSingleton<IRateCardSource>(new Source([.. catalog]))
            .AddLlmCostModel(configuration)
            .BuildServiceProvider();

        RatesStatus status = services.GetRequiredService<ICostEstimator>().Rates;

        Assert.Equal((2, 1, 3, new DateOnly(2026, 5, 3)), (status.RateCards, status.OwnRateCards, status.Models, status.OldestAsOf));
        const string Rates = "Information: Rates in use: 2 rate cards (1 of the application) with 3 models, the oldest prices of 2026-05-03, loaded at ";
        Assert.StartsWith(Rates, Assert.Single(log), StringComparison.Ordinal);

        configuration["LlmCostModel:RateCards:acme:Models:p:PerMillionTokens:Input"] = "1";
        configuration.Reload();

        Assert.Equal(2, log.Count);
        Assert.StartsWith(Rates.Replace("3 models", "4 models", StringComparison.Ordinal), log.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void Status_WithoutDates_NamesNone() =>
        Assert.Equal(
            "0 rate cards (0 of the application) with 0 models, loaded at 2026-01-02T00:00:00Z, 0 warnings",
            new RatesStatus { LoadedAt = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero) }.ToString());

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build();

    private static IReadOnlyList<string> Warnings(Action<IServiceCollection> register)
    {
        LogLines log = new();
        ServiceCollection services = new();
        services.AddSingleton<ILoggerFactory>(log);
        register(services);
        using ServiceProvider provider = services.BuildServiceProvider();
        IReadOnlyList<string> warnings = provider.GetRequiredService<ICostEstimator>().Rates.Warnings;
        Assert.Equal(warnings.Select(warning => $"Warning: Check the rates: {warning}"), log.Skip(1));
        return warnings;
    }

    private sealed class Source(params RateCard[] cards) : IRateCardSource
    {
        public IReadOnlyList<RateCard> Load() => cards;
    }
}
