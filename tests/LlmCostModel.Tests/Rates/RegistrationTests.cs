using LlmCostModel.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Tests.Rates;

public class RegistrationTests
{
    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    [Fact]
    public void Configuration_WholeOrSection_MeansTheSame()
    {
        IConfiguration configuration = Rates(("acme:Currency", "USD"), ("acme:Models:m:PerMillionTokens:Input", "0.55"));

        Assert.Equal(0.55m, Estimator(services => services.AddLlmCostModel(configuration)).Estimate("m", Million).Total?.Amount);
        Assert.Equal(0.55m, Estimator(services => services.AddLlmCostModel(configuration.GetSection("LlmCostModel"))).Estimate("m", Million).Total?.Amount);
    }

    [Fact]
    public void CalledTwice_RegistersOnce()
    {
        IConfiguration configuration = Rates(("acme:Currency", "USD"), ("acme:Models:m:PerMillionTokens:Input", "0.55"));
        ServiceCollection services = new();
        services.AddLlmCostModel(configuration).AddLlmCostModel(configuration);

        Assert.Single(services, service => service.ServiceType == typeof(ICostEstimator));
        Assert.Single(services, service => service.ServiceType == typeof(IValidateOptions<LlmCostModelOptions>));
        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Equal(0.55m, provider.GetRequiredService<ICostEstimator>().Estimate("m", Million).Total?.Amount);
    }

    [Fact]
    public void SeveralSources_AddUp_TheLaterOneReplacesByName()
    {
        RateCard first = Card("a", "m", 1);
        RateCard replacement = Card("a", "m", 2);
        RateCard other = Card("b", "n", 3);

        ICostEstimator estimator = Estimator(services => services
            .AddLlmCostModel(first)
            .AddLlmCostModel(replacement, other)
            .AddLlmCostModel(options => options.WeakestMatch = MatchKind.Exact));

        Assert.Equal(2, estimator.Estimate("m", Million).Total?.Amount);
        Assert.Equal(3, estimator.Estimate("n", Million).Total?.Amount);
    }

