using System.Globalization;

namespace LlmCostModel.Logs.Tests.Sql;

/// <summary>Random calls that look for the edges: of versions, rules and hours, of thresholds, of names and of numbers.</summary>
internal sealed class RandomCalls
{
    private static readonly string?[] Tiers =
        ["", "standard", "Default", "batch", "BATCH", "flex", "priority", "Fast", "ultrafast", "gold"];

    private static readonly string?[] Regions =
    [
        "", "us", "US", "eu", "global", "Global", "us-east-1", "us-west-2", "US-Gov-West-1", "eu-north-1",
        "eu-central-1", "ap-south-1", "apac", "ae", "in-geo", "jp", "us-e", "us-~", "moon",
    ];

    /// <summary>The days and hours of the windows that providers have, in minutes.</summary>
    private static readonly int[] Minutes = [0, 30, 60, 240, 360, 600, 960, 990];

    private readonly Random _random;
    private readonly string[] _models;
    private readonly string[] _providers;
    private readonly Dictionary<string, DateTime[]> _edges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _sellers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long[]> _thresholds = new(StringComparer.Ordinal);

    public RandomCalls(ICostEstimator estimator, int seed)
    {
        _random = new Random(seed);
        _providers = [.. estimator.RateCards.Select(card => card.Provider).OfType<string>().Distinct()];
        foreach (RateCard card in estimator.RateCards)
        {
            foreach (ModelPricing model in card.Models)
            {
                DateTimeOffset?[] edges =
                [
                    .. model.Versions.SelectMany(version => new[] { version.From, version.Until }),
                    .. model.Versions.SelectMany(version => version.Rules).SelectMany(rule => new[] { rule.When.From, rule.When.Until }),
                    .. card.Lifecycle.Where(life => life.Id == model.Id)
                        .SelectMany(life => life.Events)
                        .Select(one => (DateTimeOffset?)one.From),
                ];
                long[] thresholds =
                    [.. model.Versions.SelectMany(version => version.Rules).SelectMany(rule => rule.When.Tokens).Select(one => one.Tokens)];
                foreach (string id in model.Aliases.Prepend(model.Id))
                {
                    Add(_edges, id, edges.OfType<DateTimeOffset>().Select(edge => edge.UtcDateTime));
                    Add(_thresholds, id, thresholds);
                    Add(_sellers, id, card.Provider is null ? [] : [card.Provider]);
                }
            }

            foreach (IdLifecycle life in card.Lifecycle)
            {
                Add(_edges, life.Id, life.Events.Select(one => one.From.UtcDateTime));
                Add(_sellers, life.Id, card.Provider is null ? [] : [card.Provider]);
            }
        }

        _models = [.. _sellers.Keys.Order(StringComparer.Ordinal)];
    }

    public SqlCall Next(int number)
    {
        string? model = _random.Next(100) switch
        {
            0 => null,
            1 => "",
            2 => $"no-such-model-{_random.Next(5)}",
            < 10 when Timed is { Length: > 0 } timed => Pick(timed),
            _ => Pick(_models),
        };
        return new SqlCall
        {
            Id = number.ToString(CultureInfo.InvariantCulture),
            Model = model,
            Provider = Provider(model ?? ""),
            At = Instant(model ?? ""),
            Tier = _random.Next(3) > 0 ? null : Pick(Tiers),
            Region = _random.Next(3) > 0 ? null : Pick(Regions),
            Counts = Counts(model ?? ""),
        };
    }

    /// <summary>The models whose prices depend on the hour.</summary>
    public string[] Timed { get; init; } = [];

    private string? Provider(string model) => _random.Next(20) switch
    {
        < 4 => null,
        4 => "",
        5 => "nobody",
        6 => Pick(_providers),
        7 when _sellers.GetValueOrDefault(model) is { Length: > 0 } sellers => Pick(sellers).ToUpperInvariant(),
        _ => _sellers.GetValueOrDefault(model) is { Length: > 0 } sellers ? Pick(sellers) : null,
    };

    private DateTime? Instant(string model)
    {
        DateTime[] edges = _edges.GetValueOrDefault(model, []);
        DateTime day = new DateTime(2023, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(_random.Next(6 * 365));
        return _random.Next(20) switch
        {
            0 => null,
            1 => new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            2 => new DateTime(2150, 12, 31, 0, 0, 0, DateTimeKind.Utc),
            < 8 when edges.Length > 0 => Pick(edges).AddMicroseconds(_random.Next(-1, 2)),
            < 12 => new DateTime(2026, 6, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(_random.NextInt64(180 * TimeSpan.TicksPerDay / 10) * 10),
            < 16 => day.AddMinutes(Pick(Minutes)).AddMicroseconds(_random.Next(-1, 2)),
            _ => day.AddTicks(_random.NextInt64(TimeSpan.TicksPerDay / 10) * 10),
        };
    }

    private long?[] Counts(string model)
    {
        long[] thresholds = _thresholds.GetValueOrDefault(model, []);
        bool isPlain = _random.Next(2) == 0;
        long?[] counts = new long?[TokenBuckets.All.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            bool isUsual = TokenBuckets.All[i].Bucket is
                TokenBucket.Input or TokenBucket.CacheRead or TokenBucket.Output or TokenBucket.Reasoning;
            counts[i] = isUsual || _random.Next(isPlain ? 100 : 8) == 0 ? Count() : _random.Next(3) == 0 ? 0 : null;
        }

        if (_random.Next(3) == 0 && thresholds.Length > 0)
        {
            counts = new long?[counts.Length];
            long total = Math.Max(0, Pick(thresholds) + _random.Next(-1, 2));
            long cached = _random.NextInt64(total + 1);
            counts[0] = total - cached; // Input and CacheRead are the first buckets.
            counts[1] = cached;
            counts[13] = _random.Next(1000); // Output
        }

        return _random.Next(200) == 0 ? new long?[counts.Length] : counts;
    }

    private long? Count() => _random.Next(1_000) switch
    {
        < 100 => null,
        < 250 => 0,
        < 300 => 1,
        < 997 => _random.Next(1, 300_000),
        997 or 998 => _random.NextInt64(1_000_000_000_000_000),
        _ => long.MaxValue - _random.Next(3),
    };

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];

    private static void Add<T>(Dictionary<string, T[]> to, string id, IEnumerable<T> values) =>
        to[id] = [.. to.GetValueOrDefault(id, []), .. values];
}
