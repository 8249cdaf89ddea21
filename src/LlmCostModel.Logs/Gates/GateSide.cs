namespace LlmCostModel.Logs;

/// <summary>What one of the two runs has of a scenario: the sums over its repetitions.</summary>
public sealed class GateSide
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal); // of runs; "" is none stated, behind "="
    private readonly Dictionary<string, MoneySum[]> _totals = new(StringComparer.Ordinal);
    private readonly List<SummaryReason> _reasons = [];

    /// <param name="groups">The sums by scenario, run and currency.</param>
    /// <param name="parts">Of a total, the scenarios by the runs that have them; <see langword="null"/> for a scenario.</param>
    internal GateSide(IReadOnlyList<SummaryGroup> groups, IReadOnlyList<GateSide?>? parts = null)
    {
        Parts = parts ?? [this];
        foreach (SummaryGroup group in groups)
        {
            _places.TryAdd(RunOf(group), _places.Count);
        }

        foreach (SummaryGroup group in groups)
        {
            Calls += group.Calls;
            Partial += group.Partial;
            Unpriced += group.Unpriced;
            Usage += group.Usage;
            _reasons.AddRange(group.Reasons);
            IsPriced &= group.Partial == 0 && group.Unpriced == 0 && (group.Total is not null || group.Calls + group.NestedCalls == 0);
            if (group.Total is { } total)
            {
                if (!_totals.TryGetValue(total.Currency, out MoneySum[]? sums))
                {
                    _totals[total.Currency] = sums = new MoneySum[_places.Count];
                }

                sums[_places[RunOf(group)]].Add(total);
            }
        }
    }

    /// <summary>Gets in how many repeated runs it occurs; 1 where the calls state no run.</summary>
    public int Runs => _places.Count;

    /// <summary>Gets how many calls there are in all of them.</summary>
    public long Calls { get; }

    /// <summary>Gets how many of <see cref="Calls"/> are priced in part only.</summary>
    public long Partial { get; }

    /// <summary>Gets how many of <see cref="Calls"/> have no price.</summary>
    public long Unpriced { get; }

    /// <summary>Gets whether every call is wholly priced.</summary>
    public bool IsPriced { get; } = true;

    /// <summary>Gets what all of them consumed.</summary>
    public TokenUsage Usage { get; }

    /// <summary>Gets the part of the input that was read from a cache, from 0 to 1; <see langword="null"/> without input.</summary>
    public decimal? CacheHitRate => Usage.TotalInput == 0 ? null : (decimal)Usage.TotalCacheRead / Usage.TotalInput;

    /// <summary>Gets the calls of one run, on average; of a total, the sum of the averages of its scenarios.</summary>
    public decimal CallsPerRun => Sum(part => part.Calls);

    /// <summary>Gets the input of one run, as <see cref="CallsPerRun"/> does the calls.</summary>
    public decimal InputPerRun => Sum(part => part.Usage.TotalInput);

    /// <summary>Gets the output of one run, as <see cref="CallsPerRun"/> does the calls.</summary>
    public decimal OutputPerRun => Sum(part => part.Usage.TotalOutput);

    /// <summary>Gets why calls are not wholly priced.</summary>
    public IReadOnlyList<SummaryReason> Reasons => _reasons;

    /// <summary>Gets the codes of the currencies in which calls are priced, sorted.</summary>
    public IReadOnlyList<string> Currencies => [.. _totals.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Gets what one run has of a sum, on average.</summary>
    /// <param name="sum">A sum over all runs, such as a count of <see cref="Usage"/>.</param>
    /// <returns>The sum divided by <see cref="Runs"/>.</returns>
    public decimal PerRun(decimal sum) => Runs == 0 ? 0 : sum / Runs;

    /// <summary>What is averaged by itself: itself, or of a total the scenarios by the runs that have them, in the order of the other
    /// side, with a hole where only that one has them.</summary>
    internal IReadOnlyList<GateSide?> Parts { get; }

    /// <summary>Which runs it has, in one text that other runs do not have.</summary>
    internal string RunNames => string.Concat(_places.Keys.Order(StringComparer.Ordinal).Select(name => $"{name.Length}{name}"));

    /// <summary>What a run costs on average; <see langword="null"/> where nothing is known of it.</summary>
    internal Rational? AverageIn(string currency)
    {
        if (!IsPriced && !_totals.ContainsKey(currency))
        {
            return null;
        }

        Rational sum = Rational.Zero;
        foreach (GateSide part in Parts.OfType<GateSide>())
        {
            Rational all = part.TotalsIn(currency).Aggregate(Rational.Zero, (known, total) => known + Rational.From(total));
            sum += all / Rational.From(part.Runs);
        }

        return sum;
    }

    /// <summary>What each run cost in a currency.</summary>
    internal decimal[] TotalsIn(string currency) => _totals.TryGetValue(currency, out MoneySum[]? sums)
        ? [.. sums.Select(sum => sum.Value?.Amount ?? 0)]
        : new decimal[Runs];

    private decimal Sum(Func<GateSide, decimal> read) => Parts.OfType<GateSide>().Sum(part => part.PerRun(read(part)));

    private static string RunOf(SummaryGroup group) => group.Key.Count < 2 || group.Key[1].Value is not { } run ? "" : $"={run}";
}
