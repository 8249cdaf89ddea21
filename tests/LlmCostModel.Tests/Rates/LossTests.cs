using LlmCostModel.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Tests.Rates;

/// <summary>A3: a change that takes away what is in use is refused and said, unless the options allow it.</summary>
public sealed class LossTests : IDisposable
{
    private const string Fix =
        "The rates before the change stay in use. Restore it; if it is meant, set LlmCostModel:AllowLossOnReload or restart the application.";

    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    private static readonly string Other = """{ "Logging": { "LogLevel": { "Default": "Warning" } } }""";

    private readonly Settings _base = new(Settings.Priced(10, "a", "b", "c"), "base.json");
    private readonly Settings _local = new(Other, "local.json");
    private readonly FakeTimeProvider _clock = new();
    private readonly LogLines _log = new();
    private ServiceProvider? _services;
    private RateCard[] _catalog = [Card("catalog", "a", "d"), Card("more", "e")];
    private Action<LlmCostModelOptions> _configure = _ => { };

    public void Dispose() => _services?.Dispose();

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "LlmCostModel": null }""")]
    [InlineData("""{ "LlmCostModel": {} }""")]
    [InlineData("""{ "Logging": { "LogLevel": { "Default": "Warning" } } }""")]
    public void A3_SectionThatIsGoneOrEmpty_IsRefused(string json)
    {
        ICostEstimator estimator = Start();

        _base.Change(json);
        _local.Change(Other);

        Assert.Equal(10, estimator.Estimate("a", Million).Total?.Amount);
        Assert.Equal(
            [
                $"LlmCostModel: base.json held something of it and holds nothing any more. {Fix}",
                $"LlmCostModel:RateCards: has 0 models, fewer than half of the 3 in use. {Fix}",
            ],
            estimator.Rates.Faults);
        Assert.Single(_log, line => line.StartsWith("Error: ", StringComparison.Ordinal));
    }

    /// <summary>A file with one of many values is gone: the others are valid without it, at another price.</summary>
    [Fact]
    public void A3_OneOfTwoFiles_Emptied_IsRefused()
    {
        _local.Set("""{ "LlmCostModel": { "RateCards": { "own": { "Models": { "a": { "PerMillionTokens": { "Input": 7 } } } } } } }""");
        ICostEstimator estimator = Start();
        Assert.Equal(7, estimator.Estimate("a", Million).Total?.Amount);

        _local.Change(Other);

        Assert.Equal(7, estimator.Estimate("a", Million).Total?.Amount);
        Assert.Equal($"LlmCostModel: local.json held something of it and holds nothing any more. {Fix}", Assert.Single(estimator.Rates.Faults));
    }

    /// <summary>The framework's provider of JSON files empties itself when its file is damaged, and tells nobody.</summary>
    [Fact]
    public void A3_ProviderThatEmptiesItselfInSilence_IsFoundWithinSeconds()
    {
        ICostEstimator estimator = Start();

        _base.Set("{}");
        Assert.True(estimator.Rates.IsCurrent);
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.False(estimator.Rates.IsCurrent);
        Assert.Equal(10, estimator.Estimate("a", Million).Total?.Amount);
        Assert.Single(_log, line => line.StartsWith("Error: ", StringComparison.Ordinal));

        _base.Change(Settings.Priced(11, "a", "b", "c"));
        Assert.True(estimator.Rates.IsCurrent);
        Assert.Equal(11, estimator.Estimate("a", Million).Total?.Amount);
        _base.Set("{}");
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(estimator.Rates.IsCurrent);
    }

    /// <summary>Fewer than half is a loss: of 3 models one is left, of 4 one; 2 of 4 are half, and no loss.</summary>
    [Theory]
    [InlineData("a b c", "a", true)]
    [InlineData("a b c", "a b", false)]
    [InlineData("a b c d", "a", true)]
    [InlineData("a b c d", "a b", false)]
    [InlineData("a b", "a", false)]
    [InlineData("a", "z", false)]
    [InlineData("a", "a b c", false)]
    public void A3_ModelsOfTheApplication_FewerThanHalf_AreRefused(string before, string after, bool isRefused)
    {
        _base.Set(Settings.Priced(10, before.Split(' ')));
        ICostEstimator estimator = Start();

        _base.Change(Settings.Priced(11, after.Split(' ')));

        Assert.Equal(!isRefused, estimator.Rates.IsCurrent);
        Assert.Equal(isRefused ? 10 : 11, estimator.Estimate(isRefused ? "a" : after.Split(' ')[0], Million).Total?.Amount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A3_OverlaysAndDeployments_ThatAreGone_AreRefused(bool isAllowed)
    {
        bool isThere = true;
        _configure = options =>
        {
            options.AllowLossOnReload = isAllowed;
            if (isThere)
            {
                options.AddJson("""{ "Overlays": { "contract": { "Rules": [ { "Name": "half", "Multiply": 0.5 } ] } }, "Deployments": { "prod": "b" } }""", "contract.json");
            }
        };
        ICostEstimator estimator = Start();
        Assert.Equal(5, estimator.Estimate("prod", Million).Total?.Amount);

        isThere = false;
        _base.Change(Settings.Priced(10, "a", "b", "c"));

        Assert.Equal(isAllowed ? null : 5, estimator.Estimate("prod", Million).Total?.Amount);
        Assert.Equal(
            isAllowed
                ? []
                : [
                    $"LlmCostModel:Overlays: has 0 overlays, fewer than half of the 1 in use. {Fix}",
                    $"LlmCostModel:Deployments: has 0 deployments, fewer than half of the 1 in use. {Fix}",
                ],
            estimator.Rates.Faults);
    }

    public static TheoryData<string, string?> Catalogs => new()
    {
        { "the same", null },
        { "one card gone", $"rate card 'more': is gone. {Fix}" },
        { "few models", $"rate card 'catalog': has 1 model, fewer than half of the 3 in use. {Fix}" },
        { "older", $"rate card 'catalog': has prices of 2026-01-01, where those of 2026-06-01 are in use. {Fix}" },
        { "newer", null },
        { "another card as well", null },
    };

    [Theory]
    [MemberData(nameof(Catalogs))]
    public void A3_CardOfACatalog_GoneSmallerOrOlder_IsRefused(string what, string? fault)
    {
        RateCard card = Card("catalog", "d", "e", "f") with { AsOf = new DateOnly(2026, 6, 1) };
        RateCard more = Card("more", "g");
        _catalog = [card, more];
        ICostEstimator estimator = Start();

        _catalog = what switch
        {
            "one card gone" => [card],
            "few models" => [Card("catalog", "d") with { AsOf = card.AsOf }, more],
            "older" => [card with { AsOf = new DateOnly(2026, 1, 1) }, more],
            "newer" => [card with { AsOf = new DateOnly(2026, 7, 1) }, more],
            "another card as well" => [card, more, Card("third", "h")],
            _ => _catalog,
        };
        _base.Change(Settings.Priced(11, "a", "b", "c"));

        Assert.Equal(fault is null ? [] : [fault], estimator.Rates.Faults);
        Assert.Equal(fault is null ? 11 : 10, estimator.Estimate("a", Million).Total?.Amount);
    }

    /// <summary>The change may say itself that it is meant, and rates in use that a loss of theirs is.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void AllowLossOnReload_BeforeOrInTheChange_TakesIt(bool before, bool after)
    {
        string Section(bool allows, string models) => Settings.Priced(11, models.Split(' ')).Replace(
            "\"RateCards\"", $"\"AllowLossOnReload\": {(allows ? "true" : "false")}, \"RateCards\"", StringComparison.Ordinal);
        _base.Set(Section(before, "a b c"));
        ICostEstimator estimator = Start();

        _base.Change(Section(after, "z"));

        Assert.True(estimator.Rates.IsCurrent);
        Assert.Equal(11, estimator.Estimate("z", Million).Total?.Amount);
        Assert.Equal(1, estimator.Estimate("a", Million).Total?.Amount); // that of the catalog
    }

    /// <summary>A section alone does not tell its sources: those of the host are asked.</summary>
    [Fact]
    public void A3_SectionOfTheHost_IsWatchedAsWell()
    {
        IConfigurationRoot root = new ConfigurationBuilder().Add(_base).Build();
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(root)
            .AddSingleton<TimeProvider>(_clock)
            .AddLlmCostModel(root.GetSection("LlmCostModel"))
            .BuildServiceProvider();
        ICostEstimator estimator = _services.GetRequiredService<ICostEstimator>();

        _base.Set("{}");
        _clock.Advance(TimeSpan.FromSeconds(4));

        Assert.StartsWith("LlmCostModel: base.json held something", estimator.Rates.Faults[0], StringComparison.Ordinal);
    }

    private static RateCard Card(string name, params string[] models) => new()
    {
        Name = name,
        Currency = "USD",
        Models = [.. models.Select(model => ModelPricing.Create(model, input: 1, output: 1))],
    };

    private ICostEstimator Start()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().Add(_base).Add(_local).Build();
        _services = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(_log)
            .AddSingleton<TimeProvider>(_clock)
            .AddLlmCostModel(configuration)
            .AddLlmCostModel(options => _configure(options))
            .AddSingleton<IRateCardSource>(new Catalog(this))
            .BuildServiceProvider();
        return _services.GetRequiredService<ICostEstimator>();
    }

    private sealed class Catalog(LossTests test) : IRateCardSource
    {
        public IReadOnlyList<RateCard> Load() => test._catalog;
    }
}
