using System.Text.Json;
using LlmCostModel.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Tests.Rates;

/// <summary>C5: whatever the application's own code throws at a reload, the last good rates stay, and it is said once in each
/// place.</summary>
public sealed class FailingReloadTests : IDisposable
{
    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    private readonly Settings _settings = new(Settings.Priced(3, "m"));
    private readonly LogLines _log = new();
    private readonly ServiceProvider _services;
    private Exception? _ofSource;
    private Exception? _ofDelegate;
    private Exception? _ofValidation;
    private bool _givesNull;

    public FailingReloadTests() =>
        _services = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(_log)
            .AddLogging()
            .AddLlmCostModel(new ConfigurationBuilder().Add(_settings).Build())
            .AddLlmCostModel((LlmCostModelOptions _) => Throw(_ofDelegate))
            .AddSingleton<IValidateOptions<LlmCostModelOptions>>(new Validation(this))
            .AddSingleton<IRateCardSource>(new Source(this))
            .AddHealthChecks().AddLlmCostModel().Services
            .BuildServiceProvider();

    public static TheoryData<string> Failures =>
        [.. Places.SelectMany(place => Exceptions.Select(exception => $"{place}: {exception.GetType().Name}"))];

    private static readonly string[] Places = ["source", "delegate", "validation"];

    private static Exception[] Exceptions =>
    [
        new IOException("It failed."),
        new UnauthorizedAccessException("It failed."),
        new FormatException("It failed."),
        new ArgumentException("It failed."),
        new KeyNotFoundException("It failed."),
        new OverflowException("It failed."),
        new JsonException("It failed."),
        new TimeoutException("It failed."),
        new OperationCanceledException("It failed."),
        new InvalidOperationException("It failed."),
        new OptionsValidationException("", typeof(LlmCostModelOptions), []),
        new RateCardException("It failed."),
    ];

    private ICostEstimator Estimator => _services.GetRequiredService<ICostEstimator>();

    public void Dispose() => _services.Dispose();

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task C5_AnyException_KeepsTheLastGoodRates_AndIsSaidOnce(string failure)
    {
        Assert.Equal(3, Estimator.Estimate("m", Million).Total?.Amount);
        string[] parts = failure.Split(": ");
        Exception thrown = Exceptions.Single(exception => exception.GetType().Name == parts[1]);
        _ = parts[0] switch { "source" => _ofSource = thrown, "delegate" => _ofDelegate = thrown, _ => _ofValidation = thrown };

        _settings.Change(Settings.Priced(4, "m"));
        _settings.Change(Settings.Priced(5, "m"));

        Assert.Equal(3, Estimator.Estimate("m", Million).Total?.Amount);
        Assert.False(Estimator.Rates.IsCurrent);
        string said = parts[0] == "source" && thrown is not (RateCardException or OptionsValidationException) ? $"Source gave no rate cards, but failed: {thrown.Message}" : thrown.Message;
        Assert.Equal(said, Assert.Single(Estimator.Rates.Faults));
        Assert.Single(_log, line => line.StartsWith("Error: ", StringComparison.Ordinal));
        HealthReportEntry health = await HealthAsync();
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains(thrown.Message, health.Description, StringComparison.Ordinal);

        (_ofSource, _ofDelegate, _ofValidation) = (null, null, null);
        _settings.Change(Settings.Priced(6, "m"));
        Assert.Equal(6, Estimator.Estimate("m", Million).Total?.Amount);
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync()).Status);
    }

    [Fact]
    public void C5_SourceThatGivesNull_IsAFault()
    {
        Assert.True(Estimator.Rates.IsCurrent);
        _givesNull = true;
        _settings.Change(Settings.Priced(4, "m"));

        Assert.Equal("Source: gave no list of rate cards. Return an empty list where there are none.", Assert.Single(Estimator.Rates.Faults));
        Assert.Equal(3, Estimator.Estimate("m", Million).Total?.Amount);
    }

    [Fact]
    public void C5_SourceThatGivesNull_StopsTheStart()
    {
        _givesNull = true;
        Assert.Contains("Source: gave no list of rate cards.", Assert.Throws<RateCardException>(() => Estimator).Message, StringComparison.Ordinal);
    }

    /// <summary>A log on a full disk is no reason to go on with old prices.</summary>
    [Fact]
    public void C5_LogThatThrows_DoesNotKeepTheNewRatesOut()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(new FullDisk())
            .AddLlmCostModel(new ConfigurationBuilder().Add(_settings).Build())
            .BuildServiceProvider();
        ICostEstimator estimator = services.GetRequiredService<ICostEstimator>();

        _settings.Change(Settings.Priced(4, "m"));
        Assert.Equal(4, estimator.Estimate("m", Million).Total?.Amount);
        Assert.True(estimator.Rates.IsCurrent);
        _settings.Change(Settings.Priced(-1, "m"));
        Assert.Equal(4, estimator.Estimate("m", Million).Total?.Amount);
        Assert.False(estimator.Rates.IsCurrent);
    }

    private static void Throw(Exception? exception)
    {
        if (exception is not null)
        {
            throw exception;
        }
    }

    private async Task<HealthReportEntry> HealthAsync() =>
        (await _services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["llm-rates"];

    private sealed class Source(FailingReloadTests test) : IRateCardSource
    {
        public IReadOnlyList<RateCard> Load()
        {
            Throw(test._ofSource);
            return test._givesNull ? null! : [];
        }
    }

    private sealed class Validation(FailingReloadTests test) : IValidateOptions<LlmCostModelOptions>
    {
        public ValidateOptionsResult Validate(string? name, LlmCostModelOptions options)
        {
            Throw(test._ofValidation);
            return ValidateOptionsResult.Success;
        }
    }

    private sealed class FullDisk : LogLines
    {
        public override void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new IOException("No space left on device.");
    }
}
