namespace LlmCostModel.Cli.Output.Charts;

/// <summary>Horizontal bars with a label and a value each, the longest as wide as there is room.</summary>
internal sealed record BarChart : Chart
{
    private const double LabelRoom = 300;

    private const double ValueRoom = 220;

    /// <summary>Gets what the values are, such as <c>USD for the workload</c>; empty when the values say it.</summary>
    public string ValueName { get; init; } = "";

    /// <summary>Gets the bars, from above.</summary>
    public required IReadOnlyList<ChartBar> Bars { get; init; }

    /// <inheritdoc/>
    protected override string Description =>
        (ValueName.Length > 0 ? $"Bars, {ValueName}: " : "Bars: ")
        + string.Join("; ", Bars.Select(bar => $"{bar.Label}{(bar.Detail.Length > 0 ? $" ({bar.Detail})" : "")} {bar.Text}"))
        + ".";

    /// <inheritdoc/>
    protected override double Draw(SvgCanvas canvas, double top)
    {
        double y = top + 6;
        if (ValueName.Length > 0)
        {
            y += 10;
            canvas.Text(SvgCanvas.Margin, y, ValueName, width: SvgCanvas.Width - (2 * SvgCanvas.Margin), style: "m");
            y += 10;
        }

        double left = SvgCanvas.Margin + 10 + Bars.Select(LabelWidth).DefaultIfEmpty().Max();
        double values = Bars.Select(bar => Math.Min(ValueRoom, TextWidth.OfLine(bar.Text))).DefaultIfEmpty().Max();
        double room = SvgCanvas.Width - SvgCanvas.Margin - left - 8 - values;
        decimal most = Bars.Max(bar => bar.Value) ?? 0;
        int height = Bars.Any(bar => bar.Detail.Length > 0) ? 40 : 28;
        foreach (ChartBar bar in Bars)
        {
            double width = bar.Value is > 0 and { } value ? Math.Max(1, room * (double)(value / most)) : 0;
            double middle = y + (height / 2.0);
            if (bar.Detail.Length > 0)
            {
                canvas.Text(left - 10, middle - 3, bar.Label, "end", width: LabelRoom);
                canvas.Text(left - 10, middle + 12, bar.Detail, "end", SvgCanvas.Small, LabelRoom, "m");
            }
            else
            {
                canvas.Text(left - 10, middle + 4, bar.Label, "end", width: LabelRoom);
            }

            if (width > 0)
            {
                canvas.Box(left, middle - 10, width, 20, 0);
            }

            canvas.Text(left + (width > 0 ? width + 8 : 0), middle + 4, bar.Text, width: ValueRoom);
            y += height;
        }

        return y;
    }

    private static double LabelWidth(ChartBar bar) => Math.Min(
        LabelRoom,
        Math.Max(
            TextWidth.OfLine(bar.Label),
            TextWidth.OfLine(bar.Detail, SvgCanvas.Small)));
}

/// <summary>A bar. One without a value, or of 0 or less, is only its text.</summary>
internal sealed record ChartBar(string Label, decimal? Value, string Text)
{
    /// <summary>Gets more about it, in small letters below the label.</summary>
    public string Detail { get; init; } = "";
}
