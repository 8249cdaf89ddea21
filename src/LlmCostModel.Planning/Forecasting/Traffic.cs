namespace LlmCostModel.Planning;

/// <summary>The requests of a line, month by month, in one scenario after another.</summary>
internal sealed class Traffic
{
    private const double DaysOfAMonth = 365.2425 / 12;
    private const int OfGrowth = 1, OfMonth = 2, OfBurst = 3;

    private readonly ForecastLine _line;
    private readonly int _number;
    private readonly int _seed;

    /// <summary>How many times the requests of the first month each has by its days, weekdays and hours.</summary>
    private readonly double[] _lengths;

    /// <summary>For how many months requests have grown when each month is.</summary>
    private readonly double[] _grown;
    private readonly double _noise;

    internal Traffic(ForecastLine line, int number, int seed, DateTimeOffset[] edges)
    {
        _line = line;
        _number = number;
        _seed = seed;
        TrafficProfile profile = line.Profile ?? TrafficProfile.Even;
        double first = profile.GetWeight(edges[0], edges[1]);
        Lengths = new (decimal, decimal)[edges.Length - 1];
        _lengths = new double[edges.Length - 1];
        _grown = new double[_lengths.Length];
        for (int month = 0; month < _lengths.Length; month++)
        {
            _lengths[month] = first > 0 ? profile.GetWeight(edges[month], edges[month + 1]) / first : 1;
            Lengths[month] = profile.IsEven
                ? InLowestTerms((edges[month + 1] - edges[month]).Ticks, (edges[1] - edges[0]).Ticks)
                : ((decimal)_lengths[month], 1);
            DateTimeOffset middle = edges[month] + ((edges[month + 1] - edges[month]) / 2);
            _grown[month] = line.GrowthFrom is { } from ? (middle - from).TotalDays / DaysOfAMonth : month;
        }

        _noise = Math.Log(1 + (line.Noise * line.Noise));
        HasChance = line.PromptVariation is not null || line.OutputVariation is not null || !line.PromptLengths.IsEmpty;
        IsPoisson = HasChance && line.Requests.Exact is null;
    }

    /// <summary>How many times the requests of the first month each has by its length, as a fraction.</summary>
    internal (decimal Times, decimal Over)[] Lengths { get; }

    /// <summary>The same as a statistic.</summary>
    internal double GetLength(int month) => _lengths[month];

    /// <summary>Whether single calls add to what is not known.</summary>
    internal bool HasChance { get; }

    /// <summary>Whether the number of calls itself varies as that of independent events.</summary>
    internal bool IsPoisson { get; }

    /// <summary>Whether a line is random even where all of its inputs are exact.</summary>
    internal static bool IsRandom(ForecastLine line) =>
        line.GrowthNoise > 0 || line.Noise > 0 || line.Bursts is { Probability: > 0, Factor: not 1 }
        || line.PromptVariation > 0 || line.OutputVariation > 0 || !line.PromptLengths.IsEmpty;

    /// <summary>Works out the requests of a scenario that are expected, and those that chance makes of them, were every month as long as
    /// the
    /// first: in the second a call that costs twice the mean counts as two.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="requests">The requests of the first month, retries included.</param>
    /// <param name="growth">The growth a month.</param>
    /// <param name="variances">By month, the variance of what a single call costs over the square of its mean.</param>
    /// <param name="expected">Receives the requests without chance.</param>
    /// <param name="paid">Receives the requests with it.</param>
    internal void Fill(
        int scenario, double requests, double growth, ReadOnlySpan<double> variances, Span<double> expected, Span<double> paid)
    {
        double step = Math.Max(0, 1 + growth);
        double walk = 0;
        double walkVariance = _line.GrowthNoise > 0 && step > 0 ? Math.Log(1 + (_line.GrowthNoise * _line.GrowthNoise / (step * step))) : 0;
        for (int month = 0; month < expected.Length; month++)
        {
            expected[month] = requests * Math.Pow(step, _grown[month]);
            double chance = 1;
            if (walkVariance > 0)
            {
                double variance = walkVariance * Math.Max(0, month == 0 ? _grown[0] : _grown[month] - _grown[month - 1]);
                walk += variance > 0 ? (Math.Sqrt(variance) * Normal(OfGrowth, month, scenario)) - (variance / 2) : 0;
                chance = Math.Exp(walk);
            }

            if (_line.Bursts is { } bursts && Chance.GetShare(_seed, _number, month, scenario, OfBurst) < bursts.Probability)
            {
                chance *= bursts.Factor;
            }

            double calls = expected[month] * chance;
            double single = HasChance && calls > 0
                ? Math.Log(1 + ((variances[month] + (IsPoisson ? 1 : 0)) / (calls * _lengths[month])))
                : 0;
            if (single + _noise > 0)
            {
                double deviation = Math.Sqrt(single + _noise);
                calls *= Math.Exp((deviation * Normal(OfMonth, month, scenario)) - (deviation * deviation / 2));
            }

            paid[month] = calls;
        }
    }

    private static (decimal Times, decimal Over) InLowestTerms(long times, long over)
    {
        (long divisor, long rest) = (times, over);
        while (rest != 0)
        {
            (divisor, rest) = (rest, divisor % rest);
        }

        return (times / divisor, over / divisor);
    }

    private double Normal(int purpose, int month, int scenario) => Chance.GetNormal(_seed, _number, month, scenario, purpose);
}
