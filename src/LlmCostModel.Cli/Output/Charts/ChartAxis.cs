namespace LlmCostModel.Cli.Output.Charts;

/// <summary>The axis from left to right.</summary>
internal abstract record ChartAxis
{
    /// <summary>Between two labels.</summary>
    private const double Gap = 8;

    /// <summary>Gets what it counts; empty where the labels say it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Gets the number of steps.</summary>
    public abstract int Count { get; }

    /// <summary>Where a step is, from 0 at the left to 1 at the right.</summary>
    public virtual double PlaceOf(int step) => Count == 1 ? 0.5 : (double)step / (Count - 1);

    /// <summary>The labels below it, row by row, for a given width.</summary>
    public abstract IReadOnlyList<IReadOnlyList<AxisLabel>> Rows(double width);

    /// <summary>What is said of a step, in words.</summary>
    public abstract string Say(int step);

    /// <summary>The labels of those steps, centered under them and kept within what is drawn, if they fit beside one another.</summary>
    protected static IReadOnlyList<AxisLabel>? Fit(double width, IEnumerable<(double Place, string Text)> labels)
    {
        List<AxisLabel> row = [];
        foreach ((double place, string text) in labels)
        {
            AxisLabel label = AxisLabel.Of(place, text, width);
            if (row.Count > 0 && label.Left < row[^1].Right + Gap)
            {
                return null;
            }

            row.Add(label);
        }

        return row;
    }

    /// <summary>Those labels that fit, the first ones first.</summary>
    protected static IReadOnlyList<AxisLabel> FitSome(double width, IEnumerable<(double Place, string Text)> labels)
    {
        List<AxisLabel> row = [];
        foreach ((double place, string text) in labels)
        {
            AxisLabel label = AxisLabel.Of(place, text, width);
            if (row.TrueForAll(other => label.Left >= other.Right + Gap || other.Left >= label.Right + Gap))
            {
                row.Add(label);
            }
        }

        return row;
    }
}

/// <summary>A label below an axis.</summary>
/// <param name="Place">Of what it names, from 0 to 1.</param>
/// <param name="Middle">Where its middle is, in pixels from the left of the axis.</param>
/// <param name="Width">How wide it is.</param>
/// <param name="Text">What it says.</param>
internal readonly record struct AxisLabel(double Place, double Middle, double Width, string Text)
{
    /// <summary>What may stand out on both sides of an axis.</summary>
    public const double Overhang = 30;

    private const double Widest = 160;

    public double Left => Middle - (Width / 2);

    public double Right => Middle + (Width / 2);

    public static AxisLabel Of(double place, string text, double axis)
    {
        double width = Math.Min(Widest, TextWidth.OfLine(text));
        double least = (width / 2) - Overhang;
        return new AxisLabel(place, Math.Clamp(place * axis, least, Math.Max(least, axis - least)), width, text);
    }
}
