using System.Globalization;

namespace LlmCostModel.Cli.Output.Charts;

/// <summary>Lines over common steps, the ranges around them, limits, and places worth a mark.</summary>
internal sealed record LineChart : Chart
{
    /// <summary>A limit that is farther away than this many times the highest value is said, and not drawn.</summary>
    private const double FarAway = 4;

    /// <summary>Gets the axis from left to right.</summary>
    public required ChartAxis Steps { get; init; }

    /// <summary>Gets what the values are, with their unit, such as <c>USD a month</c>.</summary>
    public required string YName { get; init; }

    /// <summary>Gets the lines.</summary>
    public IReadOnlyList<ChartLine> Lines { get; init; } = [];

    /// <summary>Gets the ranges, filled; one inside another is darker.</summary>
    public IReadOnlyList<ChartBand> Bands { get; init; } = [];

    /// <summary>Gets the limits, such as a budget.</summary>
    public IReadOnlyList<ChartLimit> Limits { get; init; } = [];

    /// <summary>Gets the places that are marked, such as a break-even.</summary>
    public IReadOnlyList<ChartPoint> Points { get; init; } = [];

    /// <summary>Gets the axis of the values: zero, and all that is drawn.</summary>
    public AxisScale Scale => AxisScale.Around(
        Values.Append(0).Min(),
        Values.Concat(Limits.Where(IsNear).Select(limit => (double)limit.Value)).Append(0).Max());

    /// <inheritdoc/>
    protected override string Description =>
        $"Lines over {Steps.Count} steps from {Steps.Say(0)} to {Steps.Say(Steps.Count - 1)}, {YName}. "
        + string.Join(' ', Lines.Select(line => $"{line.Name}: from {Said(line.Values[0])} to {Said(line.Values[^1])}."))
        + string.Concat(Bands.Select(band => $" {band.Name}: from {Said(band.Low[0])} to {Said(band.High[0])} at the start, "
            + $"from {Said(band.Low[^1])} to {Said(band.High[^1])} at the end."))
        + string.Concat(Limits.Select(limit => $" {limit.Text}."))
        + string.Concat(Points.Select(point => $" {point.Name}."));

    private double Most => Values.DefaultIfEmpty().Max();

    private IEnumerable<double> Values => Lines.SelectMany(line => line.Values)
        .Concat(Bands.SelectMany(band => band.Low.Concat(band.High)))
        .Concat(Points.Select(point => point.Y))
        .Select(value => (double)value);

    /// <inheritdoc/>
    protected override double Draw(SvgCanvas canvas, double top) => new LinePlot(this, canvas).Draw(top);

    /// <summary>Whether a limit can be drawn without making the lines flat.</summary>
    internal bool IsNear(ChartLimit limit) => Most <= 0 || (double)limit.Value <= Most * FarAway;

    private static string Said(decimal value) => value.ToString("#,##0.######", CultureInfo.InvariantCulture);
}

/// <summary>A line, with a value at each step.</summary>
internal sealed record ChartLine(string Name, IReadOnlyList<decimal> Values);

/// <summary>What lies between two values at each step.</summary>
internal sealed record ChartBand(string Name, IReadOnlyList<decimal> Low, IReadOnlyList<decimal> High);

/// <summary>A value that should not be exceeded. The text names it, with its value.</summary>
internal sealed record ChartLimit(string Text, decimal Value);

/// <summary>A place on a <see cref="NumberAxis"/> that is marked. Its name says the value.</summary>
internal sealed record ChartPoint(string Name, decimal X, decimal Y);