    /// <summary>On 21 November, 23 August is 90 days ago: 8 of August, 30 of September, 31 of October, 21 of November.</summary>
    [Theory]
    [InlineData("2026-08-23", true, 0)]
    [InlineData("2026-08-22", false, 1)]
    [InlineData("2026-08-22", true, 1)]
    public void MaxRateAgeDays_OlderCard_IsWarnedAboutAndStillPrices(string asOf, bool strict, int warnings)
    {
        IConfiguration configuration = Rates(("acme:Currency", "USD"), ("acme:AsOf", asOf), ("acme:Models:m:PerMillionTokens:Input", "0.55"));
        configuration["LlmCostModel:MaxRateAgeDays"] = "90";
        configuration["LlmCostModel:Strict"] = strict.ToString();

        ICostEstimator estimator = Estimator(services => services
            .AddLlmCostModel(configuration)
            .AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(2026, 11, 21, 23, 0, 0, TimeSpan.Zero))));

        Assert.Equal(0.55m, estimator.Estimate("m", Million).Total?.Amount);
        Assert.Equal(warnings, estimator.Rates.Warnings.Count);
        Assert.All(estimator.Rates.Warnings, warning => Assert.Contains("'acme': its prices are of 2026-08-22, 91 days ago, more than the 90", warning, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("3.5")]
    [InlineData("soon")]
    public void MaxRateAgeDays_NoNumberOfDays_IsAFault(string days)
    {
        IConfiguration configuration = Rates(("acme:Currency", "USD"), ("acme:Models:m:PerMillionTokens:Input", "0.55"));
        configuration["LlmCostModel:MaxRateAgeDays"] = days;

        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(() => Estimator(services => services.AddLlmCostModel(configuration)));
        Assert.Contains($"LlmCostModel:MaxRateAgeDays: '{days}' is not a whole number of days", exception.Message, StringComparison.Ordinal);
        Assert.Throws<OptionsValidationException>(() => Estimator(services => services.AddLlmCostModel(options => options.MaxRateAgeDays = 0)));
    }

    [Fact]
    public void UserCards_WinOverASource()
    {
        ICostEstimator estimator = Estimator(services =>
        {
            services.AddLlmCostModel(Card("mine", "m", 1));
            services.AddSingleton<IRateCardSource>(new FixedSource(Card("catalog", "m", 9), Card("catalog2", "n", 9)));
        });

        Assert.Equal("mine", estimator.Estimate("m", Million).RateCard);
        Assert.Equal("catalog2", estimator.Estimate("n", Million).RateCard);
    }

    [Fact]
    public async Task Start_BadRates_FailsWithEveryFaultAndItsPath()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["LlmCostModel:RateCards:acme:Currency"] = "DOLLAR";
        builder.Configuration["LlmCostModel:RateCards:acme:Models:m:PerMillionTokens:Input"] = "-1";
        builder.Services.AddLlmCostModel(builder.Configuration);
        using IHost host = builder.Build();

        OptionsValidationException refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(
            [
                "LlmCostModel:RateCards:acme:Currency: 'DOLLAR' is not an ISO 4217 currency code. Write a code such as USD, EUR or CNY.",
                "LlmCostModel:RateCards:acme:Models:m:PerMillionTokens:Input: '-1' is negative; a price must be 0 or more. Write a number such as 0.55, 0 for free, or leave it out when the price is not known.",
            ],
            refusal.Failures.Order());
    }

    [Fact]
    public void Key_WithColon_IsExplained()
    {
        IConfiguration configuration = Rates(("acme:Currency", "USD"), ("acme:Models:llama3:8b:PerMillionTokens:Input", "0"));

        OptionsValidationException refusal = Assert.Throws<OptionsValidationException>(() => Estimator(services => services.AddLlmCostModel(configuration)));

        Assert.Contains(
            "LlmCostModel:RateCards:acme:Models:llama3: looks like the model id 'llama3:8b': configuration keys cannot hold a colon. Choose a key without one and write \"Id\": \"llama3:8b\" inside.",
            refusal.Failures);
        Assert.DoesNotContain(refusal.Failures, failure => failure.Contains("'8b' is not known", StringComparison.Ordinal)); // one fault of one cause
    }

    /// <summary>A key with a colon is one name below another; a misspelt setting is too, and is named as such.</summary>
    [Theory]
    [InlineData("my:dep", "LlmCostModel:Deployments:my: looks like the deployment 'my:dep': configuration keys cannot hold a colon. Choose a key without one and write \"Id\": \"my:dep\" and \"Model\" inside.")]
    [InlineData("llama3:8b:Model", "LlmCostModel:Deployments:llama3: looks like the deployment 'llama3:8b': configuration keys cannot hold a colon. Choose a key without one and write \"Id\": \"llama3:8b\" and \"Model\" inside.")]
    [InlineData("my:Modell", "LlmCostModel:Deployments:my:Modell: the name 'Modell' is not known. Did you mean 'Model'?")]
    public void Deployment_WithAColonInItsKey_IsNamed(string key, string fault)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("LlmCostModel:Deployments:" + key, "m")]).Build();

        OptionsValidationException refusal = Assert.Throws<OptionsValidationException>(() => Estimator(services => services.AddLlmCostModel(configuration)));

        Assert.Contains(fault, refusal.Failures);
    }

    [Fact]
    public void Id_InsideAModel_ReplacesItsKey()
    {
        ICostEstimator estimator = Estimator(services => services.AddLlmCostModel(Rates(
            ("local:Currency", "USD"), ("local:Models:llama3-8b:Id", "llama3:8b"), ("local:Models:llama3-8b:PerMillionTokens:Input", "0"))));

        Assert.Equal(0, estimator.Estimate("llama3:8b", Million).Total?.Amount);
        Assert.Equal(CostStatus.Unpriced, estimator.Estimate("llama3-8b", Million).Status);
    }

#if NET10_0_OR_GREATER // Microsoft.Extensions.Configuration 8 and 9, of which .NET 8 runs the tests, give null as an empty text: it is refused.
    [Fact]
    public void JsonNull_IsNotKnown_NotFree()
    {
        using MemoryStream json = new("""{ "LlmCostModel": { "RateCards": { "a": { "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1, "Output": null } } } } } } }"""u8.ToArray());
        IConfiguration configuration = new ConfigurationBuilder().AddJsonStream(json).Build();

        CostEstimate cost = Estimator(services => services.AddLlmCostModel(configuration)).Estimate("m", new TokenUsage { Input = 1_000_000, Output = 1 });

        Assert.Equal(CostStatus.Partial, cost.Status);
        Assert.Equal(1, cost.Total?.Amount);
    }
