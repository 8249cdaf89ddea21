using System.Collections.Immutable;
using System.Runtime.ExceptionServices;

namespace LlmCostModel.Planning;

/// <summary>What every scenario costs, by month, by line and in all.</summary>
internal sealed class ScenarioAmounts
{
    /// <summary>Scenarios that are computed at a stretch; sums are added in the order of stretches, whoever computes them.</summary>
    private const int Stretch = 1_024;

    private readonly LineForecast[] _lines;
    private readonly DateTimeOffset[] _edges;
    private readonly decimal[][] _ofLines;
    private readonly Sums[] _stretches;

    internal ScenarioAmounts(LineForecast[] lines, int scenarios, DateTimeOffset[] edges)
    {
        _lines = lines;
        _edges = edges;
        Totals = new decimal[scenarios];
        WithoutChance = new double[scenarios];
        Months = [.. Enumerable.Range(1, edges.Length - 1).Select(_ => new decimal[scenarios])];
        _ofLines = [.. lines.Select(_ => new decimal[scenarios])];
        _stretches = new Sums[(scenarios + Stretch - 1) / Stretch];
    }

    internal decimal[] Totals { get; }

    /// <summary>What the scenarios would cost if everything came as expected.</summary>
    internal double[] WithoutChance { get; }

    internal decimal[][] Months { get; }

    /// <exception cref="OverflowException">A scenario costs more than can be counted.</exception>
    internal void Compute()
    {
        try
        {
            Parallel.For(0, _stretches.Length, Compute);
        }
        catch (AggregateException error) when (error.InnerException is OverflowException overflow)
        {
            throw new OverflowException(
                "A scenario has more requests or costs more than can be counted. Check requests and growth of the plan.", overflow);
        }
        catch (AggregateException error) when (error.InnerException is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }

    internal ForecastLineCost CostOf(int number, LineForecast line)
    {
        int months = Months.Length;
        int scenarios = Totals.Length;
        ImmutableArray<ForecastLoad>.Builder loads = ImmutableArray.CreateBuilder<ForecastLoad>(months);
        ImmutableArray<decimal>.Builder means = ImmutableArray.CreateBuilder<decimal>(months);
        for (int month = 0; month < months; month++)
        {
            int at = (number * months) + month;
            decimal mean = _stretches.Sum(stretch => stretch.Amounts[at]) / scenarios;
            means.Add(scenarios == 1 ? mean : decimal.Round(mean, ForecastRange.MeanDecimals));
            loads.Add(new()
            {
                From = _edges[month],
                Until = _edges[month + 1],
                Requests = _stretches.Sum(stretch => stretch.Requests[at]) / scenarios,
                FreshTokens = _stretches.Sum(stretch => stretch.Fresh[at]) / scenarios,
                CachedTokens = _stretches.Sum(stretch => stretch.Cached[at]) / scenarios,
                OutputTokens = _stretches.Sum(stretch => stretch.Output[at]) / scenarios,
                PeakToMean = line.Line.Profile is { IsEven: false } profile ? profile.GetPeakToMean(_edges[month], _edges[month + 1]) : 1,
            });
        }

        return new()
        {
            Name = line.Line.Label,
            Model = line.Line.Model,
            Total = ForecastRange.Of(_edges[0], _ofLines[number]),
            MonthlyMeans = means.ToImmutable(),
            Loads = loads.ToImmutable(),
        };
    }

    private void Compute(int stretch)
    {
        int months = Months.Length;
        Sums sums = new(_lines.Length * months);
        double[] expected = new double[months], paid = new double[months];
        decimal[] perCall = new decimal[_lines.Max(line => line.Prices.Count)];
        int end = Math.Min(Totals.Length, (stretch + 1) * Stretch);
        for (int scenario = stretch * Stretch; scenario < end; scenario++)
        {
            for (int number = 0; number < _lines.Length; number++)
            {
                LineForecast line = _lines[number];
                CallMeans means = line.MeansOf(scenario);
                ReadOnlySpan<decimal> prices = line.Price(in means, perCall);
                line.Fill(scenario, expected, paid);
                bool hasChance = Traffic.IsRandom(line.Line);
                decimal ofLine = 0;
                for (int month = 0; month < months; month++)
                {
                    double calls = paid[month] * line.Traffic.GetLength(month);
                    decimal amount = Totals.Length == 1
                        ? line.Prices.GetAmount(month, prices, (decimal)paid[month], line.Traffic.Lengths[month])
                        : line.Prices.GetAmount(month, prices, (decimal)calls, (1, 1));
                    ofLine += amount;
                    Months[month][scenario] += amount;
                    WithoutChance[scenario] += !hasChance ? (double)amount : paid[month] > 0
                        ? (double)amount * expected[month] / paid[month] : 0;
                    sums.Add((number * months) + month, amount, calls, in means);
                }

                _ofLines[number][scenario] = ofLine;
                Totals[scenario] += ofLine;
            }
        }

        _stretches[stretch] = sums;
    }

    private sealed class Sums(int count)
    {
        internal decimal[] Amounts { get; } = new decimal[count];

        internal double[] Requests { get; } = new double[count];

        internal double[] Fresh { get; } = new double[count];

        internal double[] Cached { get; } = new double[count];

        internal double[] Output { get; } = new double[count];

        internal void Add(int at, decimal amount, double requests, in CallMeans means)
        {
            Amounts[at] += amount;
            Requests[at] += requests;
            Fresh[at] += requests * means.Prompt * (1 - means.HitRate);
            Cached[at] += requests * means.Prompt * means.HitRate;
            Output[at] += requests * (means.Output + means.Reasoning);
        }
    }
}
