using System.Globalization;

namespace LlmCostModel.Cli.Output.Charts;

/// <summary>The round ticks of an axis: 1, 2 or 5 times a power of ten apart, all with the same number of decimals.</summary>
internal sealed record AxisScale
{
    private readonly int _mantissa;
    private readonly int _exponent;
    private readonly int _unit;

    private AxisScale(int mantissa, int exponent, long first, long last)
    {
        _mantissa = mantissa;
        _exponent = exponent;
        double most = Math.Max(Math.Abs(ValueOf(first)), Math.Abs(ValueOf(last)));
        _unit = UnitOf(most == 0 ? 0 : (int)Math.Floor(Math.Log10(most * (1 + 1e-12))));
        Ticks = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => new AxisTick(ValueOf(first + i), Label(first + i)))];
    }

    /// <summary>Gets the ticks, the lowest first.</summary>
    public IReadOnlyList<AxisTick> Ticks { get; }

    public double Low => Ticks[0].Value;

    public double High => Ticks[^1].Value;

    /// <summary>Gets what the labels must be multiplied with, such as <c>x 10^-9</c>; empty when they say it themselves.</summary>
    public string Multiplier => _unit is 0 or 6 or 9 or 12 ? "" : string.Create(CultureInfo.InvariantCulture, $"x 10^{_unit}");

    /// <summary>The axis from the last round value below the least to the first one above the most.</summary>
    public static AxisScale Around(double least, double most)
    {
        if (most - least <= 1e-9 * Math.Max(Math.Abs(least), Math.Abs(most))) // no span that could be told apart
        {
            least = Math.Min(0, most);
            most = most == 0 ? 1 : Math.Max(0, most);
        }

        (int mantissa, int exponent) = StepOf((most - least) / 5);
        double step = mantissa * Math.Pow(10, exponent);
        long first = (long)Math.Floor((least / step) + 1e-9);
        long last = (long)Math.Ceiling((most / step) - 1e-9);
        return new AxisScale(mantissa, exponent, first, Math.Max(last, first + 1));
    }

    /// <summary>The smallest round step that is not less.</summary>
    private static (int Mantissa, int Exponent) StepOf(double least)
    {
        int exponent = (int)Math.Floor(Math.Log10(least));
        double rest = least / Math.Pow(10, exponent);
        return rest switch
        {
            <= 1 + 1e-9 => (1, exponent),
            <= 2 + 1e-9 => (2, exponent),
            <= 5 + 1e-9 => (5, exponent),
            _ => (1, exponent + 1),
        };
    }

    /// <summary>The power of ten in which values are written: up to trillions by their letter, beyond and below as a factor.</summary>
    private static int UnitOf(int magnitude) => magnitude switch
    {
        >= 15 or < -6 => 3 * (int)Math.Floor(magnitude / 3.0),
        >= 12 => 12,
        >= 9 => 9,
        >= 6 => 6,
        _ => 0,
    };

    private double ValueOf(long tick) => tick * _mantissa * Math.Pow(10, _exponent);

    private string Label(long tick)
    {
        if (tick == 0)
        {
            return "0";
        }

        int shift = _exponent - _unit;
        decimal value = tick * _mantissa;
        for (int i = 0; i < Math.Abs(shift); i++)
        {
            value = shift > 0 ? value * 10 : value / 10;
        }

        string suffix = _unit switch { 6 => "M", 9 => "B", 12 => "T", _ => "" };
        string decimals = shift < 0 ? "." + new string('0', -shift) : "";
        return value.ToString("#,##0" + decimals, CultureInfo.InvariantCulture) + suffix;
    }
}

/// <summary>A place on an axis.</summary>
internal readonly record struct AxisTick(double Value, string Label);
