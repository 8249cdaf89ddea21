using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Tests.Rates;

/// <summary>The health check as a host runs it.</summary>
public sealed class HealthCheckTests
{
    private const string Input = "LlmCostModel:RateCards:acme:Models:m:PerMillionTokens:Input";

    private readonly IConfigurationRoot _configuration = new ConfigurationBuilder()
        .AddInMemoryCollection(
            [
                new("LlmCostModel:MaxRateAgeDays", "90"),
                new("LlmCostModel:RateCards:acme:Currency", "USD"),
                new("LlmCostModel:RateCards:acme:AsOf", "2026-08-23"),
                new(Input, "1"),
            ])
        .Build();

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 21, 23, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task GoodRates_AreHealthy_WithTheirCounts()
    {
        HealthReportEntry entry = await CheckAsync(Services());

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal(
            "1 rate card (1 of the application) with 1 model, the oldest prices of 2026-08-23, loaded at 2026-11-21T23:00:00Z, 0 warnings",
            entry.Description);
        Assert.Equal(
            [("loadedAt", _clock.GetUtcNow()), ("models", 1), ("oldestAsOf", new DateOnly(2026, 8, 23)), ("ownRateCards", 1), ("rateCards", (object)1)],
            entry.Data.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value)));
    }

    /// <summary>On 21 November, 23 August is 90 days ago; two hours later it is 91, and nothing was loaded meanwhile.</summary>
    [Fact]
    public async Task RatesThatGrowOld_AreDegraded_WithoutAReload()
    {
        ServiceProvider services = Services();
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(services)).Status);

        _clock.Advance(TimeSpan.FromHours(2));
        HealthReportEntry entry = await CheckAsync(services);

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Equal("The oldest prices are of 2026-08-23, more than 90 days ago. Load newer ones.", entry.Description);
    }

    [Fact]
    public async Task ARefusedChange_IsDegraded_UntilAGoodOne()
    {
        ServiceProvider services = Services();
        await CheckAsync(services);

        _configuration[Input] = "-1";
        _configuration.Reload();
        HealthReportEntry refused = await CheckAsync(services);
        _configuration[Input] = "2";
        _configuration.Reload();

        Assert.Equal(HealthStatus.Degraded, refused.Status);
        Assert.Equal(
            "A change of the rates was refused at 2026-11-21T23:00:00Z; those before it stay in use. "
                + $"{Input}: '-1' is negative; a price must be 0 or more. "
                + "Write a number such as 0.55, 0 for free, or leave it out when the price is not known.",
            refused.Description);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(services)).Status);
    }

    [Theory]
    [InlineData(null, HealthStatus.Unhealthy)]
    [InlineData(HealthStatus.Degraded, HealthStatus.Degraded)]
    public async Task RatesThatCannotBeRead_AreWhatTheApplicationChose(HealthStatus? chosen, HealthStatus expected)
    {
        _configuration[Input] = "free";

        HealthReportEntry entry = await CheckAsync(Services(chosen));

        Assert.Equal(expected, entry.Status);
        Assert.StartsWith($"The rates cannot be read: {Input}: 'free' is not a price.", entry.Description, StringComparison.Ordinal);
        Assert.NotNull(entry.Exception);
    }

    [Fact]
    public async Task NoRateCard_IsDegraded()
    {
        ServiceCollection services = Host();
        services.AddLlmCostModel().AddHealthChecks().AddLlmCostModel("prices", tags: ["ready"]);

        HealthReport report = await services.BuildServiceProvider().GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(registration => registration.Tags.Contains("ready"));

        Assert.Equal(HealthStatus.Degraded, report.Entries["prices"].Status);
        Assert.StartsWith("There is no rate card, so no call has a price.", report.Entries["prices"].Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_AreInTheData()
    {
        _configuration["LlmCostModel:Deployments:prod"] = "gone";

        HealthReportEntry entry = await CheckAsync(Services());

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.StartsWith(
            "Deployment 'prod' is mapped to 'gone', which has no price.",
            Assert.Single(Assert.IsAssignableFrom<IReadOnlyList<string>>(entry.Data["warnings"])),
            StringComparison.Ordinal);
    }

    private static async Task<HealthReportEntry> CheckAsync(ServiceProvider services) =>
        (await services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["llm-rates"];

    private static ServiceCollection Host()
    {
        ServiceCollection services = new();
        services.AddLogging();
        return services;
    }

    private ServiceProvider Services(HealthStatus? failureStatus = null)
    {
        ServiceCollection services = Host();
        services.AddSingleton<TimeProvider>(_clock).AddLlmCostModel(_configuration).AddHealthChecks().AddLlmCostModel(failureStatus: failureStatus);
        return services.BuildServiceProvider();
    }
}
