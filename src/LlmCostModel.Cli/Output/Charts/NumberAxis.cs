using System.Globalization;

namespace LlmCostModel.Cli.Output.Charts;

/// <summary>Numbers, the least first, at their true distances; its labels are round.</summary>
internal sealed record NumberAxis(IReadOnlyList<decimal> Values) : ChartAxis
{
    private AxisScale Scale => AxisScale.Around((double)Values[0], (double)Values[^1]);

    public override int Count => Values.Count;

    /// <summary>Gets the name, with what its labels must be multiplied with.</summary>
    public string FullName => $"{Name} {Scale.Multiplier}".Trim();

    public override double PlaceOf(int step) => PlaceOf((double)Values[step]);

    public double PlaceOf(double value)
    {
        double first = (double)Values[0], last = (double)Values[^1];
        return last > first ? (value - first) / (last - first) : 0.5;
    }

    public override string Say(int step) => Values[step].ToString("#,##0.######", CultureInfo.InvariantCulture);

    public override IReadOnlyList<IReadOnlyList<AxisLabel>> Rows(double width)
    {
        AxisTick[] ticks = [.. Scale.Ticks.Where(tick => PlaceOf(tick.Value) is >= -1e-9 and <= 1 + 1e-9)];
        for (int every = 1; every < ticks.Length; every++)
        {
            if (Fit(width, ticks.Where((_, i) => i % every == 0).Select(tick => (PlaceOf(tick.Value), tick.Label))) is { } row)
            {
                return [row];
            }
        }

        return [Fit(width, ticks.Take(1).Select(tick => (PlaceOf(tick.Value), tick.Label)))!];
    }
}