#endif

    [Fact]
    public void AnEnvironmentVariable_OverridesOnePrice()
    {
        using MemoryStream json = new("""{ "LlmCostModel": { "RateCards": { "a": { "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1, "Output": 2 } } } } } } }"""u8.ToArray());
        IConfiguration configuration = new ConfigurationBuilder().AddJsonStream(json)
            .AddInMemoryCollection([new("LlmCostModel:RateCards:a:Models:m:PerMillionTokens:Input", "0.5")]).Build();

        Assert.Equal(0.5m + 2, Estimator(services => services.AddLlmCostModel(configuration)).Estimate("m", new TokenUsage { Input = 1_000_000, Output = 1_000_000 }).Total?.Amount);
    }

    [Fact]
    public void Deployment_IsAnIdOfYourOwn()
    {
        ICostEstimator estimator = Estimator(services => services.AddLlmCostModel(Card("acme", "m", 1)).AddLlmCostModel(options => options.Deployments["prod"] = new ModelDeployment { Model = "m" }));

        CostReceipt receipt = estimator.Explain("prod", Million);
        Assert.Equal(1, receipt.Total?.Amount);
        Assert.Equal(MatchKind.Mapped, receipt.Resolution!.Kind);
    }

    /// <summary>Two providers write an id in different cases: each call finds its own, and a call without a provider finds none.</summary>
    [Theory]
    [InlineData("deepseek-v4", "a", 1)]
    [InlineData("DEEPSEEK-V4", "a", 1)]
    [InlineData("deepseek-v4", "b", 2)]
    [InlineData("DeepSeek-V4", "b", 2)]
    [InlineData("DEEPSEEK-V4", null, null)]
    public void LetterCase_OfSeveralProviders_IsDecidedByTheProvider(string id, string? provider, int? total)
    {
        CostEstimator estimator = new(Cards.Parse("""
            { "a": { "Provider": "a", "Currency": "USD", "Models": { "DeepSeek-V4": { "PerMillionTokens": { "Input": 1 } } } },
              "b": { "Provider": "b", "Currency": "USD", "Models": { "deepseek-v4": { "PerMillionTokens": { "Input": 2 } } } } }
            """));

        CostEstimate estimate = estimator.Estimate(id, Million, new CallContext { Provider = provider });

        Assert.Equal(total, estimate.Total?.Amount);
        Assert.True(total is not null || estimate.Issues[0].Message == "'DEEPSEEK-V4' in another letter case: Providers sell model 'DEEPSEEK-V4' at their own prices; known at a, b. Say which one bills the call with CallContext.Provider.", estimate.ToString());
    }

    [Theory]
    [InlineData(MatchKind.Exact, "alias-of-m", false)]
    [InlineData(MatchKind.Alias, "alias-of-m", true)]
    [InlineData(MatchKind.Exact, "m", true)]
    public void WeakestMatch_LimitsHowAnIdMayBeFound(MatchKind weakest, string id, bool isFound)
    {
        LlmCostModelOptions options = new() { WeakestMatch = weakest };
        CostEstimator estimator = new(options, Cards.Parse("""{ "Currency": "USD", "Models": { "m": { "Aliases": [ "alias-of-m" ], "PerMillionTokens": { "Input": 1 } } } }"""));

        Assert.Equal(isFound ? CostStatus.Priced : CostStatus.Unpriced, estimator.Estimate(id, Million).Status);
    }

    internal static IConfiguration Rates(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(pair => KeyValuePair.Create("LlmCostModel:RateCards:" + pair.Key, (string?)pair.Value))).Build();

    private static RateCard Card(string name, string id, decimal input) => new()
    {
        Name = name,
        Currency = "USD",
        Models = [new ModelPricing { Id = id, Versions = [new PriceVersion { PerMillionTokens = new TokenRates { Input = input } }] }],
    };

    private static ICostEstimator Estimator(Action<IServiceCollection> register)
    {
        ServiceCollection services = new();
        register(services);
        return services.BuildServiceProvider().GetRequiredService<ICostEstimator>();
    }

    private sealed class FixedSource(params RateCard[] cards) : IRateCardSource
    {
        public IReadOnlyList<RateCard> Load() => cards;
    }
}
