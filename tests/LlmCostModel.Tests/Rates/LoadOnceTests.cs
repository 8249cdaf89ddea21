using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Tests.Rates;

/// <summary>An application's own code that configures or validates the options runs once when the provider starts and once per
/// reload.</summary>
public class LoadOnceTests
{
    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    [Fact]
    public async Task Host_StartsAndReloads_ConfiguresAndValidatesOnceEach()
    {
        Counter counter = new();
        using IHost host = MakeHost(counter, input: "0.55");
        await host.StartAsync();

        ICostEstimator estimator = host.Services.GetRequiredService<ICostEstimator>();
        Assert.Equal(0.55m, estimator.Estimate("m", Million).Total?.Amount);
        Assert.Equal((1, 1, 1), counter.Counts);

        Reload(host, input: "0.60");
        Assert.Equal(0.60m, estimator.Estimate("m", Million).Total?.Amount);
        Assert.Equal((2, 2, 2), counter.Counts);

        Reload(host, input: "-1");
        Assert.Equal(0.60m, estimator.Estimate("m", Million).Total?.Amount);
        Assert.False(estimator.Rates.IsCurrent);
        Assert.Equal((3, 3, 3), counter.Counts);
    }

    [Fact]
    public async Task Host_BadRates_FailsAfterOneValidation()
    {
        Counter counter = new();
        using IHost host = MakeHost(counter, input: "-1");

        OptionsValidationException refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        string fault = Assert.Single(refusal.Failures);
        Assert.StartsWith("LlmCostModel:RateCards:acme:Models:m:PerMillionTokens:Input: '-1' is negative", fault, StringComparison.Ordinal);
        Assert.Equal((1, 1, 1), counter.Counts);
    }

    [Fact]
    public async Task Host_RatesOfASourceThatFails_DoesNotStart()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLlmCostModel().AddSingleton<IRateCardSource>(new FailingSource());
        using IHost host = builder.Build();

        RateCardException refusal = await Assert.ThrowsAsync<RateCardException>(() => host.StartAsync());

        Assert.Equal("prices.json: the file does not exist.", refusal.Message);
    }

    /// <summary>Whoever asks for the options themselves gets them validated, with or without a provider.</summary>
    [Fact]
    public void OptionsValue_BadRates_Throws()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddLlmCostModel(RegistrationTests.Rates(("acme:Currency", "DOLLAR"), ("acme:Models:m:PerMillionTokens:Input", "1")))
            .BuildServiceProvider();

        IOptions<LlmCostModelOptions> options = services.GetRequiredService<IOptions<LlmCostModelOptions>>();
        OptionsValidationException refusal = Assert.Throws<OptionsValidationException>(() => options.Value);

        Assert.Equal(
            "LlmCostModel:RateCards:acme:Currency: 'DOLLAR' is not an ISO 4217 currency code. Write a code such as USD, EUR or CNY.",
            refusal.Message);
    }

    /// <summary>The framework passes on faults only; warnings must not get lost on the way.</summary>
    [Fact]
    public void Warnings_OfAnApplicationsOptions_AreInTheStatus()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddLlmCostModel(RegistrationTests.Rates(("acme:Currency", "USD"), ("acme:Models:m:PerMillionTokens:Input", "2000")))
            .BuildServiceProvider();

        string warning = Assert.Single(services.GetRequiredService<ICostEstimator>().Rates.Warnings);

        Assert.StartsWith(
            "LlmCostModel:RateCards:acme:Models:m:PerMillionTokens:Input: '2000' is above 1000 USD per 1,000,000 tokens.",
            warning,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Reload_WhoseConfigurationCodeThrows_KeepsTheLastGoodRates()
    {
        IConfigurationRoot configuration =
            (IConfigurationRoot)RegistrationTests.Rates(("acme:Currency", "USD"), ("acme:Models:m:PerMillionTokens:Input", "1"));
        bool fails = false;
        using ServiceProvider services = new ServiceCollection()
            .AddLlmCostModel(configuration)
            .AddLlmCostModel(options => options.Strict = fails ? throw new ArgumentException("No rates today.") : false)
            .BuildServiceProvider();
        ICostEstimator estimator = services.GetRequiredService<ICostEstimator>();

        fails = true;
        configuration.Reload();

        Assert.Equal(1, estimator.Estimate("m", Million).Total?.Amount);
        Assert.Equal("No rates today.", Assert.Single(estimator.Rates.Faults));
    }

    private static IHost MakeHost(Counter counter, string input)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["LlmCostModel:RateCards:acme:Currency"] = "USD";
        builder.Configuration["LlmCostModel:RateCards:acme:Models:m:PerMillionTokens:Input"] = input;
        builder.Services.AddLlmCostModel(builder.Configuration);
        builder.Services.Configure<LlmCostModelOptions>(_ => counter.Delegates++);
        builder.Services.AddSingleton<IConfigureOptions<LlmCostModelOptions>>(counter);
        builder.Services.AddSingleton<IValidateOptions<LlmCostModelOptions>>(counter);
        return builder.Build();
    }

    private static void Reload(IHost host, string input)
    {
        IConfigurationRoot configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        configuration["LlmCostModel:RateCards:acme:Models:m:PerMillionTokens:Input"] = input;
        configuration.Reload();
    }

    private sealed class Counter : IConfigureOptions<LlmCostModelOptions>, IValidateOptions<LlmCostModelOptions>
    {
        private int _configurations;
        private int _validations;

        public int Delegates { get; set; }

        public (int Delegates, int Configurations, int Validations) Counts => (Delegates, _configurations, _validations);

        public void Configure(LlmCostModelOptions options) => _configurations++;

        public ValidateOptionsResult Validate(string? name, LlmCostModelOptions options)
        {
            _validations++;
            return ValidateOptionsResult.Success;
        }
    }

    private sealed class FailingSource : IRateCardSource
    {
        public IReadOnlyList<RateCard> Load() => throw new RateCardException("prices.json: the file does not exist.");
    }
}
