using LlmCostModel.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LlmCostModel.Tests.Rates;

/// <summary>What a change takes away is seen also where something that looks alike stays: a file of the same name, a card of the same name,
/// as many models of other ids.</summary>
public sealed class LostAlikeTests : IDisposable
{
    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    private readonly Settings _first = new(Settings.Priced(10, "a"), "rates.json");
    private readonly Settings _second = new("""{ "LlmCostModel": { "RateCards": { "second": { "Currency": "USD", "Models": { "b": { "PerMillionTokens": { "Input": 1 } } } } } } }""", "rates.json");
    private readonly List<RateCard> _one = [Card("x", "2026-01-01", "m")];
    private readonly List<RateCard> _other = [Card("x", "2026-01-01", "n", "o", "p", "q")];
    private ServiceProvider? _services;

    public void Dispose() => _services?.Dispose();

    [Fact]
    public void A3_OneOfTwoFilesOfOneName_Emptied_IsRefused()
    {
        ICostEstimator estimator = Start();

        _second.Change("{}");

        Assert.Equal(1, estimator.Estimate("b", Million).Total?.Amount);
        Assert.Contains("LlmCostModel: rates.json held something of it and holds nothing any more.", Assert.Single(estimator.Rates.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A3_OneOfTwoCardsOfOneName_Gone_IsRefused()
    {
        ICostEstimator estimator = Start();

        _other.Clear();
        _first.Change(Settings.Priced(11, "a"));

        Assert.Equal(2, estimator.Estimate("q", Million).Total?.Amount);
        Assert.Contains("rate card 'x': is gone from one of the sources that have one of this name.", Assert.Single(estimator.Rates.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-01-01", "has 1 of the 5 models in use, fewer than half, and others instead.", "r", "s", "t", "q")]
    [InlineData("2026-01-01", null, "n", "o", "r", "s")] // with m 3 of 5
    [InlineData("2025-12-31", null, "n", "o", "p", "q")] // the other card of this name is of the day in use
    public void A3_CardWithOtherModels_IsRefusedWhereMostAreGone(string day, string? fault, params string[] models)
    {
        ICostEstimator estimator = Start();
        if (fault is not null)
        {
            _one.Clear();
            _one.Add(Card("x", day, "z"));
        }

        _other[0] = Card("x", day, models);
        _first.Change(Settings.Priced(11, "a"));

        Assert.Equal(fault is null, estimator.Rates.IsCurrent);
        Assert.Equal(fault is null ? 0 : 1, estimator.Rates.Faults.Count);
        Assert.All(estimator.Rates.Faults, text => Assert.Contains(fault!, text, StringComparison.Ordinal));
    }

    [Fact]
    public void A3_CardThatSaysNoDayAnyMore_IsRefused()
    {
        ICostEstimator estimator = Start();

        _one[0] = Card("x", null, "m");
        _other[0] = Card("x", null, "n", "o", "p", "q");
        _first.Change(Settings.Priced(11, "a"));

        Assert.Contains("does not say of which day its prices are, where those of 2026-01-01 are in use.", Assert.Single(estimator.Rates.Faults), StringComparison.Ordinal);
    }

    /// <summary>A list that two files of one name hold is warned about with both, told by their order.</summary>
    [Fact]
    public void A13_ListInTwoFilesOfOneName_NamesBoth()
    {
        const string Rules = """{ "LlmCostModel": { "RateCards": { "second": { "Models": { "b": { "Rules": [ { "Name": "r", "Multiply": 2 } ] } } } } } }""";
        _first.Set(Rules);
        _second.Set(Rules.Replace("\"Rules\"", "\"PerMillionTokens\": { \"Input\": 1 }, \"Rules\"", StringComparison.Ordinal).Replace("\"Models\"", "\"Currency\": \"USD\", \"Models\"", StringComparison.Ordinal));

        Assert.Contains(Start().Rates.Warnings, warning =>
            warning.Contains("is a list that rates.json (source 1) and rates.json (source 2) merge item by item.", StringComparison.Ordinal));
    }

    private ICostEstimator Start()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().Add(_first).Add(_second).Build();
        _services = new ServiceCollection().AddSingleton<IConfiguration>(configuration)
            .AddLlmCostModel(configuration)
            .AddSingleton<IRateCardSource>(new Source(_one)).AddSingleton<IRateCardSource>(new Source(_other)).BuildServiceProvider();
        ICostEstimator estimator = _services.GetRequiredService<ICostEstimator>();
        Assert.True(estimator.Rates.IsCurrent);
        return estimator;
    }

    private static RateCard Card(string name, string? day, params string[] models) => new()
    {
        Name = name,
        Currency = "USD",
        AsOf = day is null ? null : DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture),
        Models = [.. models.Select(id => new ModelPricing { Id = id, Versions = [new PriceVersion { PerMillionTokens = new TokenRates { Input = 2 } }] })],
    };

    private sealed class Source(List<RateCard> cards) : IRateCardSource
    {
        public IReadOnlyList<RateCard> Load() => [.. cards];
    }
}
