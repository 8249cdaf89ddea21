namespace LlmCostModel.Planning.Tests.Fitting;

/// <summary>Makes a log of which more is known than is in it: calls of its days go straight into the sums of the fit, so that hundreds of
/// logs take seconds, and what the days after it cost is kept as the truth.</summary>
internal sealed class LogBuilder(int days, int firstDay)
{
    internal const int Ahead = 30;

    internal static readonly CostEstimator Estimator = new(new RateCard
    {
        Name = "acme",
        Provider = "acme",
        Currency = "USD",
        Models =
        [
            ModelPricing.Create("large", 3, 15, cacheRead: 0.3m),
            ModelPricing.Create("small", 0.25m, 2, cacheRead: 0.025m),
            ModelPricing.Create("plain", 1, 4, cacheRead: 0.1m),
        ],
    });

    private static readonly decimal[] Inputs = [3, 0.25m, 1], Reads = [0.3m, 0.025m, 0.1m], Outputs = [15, 2, 4];

    private readonly SortedDictionary<int, LineSums> _lines = [];
    private readonly LogSpan _span = new();
    private readonly decimal[] _amounts = new decimal[days + Ahead];

    internal static string[] Models { get; } = ["large", "small", "plain"];

    internal int Days => days;

    internal int FirstDay => firstDay;

    /// <summary>The first instant after the log.</summary>
    internal DateTimeOffset End => new(DateOnly.FromDayNumber(firstDay + days).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>What days after the log cost.</summary>
    internal decimal AmountAhead(int count) => _amounts.Skip(days).Take(count).Sum();

    internal LogFit Fit(int? holdOut = 0) => LogFit.Of(
        Estimator,
        new() { HoldOutDays = holdOut },
        _span,
        _lines.ToDictionary(line => new LineKey(Models[line.Key], CallRole.Main, default, "USD"), line => line.Value),
        new Dictionary<(string, CostIssueKind?), (long, string)>());

    /// <summary>Adds a call of a model.</summary>
    /// <param name="line">The number of the model.</param>
    /// <param name="day">The day, from 0; after the last day of the log it is truth alone.</param>
    /// <param name="second">When on that day.</param>
    /// <param name="cluster">The session; null for none.</param>
    /// <param name="usage">What it consumes: input, reads, output.</param>
    internal void Add(int line, int day, int second, ulong? cluster, in TokenUsage usage)
    {
        decimal amount = ((usage.Input * Inputs[line]) + (usage.CacheRead * Reads[line]) + (usage.Output * Outputs[line])) / 1_000_000;
        _amounts[day] += amount;
        if (day >= days)
        {
            return;
        }

        DateTime local = DateOnly.FromDayNumber(firstDay + day).ToDateTime(TimeOnly.MinValue).AddSeconds(second);
        DateTimeOffset at = new(local, TimeSpan.Zero);
        _span.Add(at, local, 1);
        if (!_lines.TryGetValue(line, out LineSums? sums))
        {
            _lines[line] = sums = new();
        }

        sums.Add(new(in usage)
        {
            At = at,
            Day = firstDay + day,
            Hour = local.Hour,
            Calls = 1,
            Meters = MeteredQuantities.Empty,
            Amount = amount,
            IsPartial = false,
            Cluster = cluster ?? Mixed((ulong)day),
            HasSession = cluster is not null,
        });
    }

    internal static double Between(Random random, double low, double high) => low + ((high - low) * random.NextDouble());

    internal static double Normal(Random random) => Planning.Normal.GetQuantile(Math.Max(random.NextDouble(), 1e-12));

    internal static int Poisson(Random random, double mean)
    {
        if (mean > 60)
        {
            return (int)Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * Normal(random))));
        }

        double limit = Math.Exp(-mean), product = 1;
        int count = -1;
        do
        {
            count++;
            product *= random.NextDouble();
        }
        while (product > limit);

        return count;
    }

    private static ulong Mixed(ulong number)
    {
        unchecked
        {
            number = (number + 1) * 0x9E3779B97F4A7C15UL;
            return number ^ (number >> 29);
        }
    }
}
