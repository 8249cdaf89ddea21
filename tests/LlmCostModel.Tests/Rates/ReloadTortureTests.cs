using System.Collections.Concurrent;
using LlmCostModel.TestData;
using LlmCostModel.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LlmCostModel.Tests.Rates;

/// <summary>Random changes of two files and a source, most of which are to be refused, against a model of what must be in force; readers
/// beside them never see a price that was not to be taken.</summary>
public sealed class ReloadTortureTests
{
    private const int Changes = 40;

    /// <summary>Few by default; <c>.ci/long</c> runs 1,000.</summary>
    private static readonly int Sequences =
        int.TryParse(Environment.GetEnvironmentVariable("LLMCOSTMODEL_SEQUENCES"), out int given) ? given : SampleSize.Of(40);

    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    [Fact]
    public async Task Storm_OfFailingSourcesAndLosses_OnlyGoodPricesAreEverInForce()
    {
        for (int seed = 0; seed < Sequences; seed++)
        {
            using Sequence sequence = new(seed);
            await sequence.PlayAsync();
        }
    }

    /// <summary>What the model of a sequence knows: the price that is in force, and what each part would give.</summary>
    private sealed class Sequence : IDisposable
    {
        private readonly Random _random;
        private readonly int _seed;
        private readonly Settings _base = new(Settings.Priced(1, "a", "b", "c", "d"), "base.json");
        private readonly Settings _local = new("""{ "LlmCostModel": { "Deployments": { "prod": "a" } } }""", "local.json");
        private readonly LogLines _log = new();
        private readonly ServiceProvider _services;
        private readonly ConcurrentDictionary<decimal, bool> _good = new() { [1] = true };
        private Exception? _fails;
        private bool _isCatalogThere = true;
        private bool _isBaseGood = true;
        private bool _isLocalGood = true;
        private decimal _offered = 1;
        private decimal _inForce = 1;
        private decimal _last = 1;

        internal Sequence(int seed)
        {
            (_seed, _random) = (seed, new Random(seed));
            _services = new ServiceCollection()
                .AddSingleton<ILoggerFactory>(_log)
                .AddLlmCostModel(new ConfigurationBuilder().Add(_base).Add(_local).Build())
                .AddSingleton<IRateCardSource>(new Source(this))
                .BuildServiceProvider();
        }

        public void Dispose() => _services.Dispose();

        internal async Task PlayAsync()
        {
            using CancellationTokenSource stop = new();
            ICostEstimator estimator = _services.GetRequiredService<ICostEstimator>();
            PricedModel handle = estimator.GetModel("a");
            ConcurrentQueue<string> wrong = new();
            Task[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(Read))];

            void Read()
            {
                while (!stop.IsCancellationRequested)
                {
                    CostEstimate one = handle.Estimate(Million);
                    CostEstimate other = estimator.Estimate("prod", Million);
                    if (!_good.ContainsKey(one.Total?.Amount ?? 0) || !_good.ContainsKey(other.Total?.Amount ?? 0))
                    {
                        wrong.Enqueue($"seed {_seed}: {one} and {other}");
                    }
                }
            }

            for (int change = 0; change < Changes; change++)
            {
                string what = Change();
                bool isGood = _isBaseGood && _isLocalGood && _fails is null && _isCatalogThere;
                _inForce = isGood ? _offered : _inForce;
                string at = $"seed {_seed}, change {change}: {what}";
                Assert.True(estimator.Estimate("a", Million).Total?.Amount == _inForce, at);
                Assert.True(estimator.Rates.IsCurrent == isGood, $"{at}: {estimator.Rates}");
            }

            await stop.CancelAsync();
            await Task.WhenAll(readers);
            Assert.Empty(wrong);
        }

        /// <summary>Changes one part; the price of the base file is good only when nothing else is wrong, so it is allowed before it is
        /// told of, and an offer that is refused for good is never allowed.</summary>
        private string Change()
        {
            switch (_random.Next(10))
            {
                case 0:
                    _fails = new IOException("The catalog is locked.");
                    break;
                case 1:
                    _isCatalogThere = false;
                    break;
                case 2:
                    (_fails, _isCatalogThere) = (null, true);
                    break;
                case 3:
                    _isLocalGood = false;
                    _local.Change("{}");
                    return "local emptied";
                case 4:
                    _isLocalGood = true;
                    Allow();
                    _local.Change("""{ "LlmCostModel": { "Deployments": { "prod": "a" } } }""");
                    return "local restored";
                case 5:
                    _isBaseGood = false;
                    _base.Change("{}");
                    return "base emptied";
                case 6:
                    _isBaseGood = false;
                    _base.Change(Settings.Priced(++_last, "a"));
                    return "base cut";
                case 7:
                    _isBaseGood = false;
                    _base.Change(Settings.Priced(-1, "a", "b", "c", "d"));
                    return "base invalid";
                default:
                    _isBaseGood = true;
                    _offered = ++_last;
                    Allow();
                    _base.Change(Settings.Priced(_offered, "a", "b", "c", "d"));
                    return "base changed";
            }

            Allow();
            _base.Change(_isBaseGood ? Settings.Priced(_offered, "a", "b", "c", "d") : "{}");
            return $"source: {_fails?.Message ?? (_isCatalogThere ? "good" : "empty")}";
        }

        private void Allow()
        {
            if (_isBaseGood && _isLocalGood && _fails is null && _isCatalogThere)
            {
                _good[_offered] = true;
            }
        }

        private sealed class Source(Sequence sequence) : IRateCardSource
        {
            public IReadOnlyList<RateCard> Load() =>
                sequence._fails is { } failure ? throw failure
                    : sequence._isCatalogThere ? [new RateCard { Name = "catalog", Currency = "USD", Models = [ModelPricing.Create("a", input: 999, output: 1)] }]
                    : [];
        }
    }
}
