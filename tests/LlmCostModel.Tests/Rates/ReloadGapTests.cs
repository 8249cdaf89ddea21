using LlmCostModel.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LlmCostModel.Tests.Rates;

/// <summary>A6: what changes while the rates are loaded for the first time is not missed.</summary>
public sealed class ReloadGapTests
{
    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    private readonly Settings _settings = new(Settings.Priced(3, "m"));

    [Fact]
    public void A6_ChangeWhileLoading_OnTheSameThread_IsTaken()
    {
        Assert.Equal(30, PriceAfterALoadThat(() => _settings.Change(Settings.Priced(30, "m"))));
    }

    [Fact]
    public void A6_ChangeWhileLoading_OnAnotherThread_IsTaken()
    {
        Thread other = new(() => _settings.Change(Settings.Priced(30, "m")));
        Assert.Equal(30, PriceAfterALoadThat(
            () =>
            {
                other.Start();
                Thread.Sleep(50); // long enough for it to wait for this load
            },
            other.Join));
    }

    /// <summary>A source that tells of a change whenever it is asked must not keep the load from ending.</summary>
    [Fact]
    public void A6_SourceThatAlwaysTellsOfAChange_IsLoadedOnceMore()
    {
        int loads = 0;
        using ServiceProvider services = Services(() =>
        {
            loads++;
            _settings.Change(Settings.Priced(30 + loads, "m"));
        });
        ICostEstimator estimator = services.GetRequiredService<ICostEstimator>();
        Assert.InRange(loads, 2, 4);
        Assert.InRange(estimator.Estimate("m", Million).Total!.Value.Amount, 31, 34);
    }

    private decimal? PriceAfterALoadThat(Action change, Action? wait = null)
    {
        int loads = 0;
        using ServiceProvider services = Services(() =>
        {
            if (loads++ == 0)
            {
                change();
            }
        });
        ICostEstimator estimator = services.GetRequiredService<ICostEstimator>();
        wait?.Invoke();
        Assert.True(estimator.Rates.IsCurrent);
        Assert.Equal(2, loads);
        return estimator.Estimate("m", Million).Total?.Amount;
    }

    /// <summary>The source is asked after the configuration was read: what it changes there is in no first load.</summary>
    private ServiceProvider Services(Action whileLoading) => new ServiceCollection()
        .AddLlmCostModel(new ConfigurationBuilder().Add(_settings).Build())
        .AddSingleton<IRateCardSource>(new ActingSource(whileLoading))
        .BuildServiceProvider();

    private sealed class ActingSource(Action act) : IRateCardSource
    {
        public IReadOnlyList<RateCard> Load()
        {
            act();
            return [];
        }
    }
}
