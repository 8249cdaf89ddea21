using System.Collections.Concurrent;
using System.Globalization;
using LlmCostModel.TestData;
using LlmCostModel.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LlmCostModel.Tests.Rates;

/// <summary>Rates that change while the application runs: a valid change takes effect as a whole, an invalid one not at all.</summary>
public sealed class ReloadTests : IDisposable
{
    private static readonly TokenUsage Usage = new() { Input = 1_000_000, Output = 1_000_000 };

    private readonly ChangingSource _source = new();
    private readonly LogLines _logger = new();
    private readonly ServiceProvider _services;

    public ReloadTests()
    {
        _source.Set("10", "20");
        IConfigurationRoot configuration = new ConfigurationBuilder().Add(_source).Build();
        _services = new ServiceCollection().AddSingleton<ILoggerFactory>(_logger).AddLlmCostModel(configuration).BuildServiceProvider();
    }

    private ICostEstimator Estimator => _services.GetRequiredService<ICostEstimator>();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void ValidChange_TakesEffectForLaterCalls_AlsoOfAHandle()
    {
        PricedModel model = Estimator.GetModel("m");
        CostEstimate before = model.Estimate(Usage);

        _source.Change("1", "2");

        Assert.Equal(30, before.Total?.Amount);
        Assert.Equal(3, model.Estimate(Usage).Total?.Amount);
        Assert.Equal(3, Estimator.Estimate("m", Usage).Total?.Amount);
    }

    [Fact]
    public void InvalidChange_KeepsTheLastGoodRates_LogsOnce_AndIsVisible()
    {
        Assert.Equal(30, Estimator.Estimate("m", Usage).Total?.Amount);

        _source.Change("-1", "2");
        _source.Change("-1", "2");

        Assert.Equal(30, Estimator.Estimate("m", Usage).Total?.Amount);
        Assert.False(Estimator.Rates.IsCurrent);
        string fault = Assert.Single(Estimator.Rates.Faults);
        Assert.StartsWith("LlmCostModel:RateCards:acme:Models:m:PerMillionTokens:Input: '-1' is negative", fault, StringComparison.Ordinal);
        Assert.Contains(fault, Assert.Single(_logger, line => line.StartsWith("Error: ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    /// <summary>A file that is being exchanged is missing for a moment: the catalog's prices must not stand in for the application's.</summary>
    [Fact]
    public void SectionGone_KeepsTheLastGoodRates_UntilItIsBack()
    {
        Assert.Equal(30, Estimator.Estimate("m", Usage).Total?.Amount);

        _source.Clear();

        Assert.Equal(30, Estimator.Estimate("m", Usage).Total?.Amount);
        Assert.Contains(Estimator.Rates.Faults, fault => fault.Contains("holds nothing any more", StringComparison.Ordinal));
        Assert.Contains(_logger, line => line.StartsWith("Error: A change of the rates was refused; those loaded at 20", StringComparison.Ordinal));

        _source.Change("1", "2");
        Assert.True(Estimator.Rates.IsCurrent);
        Assert.Equal(3, Estimator.Estimate("m", Usage).Total?.Amount);
    }

    [Fact]
    public void ValidChange_AfterAnInvalidOne_TakesEffectAgain()
    {
        Assert.True(Estimator.Rates.IsCurrent);
        _source.Change("x", "2");
        Assert.False(Estimator.Rates.IsCurrent);

        _source.Change("1", "2");

        Assert.True(Estimator.Rates.IsCurrent);
        Assert.Empty(Estimator.Rates.Faults);
        Assert.Equal(3, Estimator.Estimate("m", Usage).Total?.Amount);
    }

    [Fact]
    public void ModelThatDisappears_IsUnpricedThroughItsHandle()
    {
        PricedModel model = Estimator.GetModel("m");

        _source.Change("1", "2", id: "n");

        Assert.Equal(CostStatus.Unpriced, model.Estimate(Usage).Status);
        Assert.Equal(3, Estimator.Estimate("n", Usage).Total?.Amount);
    }

    /// <summary>Output is always twice the input price, so any total that is not three times a price that was in force is torn, missing or stale.</summary>
    [Fact]
    public async Task Storm_OfValidAndInvalidChanges_NeverShowsATornMissingOrStalePrice()
    {
        int changes = SampleSize.Of(8_000, atTheDesk: 1_000);
        ICostEstimator estimator = Estimator;
        PricedModel model = estimator.GetModel("m");
        int taken = 10; // the latest price that was surely taken over
        int offered = 10; // the latest price that may be
        using CancellationTokenSource stop = new();
        ConcurrentQueue<string> faults = new();
        long estimates = 0;

        using Barrier started = new(5);
        Task[] readers = [.. Enumerable.Range(0, 4).Select(reader => Task.Factory.StartNew(Read, reader, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        started.SignalAndWait();

        void Read(object? reader)
        {
            started.SignalAndWait();
            while (!stop.IsCancellationRequested)
            {
                int atLeast = Volatile.Read(ref taken);
                CostEstimate cost = (int)reader! % 2 == 0 ? model.Estimate(Usage) : estimator.Estimate("m", Usage);
                int atMost = Volatile.Read(ref offered);
                if (cost.Status != CostStatus.Priced || cost.Total?.Amount % 3 != 0 || cost.Total?.Amount / 3 < atLeast || cost.Total?.Amount / 3 > atMost)
                {
                    faults.Enqueue($"{cost} while {atLeast} to {atMost} was in force");
                }

                Interlocked.Increment(ref estimates);
            }
        }

        for (int i = 11; i < changes; i++)
        {
            if (i % 3 == 0)
            {
                _source.Change(i % 2 == 0 ? "-1" : "one", "2");
                continue;
            }

            Volatile.Write(ref offered, i);
            _source.Change(i.ToString(CultureInfo.InvariantCulture), (2 * i).ToString(CultureInfo.InvariantCulture));
            Volatile.Write(ref taken, i);
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Empty(faults);
        Assert.True(estimates > changes, $"only {estimates} estimates ran beside the changes");
    }

    /// <summary>Configuration that a test changes, as a file that is written would.</summary>
    private sealed class ChangingSource : ConfigurationProvider, IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public void Set(string input, string output, string id = "m") => Data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["LlmCostModel:RateCards:acme:Currency"] = "USD",
            [$"LlmCostModel:RateCards:acme:Models:{id}:PerMillionTokens:Input"] = input,
            [$"LlmCostModel:RateCards:acme:Models:{id}:PerMillionTokens:Output"] = output,
        };

        public void Clear()
        {
            Data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            OnReload();
        }

        public void Change(string input, string output, string id = "m")
        {
            Set(input, output, id);
            OnReload();
        }
    }
}
