namespace LlmCostModel.Benchmarks;

/// <summary>
/// What a .NET developer writes by hand for ten models of the catalog: a dictionary, versions by date, prices and factors by tier, a context
/// threshold, hours of the day; in decimal, with a division per count or, with more care, one after summing. It knows these rules and no others,
/// and checks nothing.
/// </summary>
internal sealed class HandWrittenCatalog
{
    private const decimal Million = 1_000_000m;

    private readonly Dictionary<string, Version[]> _models = new()
    {
        ["gpt-4o"] =
        [
            new() { From = Day("2024-10-02"), Standard = new(2.5m, 1.25m, 10m), TierPrices = new() { ["batch"] = new(1.25m, 1.25m, 5m) }, Factors = new() { ["priority"] = 1.7m } },
            new() { From = Day("2024-05-13"), Standard = new(5m, 0m, 15m), Factors = new() { ["batch"] = 0.5m } },
        ],
        ["gpt-4o-mini"] =
            [new() { Standard = new(0.15m, 0.075m, 0.6m), TierPrices = new() { ["batch"] = new(0.075m, 0.075m, 0.3m), ["priority"] = new(0.25m, 0.125m, 1m) } }],
        ["gpt-5"] = [new() { Standard = new(1.25m, 0.125m, 10m), Factors = new() { ["batch"] = 0.5m, ["flex"] = 0.5m, ["priority"] = 2m } }],
        ["gpt-5-mini"] = [new() { Standard = new(0.25m, 0.025m, 2m), Factors = new() { ["batch"] = 0.5m, ["flex"] = 0.5m, ["priority"] = 1.8m } }],
        ["claude-sonnet-4-5"] =
            [new() { Standard = new(3m, 0.3m, 15m, 3.75m, 6m), LongAbove = 200_000, Long = new(6m, 0.6m, 22.5m, 7.5m, 12m), Factors = new() { ["batch"] = 0.5m } }],
        ["claude-opus-4-8"] =
            [new() { Standard = new(5m, 0.5m, 25m, 6.25m, 10m), TierPrices = new() { ["fast"] = new(10m, 1m, 50m, 12.5m, 20m) }, Factors = new() { ["batch"] = 0.5m } }],
        ["gemini-2.5-pro"] =
        [
            new()
            {
                From = Day("2025-10-23"), Standard = new(1.25m, 0.125m, 10m), LongAbove = 200_000, Long = new(2.5m, 0.25m, 15m),
                Factors = new() { ["batch"] = 0.5m, ["flex"] = 0.5m, ["priority"] = 1.8m }, CacheAtFullPrice = true,
            },
            new()
            {
                Standard = new(1.25m, 0.3125m, 10m), LongAbove = 200_000, Long = new(2.5m, 0.625m, 15m),
                Factors = new() { ["batch"] = 0.5m, ["flex"] = 0.5m, ["priority"] = 1.8m }, CacheAtFullPrice = true,
            },
        ],
        ["gemini-2.5-flash"] =
        [
            new() { From = Day("2025-10-23"), Standard = new(0.3m, 0.03m, 2.5m), Factors = new() { ["batch"] = 0.5m, ["flex"] = 0.5m, ["priority"] = 1.8m }, CacheAtFullPrice = true },
            new() { Standard = new(0.3m, 0.075m, 2.5m), Factors = new() { ["batch"] = 0.5m, ["flex"] = 0.5m, ["priority"] = 1.8m }, CacheAtFullPrice = true },
        ],
        ["deepseek-reasoner"] =
        [
            new() { From = Instant("2026-04-26T12:15"), Standard = new(0.14m, 0.0028m, 0.28m) },
            new() { From = Day("2026-04-24"), Standard = new(0.14m, 0.028m, 0.28m) },
            new() { From = Day("2025-09-29"), Standard = new(0.28m, 0.028m, 0.42m) },
            new() { From = Instant("2025-09-05T16:00"), Standard = new(0.56m, 0.07m, 1.68m) },
            new() { From = Day("2025-02-26"), Standard = new(0.55m, 0.14m, 2.19m), Hours = [new(new(16, 30), new(0, 30))], InHours = new(0.135m, 0.035m, 0.55m) },
            new() { From = Day("2025-01-20"), Standard = new(0.55m, 0.14m, 2.19m) },
        ],
        ["deepseek-v4-pro"] =
        [
            new()
            {
                From = Instant("2026-08-22T16:00"), Standard = new(0.66m, 0.022m, 1.98m), InHours = new(1.32m, 0.044m, 3.96m),
                Hours = [new(new(1, 0), new(4, 0)), new(new(6, 0), new(10, 0))], OnWeekdays = true,
                Holidays = [(Instant("2026-09-24T16:00"), Instant("2026-09-25T16:00")), (Instant("2026-09-30T16:00"), Instant("2026-10-07T16:00"))],
            },
            new()
            {
                From = Instant("2026-08-16T16:00"), Standard = new(0.66m, 0.022m, 1.98m), InHours = new(1.32m, 0.044m, 3.96m),
                Hours = [new(new(1, 0), new(4, 0)), new(new(6, 0), new(10, 0))],
            },
            new() { From = Instant("2026-04-26T12:15"), Standard = new(0.435m, 0.003625m, 0.87m) },
            new() { From = Day("2026-04-26"), Standard = new(0.435m, 0.03625m, 0.87m) },
            new() { From = Day("2026-04-24"), Standard = new(1.74m, 0.145m, 3.48m) },
        ],
    };

