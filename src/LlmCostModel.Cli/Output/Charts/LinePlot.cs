namespace LlmCostModel.Cli.Output.Charts;

/// <summary>Draws a <see cref="LineChart"/>.</summary>
internal sealed class LinePlot(LineChart chart, SvgCanvas canvas)
{
    private const double PlotHeight = 280;
    private const double Right = SvgCanvas.Width - SvgCanvas.Margin - AxisLabel.Overhang;
    private const double Swatch = 26;
    private const double LegendRoom = 360;

    private readonly AxisScale _scale = chart.Scale;
    private double _left;
    private double _bottom;

    public double Draw(double top)
    {
        _left = SvgCanvas.Margin + 8 + _scale.Ticks.Max(tick => TextWidth.Of(tick.Label, SvgCanvas.Normal));
        (string Text, double X, double Y)[] labels = [.. PlaceLabels(out string[] homeless)];
        double y = DrawLegend(top, homeless) + 18;
        string name = $"{chart.YName} {_scale.Multiplier}".Trim();
        canvas.Text(SvgCanvas.Margin, y, name, width: SvgCanvas.Width - (2 * SvgCanvas.Margin), style: "m");
        _bottom = y + 12 + PlotHeight;
        foreach (AxisTick tick in _scale.Ticks)
        {
            canvas.Line(_left, Y(tick.Value), Right, Y(tick.Value));
            canvas.Text(_left - 8, Y(tick.Value) + 4, tick.Label, "end");
        }

        DrawSeries();
        foreach ((string text, double labelX, double labelY) in labels)
        {
            canvas.Text(labelX, _bottom + labelY, text, style: "h");
        }

        return DrawSteps();
    }

    private double X(double place) => _left + ((Right - _left) * place);

    private double X(int step) => X(chart.Steps.PlaceOf(step));

    private double X(ChartPoint point) => X(chart.Steps is NumberAxis numbers ? numbers.PlaceOf((double)point.X) : (double)point.X);

    private double Y(double value) => _bottom - (PlotHeight * ((value - _scale.Low) / (_scale.High - _scale.Low)));

    /// <summary>The places of a line; a single step has some width.</summary>
    private IEnumerable<(double X, double Y)> Places(IReadOnlyList<decimal> values) => values.Count == 1
        ? [(X(0) - 20, Y((double)values[0])), (X(0) + 20, Y((double)values[0]))]
        : values.Select((value, step) => (X(step), Y((double)value)));

    private void DrawSeries()
    {
        foreach (ChartBand band in chart.Bands)
        {
            canvas.Area(Places(band.Low).Concat(Places(band.High).Reverse()), 0);
        }

        for (int i = 0; i < chart.Lines.Count; i++)
        {
            canvas.Path(Places(chart.Lines[i].Values), i, SvgCanvas.Dash(i));
            for (int step = 0; step < chart.Steps.Count && chart.Steps is MonthAxis { Count: <= 24 }; step++)
            {
                canvas.Dot(X(step), Y((double)chart.Lines[i].Values[step]), i);
            }
        }

        foreach (ChartLimit limit in chart.Limits.Where(chart.IsNear))
        {
            canvas.Limit(_left, Right, Y((double)limit.Value));
        }

        foreach (ChartPoint point in chart.Points)
        {
            canvas.Ring(X(point), Y((double)point.Y));
        }
    }

    /// <summary>Labels of limits and points, from the bottom of the plot; those without room go to the legend.</summary>
    private List<(string Text, double X, double Y)> PlaceLabels(out string[] homeless)
    {
        _bottom = 0;
        LabelPlaces places = new(_left, SvgCanvas.Width - SvgCanvas.Margin, -PlotHeight - 10, 0);
        List<(string, double, double)> placed = [];
        List<string> left = [];
        foreach (ChartLine line in chart.Lines)
        {
            places.AddLine(Places(line.Values));
        }

        foreach (ChartPoint point in chart.Points)
        {
            places.AddBox(X(point), Y((double)point.Y), 6);
        }

        foreach (ChartPoint point in chart.Points)
        {
            double width = TextWidth.OfLine(point.Name);
            double x = X(point), y = Y((double)point.Y);
            double before = x - 12 - width, behind = x + 12;
            Add(
                point.Name,
                [(behind, y + 18), (before, y - 10), (behind, y - 10), (before, y + 18), (behind, y + 40), (x - (width / 2), y - 24)]);
        }

        foreach (ChartLimit limit in chart.Limits)
        {
            double width = TextWidth.OfLine(limit.Text);
            double y = Y((double)limit.Value);
            double end = Right - 6 - width;
            Add(
                chart.IsNear(limit) ? limit.Text : $"{limit.Text} (above the chart)",
                chart.IsNear(limit) ? [(_left + 6, y - 6), (end, y - 6), (_left + 6, y + 15), (end, y + 15)] : []);
        }

        homeless = [.. left];
        return placed;

        void Add(string text, IEnumerable<(double X, double Y)> candidates)
        {
            if (places.Take(text, candidates) is { } place)
            {
                placed.Add((text, place.X, place.Y));
            }
            else
            {
                left.Add(text);
            }
        }
    }

    /// <summary>What every line, band and mark is, in as many rows as it takes.</summary>
    private double DrawLegend(double top, string[] homeless)
    {
        double x = SvgCanvas.Margin, y = top + 16;
        for (int i = 0; i < chart.Lines.Count; i++)
        {
            string name = Next(chart.Lines[i].Name, Swatch);
            canvas.Line(x, y - 4, x + 18, y - 4, i, SvgCanvas.Dash(i));
            Put(name, Swatch);
        }

        for (int i = 0; i < chart.Bands.Count; i++)
        {
            string name = Next(chart.Bands[i].Name, Swatch);
            for (int layer = 0; layer <= i; layer++)
            {
                canvas.Box(x, y - 10, 18, 12, 0, isFaint: true); // an inner band lies on the outer ones
            }

            Put(name, Swatch);
        }

        foreach (string text in homeless)
        {
            Put(Next(text, 0), 0);
        }

        return y;

        string Next(string name, double swatch)
        {
            double width = swatch + Math.Min(LegendRoom, TextWidth.OfLine(name));
            if (x > SvgCanvas.Margin && x + width > SvgCanvas.Width - SvgCanvas.Margin)
            {
                x = SvgCanvas.Margin;
                y += 18;
            }

            return name;
        }

        void Put(string name, double swatch)
        {
            canvas.Text(x + swatch, y, name, width: LegendRoom);
            x += swatch + Math.Min(LegendRoom, TextWidth.OfLine(name)) + 20;
        }
    }

    private double DrawSteps()
    {
        double y = _bottom + 4;
        bool isFirst = true;
        foreach (IReadOnlyList<AxisLabel> row in chart.Steps.Rows(Right - _left))
        {
            y += 16;
            foreach (AxisLabel label in row)
            {
                if (isFirst)
                {
                    canvas.Line(X(label.Place), _bottom, X(label.Place), _bottom + 5);
                }

                canvas.Text(_left + label.Middle, y, label.Text, "middle", width: label.Width + 0.01);
            }

            isFirst = false;
        }

        string name = chart.Steps is NumberAxis numbers ? numbers.FullName : chart.Steps.Name;
        if (name.Length > 0)
        {
            y += 20;
            canvas.Text((_left + Right) / 2, y, name, "middle", width: Right - _left, style: "m");
        }

        return y;
    }
}
