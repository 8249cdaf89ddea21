using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Tests.Rates;

/// <summary>The options pattern as applications know it, <c>services.Configure</c> with a section, works or says what to call
/// instead.</summary>
public class FrameworkBinderTests
{
    private const string Cards = """
        "RateCards": { "acme": { "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 0.55 } } } } }
        """;

    private const string Overlays = """ "Overlays": { "contract": { "Rules": [ { "Name": "discount", "Multiply": 0.9 } ] } } """;

    private const string Refusal =
        "LlmCostModel: holds rate cards or overlays, which services.Configure<LlmCostModelOptions>(section) and the framework's binder "
        + "cannot read. Call services.AddLlmCostModel(configuration) instead.";

    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    [Theory]
    [InlineData(Cards)]
    [InlineData(Overlays)]
    [InlineData(Cards + "," + Overlays)]
    public void Configure_WithRates_SaysWhatToCallInstead(string json)
    {
        IConfiguration section = Section(json);

        OptionsValidationException refusal = Assert.Throws<OptionsValidationException>(() =>
            Estimator(services => services.AddLlmCostModel().Configure<LlmCostModelOptions>(section)));

        Assert.Equal(Refusal, Assert.Single(refusal.Failures));
    }

    [Fact]
    public void Bind_WithRates_SaysWhatToCallInstead()
    {
        IConfiguration section = Section(Cards);

        OptionsValidationException refusal = Assert.Throws<OptionsValidationException>(() =>
            Estimator(services => services.AddLlmCostModel().AddOptions<LlmCostModelOptions>().Bind(section)));

        Assert.Equal(Refusal, refusal.Message);
    }

    /// <summary>0.55 USD, less 10% of the overlay.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Configure_BesidesAddLlmCostModel_ChangesNothing(bool isFirst)
    {
        IConfiguration section = Section(Cards + "," + Overlays);

        ICostEstimator estimator = Estimator(services => _ = isFirst
            ? services.Configure<LlmCostModelOptions>(section).AddLlmCostModel(section)
            : services.AddLlmCostModel(section).Configure<LlmCostModelOptions>(section));

        Assert.Equal(0.495m, estimator.Estimate("m", Million).Total?.Amount);
    }

    [Fact]
    public void Configure_PlainSettings_Works()
    {
        IConfiguration section = Section(""" "Strict": true, "MaxRateAgeDays": 90, "WeakestMatch": "Alias" """);
        using ServiceProvider services = new ServiceCollection()
            .AddLlmCostModel()
            .Configure<LlmCostModelOptions>(section)
            .BuildServiceProvider();

        LlmCostModelOptions options = services.GetRequiredService<IOptions<LlmCostModelOptions>>().Value;

        Assert.Equal((true, 90, MatchKind.Alias), (options.Strict, options.MaxRateAgeDays, options.WeakestMatch));
        Assert.Throws<UnpricedException>(() => services.GetRequiredService<ICostEstimator>().Estimate("m", Million));
    }

    [Theory]
    [InlineData(""" "Deployments": { "prod": "m" } """)]
    [InlineData(""" "Deployments": { "prod": { "Model": "m" } } """)]
    public void Configure_Deployments_Works(string json)
    {
        IConfiguration section = Section(json);
        PriceVersion version = new() { PerMillionTokens = new TokenRates { Input = 2 } };
        RateCard card = new() { Name = "acme", Currency = "USD", Models = [new ModelPricing { Id = "m", Versions = [version] }] };

        ICostEstimator estimator = Estimator(services => services.AddLlmCostModel(card).Configure<LlmCostModelOptions>(section));

        Assert.Equal(2, estimator.Estimate("prod", Million).Total?.Amount);
    }

    private static IConfigurationSection Section(string json)
    {
        using MemoryStream text = new(Encoding.UTF8.GetBytes("{ \"LlmCostModel\": { " + json + " } }"));
        return new ConfigurationBuilder().AddJsonStream(text).Build().GetSection("LlmCostModel");
    }

    private static ICostEstimator Estimator(Action<IServiceCollection> register)
    {
        ServiceCollection services = new();
        register(services);
        return services.BuildServiceProvider().GetRequiredService<ICostEstimator>();
    }
}
