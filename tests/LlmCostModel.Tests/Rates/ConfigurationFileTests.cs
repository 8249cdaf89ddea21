using LlmCostModel.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Tests.Rates;

/// <summary>A3 with the framework's own provider and a file that is damaged while the application runs.</summary>
public sealed class ConfigurationFileTests : IDisposable
{
    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("settings-");

    private string File => Path.Combine(_folder.FullName, "appsettings.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("""{ "LlmCostModel": { """)]
    [InlineData("{}")]
    [InlineData(null)]
    public async Task A3_FileDamagedEmptiedOrDeleted_KeepsItsRates_AndSaysSo(string? damaged)
    {
        await System.IO.File.WriteAllTextAsync(File, Settings.Priced(30, "gpt-4o"));
        FakeTimeProvider clock = new();
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .SetBasePath(_folder.FullName)
            .AddJsonFile("appsettings.json", optional: false, reloadOnChange: true)
            .Build();
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddLlmCostModel(configuration)
            .AddSingleton<IRateCardSource>(new Catalog())
            .BuildServiceProvider();
        ICostEstimator estimator = services.GetRequiredService<ICostEstimator>();
        Assert.Equal(30, estimator.Estimate("gpt-4o", Million).Total?.Amount);

        await ChangeAsync(damaged);
        await WaitAsync(() => !configuration.GetSection("LlmCostModel").Exists());
        clock.Advance(TimeSpan.FromSeconds(2));
        await WaitAsync(() => !estimator.Rates.IsCurrent); // an empty file is told of by the provider, on another thread

        Assert.Equal(30, estimator.Estimate("gpt-4o", Million).Total?.Amount);
        Assert.Contains("'appsettings.json'", estimator.Rates.Faults[0], StringComparison.Ordinal);

        await ChangeAsync(Settings.Priced(31, "gpt-4o"));
        await WaitAsync(() => estimator.Rates.IsCurrent);
        Assert.Equal(31, estimator.Estimate("gpt-4o", Million).Total?.Amount);
        (configuration as IDisposable)?.Dispose();
    }

    private async Task ChangeAsync(string? text)
    {
        if (text is null)
        {
            System.IO.File.Delete(File);
            return;
        }

        await System.IO.File.WriteAllTextAsync(File, text);
    }

    private static async Task WaitAsync(Func<bool> condition)
    {
        for (int i = 0; i < 1200 && !condition(); i++)
        {
            await Task.Delay(25);
        }

        Assert.True(condition());
    }

    private sealed class Catalog : IRateCardSource
    {
        public IReadOnlyList<RateCard> Load() =>
            [new RateCard { Name = "catalog", Currency = "USD", Models = [ModelPricing.Create("gpt-4o", input: 2.5m, output: 10)] }];
    }
}