    public IEnumerable<string> Ids => _models.Keys;

    /// <summary>One division, after summing.</summary>
    public decimal EstimateCarefully(string id, in TokenUsage usage, DateTimeOffset at, string tier)
    {
        (Prices prices, decimal factor, decimal cacheFactor) = FindPrices(id, in usage, at, tier);
        decimal cache = usage.CacheRead * prices.CacheRead;
        decimal sum = (usage.Input * prices.Input) + ((usage.Output + usage.Reasoning) * prices.Output);
        if (prices.CacheWrite5m != 0)
        {
            sum += (usage.CacheWrite5m * prices.CacheWrite5m) + (usage.CacheWrite1h * prices.CacheWrite1h);
        }

        return factor == 1 ? (sum + cache) / Million
            : factor == cacheFactor ? (sum + cache) * factor / Million
            : ((sum * factor) + (cache * cacheFactor)) / Million;
    }

    /// <summary>A division per count, as the formula is mostly written.</summary>
    public decimal Estimate(string id, in TokenUsage usage, DateTimeOffset at, string tier)
    {
        (Prices prices, decimal factor, decimal cacheFactor) = FindPrices(id, in usage, at, tier);
        decimal cache = usage.CacheRead / Million * prices.CacheRead;
        decimal sum = (usage.Input / Million * prices.Input) + ((usage.Output + usage.Reasoning) / Million * prices.Output);
        if (prices.CacheWrite5m != 0)
        {
            sum += (usage.CacheWrite5m / Million * prices.CacheWrite5m) + (usage.CacheWrite1h / Million * prices.CacheWrite1h);
        }

        return factor == 1 ? sum + cache : (sum * factor) + (cache * cacheFactor);
    }

    /// <summary>The prices of a call and the factors of its tier; that of cache reads is another one where Gemini's batches do not make them
    /// cheaper.</summary>
    private (Prices Prices, decimal Factor, decimal CacheFactor) FindPrices(string id, in TokenUsage usage, DateTimeOffset at, string tier)
    {
        Version version = FindVersion(_models[id], at);
        if (tier != "standard" && version.TierPrices.TryGetValue(tier, out Prices? own))
        {
            return (own, 1, 1);
        }

        bool isLong = version.Long is not null && usage.Input + usage.CacheRead + usage.CacheWrite5m + usage.CacheWrite1h > version.LongAbove;
        Prices prices = isLong ? version.Long!
            : version.InHours is not null && version.IsInHours(at.UtcDateTime) ? version.InHours
            : version.Standard;
        decimal factor = tier == "standard" ? 1 : version.Factors[tier];
        return (prices, factor, version.CacheAtFullPrice && factor < 1 ? 1 : factor);
    }

    private static Version FindVersion(Version[] newestFirst, DateTimeOffset at)
    {
        foreach (Version version in newestFirst)
        {
            if (at >= version.From)
            {
                return version;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(at), at, "No price is known.");
    }

    private static DateTimeOffset Day(string day) => Instant(day + "T00:00");

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text + "Z", System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Prices(decimal Input, decimal CacheRead, decimal Output, decimal CacheWrite5m = 0, decimal CacheWrite1h = 0);

    private sealed record Hours(TimeOnly Start, TimeOnly End);

    private sealed class Version
    {
        public DateTimeOffset From { get; init; } = DateTimeOffset.MinValue;

        public required Prices Standard { get; init; }

        public Prices? Long { get; init; }

        public long LongAbove { get; init; }

        public Prices? InHours { get; init; }

        public Hours[] Hours { get; init; } = [];

        public bool OnWeekdays { get; init; }

        public (DateTimeOffset From, DateTimeOffset Until)[] Holidays { get; init; } = [];

        public Dictionary<string, Prices> TierPrices { get; init; } = [];

        public Dictionary<string, decimal> Factors { get; init; } = [];

        public bool CacheAtFullPrice { get; init; }

        public bool IsInHours(DateTime utc)
        {
            if (OnWeekdays && utc.DayOfWeek is (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                return false;
            }

            foreach ((DateTimeOffset from, DateTimeOffset until) in Holidays)
            {
                if (utc >= from.UtcDateTime && utc < until.UtcDateTime)
                {
                    return false;
                }
            }

            TimeOnly time = TimeOnly.FromDateTime(utc);
            foreach (Hours hours in Hours)
            {
                if (time.IsBetween(hours.Start, hours.End))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
