namespace LlmCostModel.Cli.Output.Charts;

/// <summary>A picture of numbers, as SVG: no script, no network, text that can be selected.</summary>
internal abstract record Chart
{
    /// <summary>Gets what stands above it.</summary>
    public required string Title { get; init; }

    /// <summary>Gets the sentences below it, such as what was assumed.</summary>
    public IReadOnlyList<string> Footnotes { get; init; } = [];

    /// <summary>Gets the numbers, which a page shows beside the picture.</summary>
    public ChartTable? Numbers { get; init; }

    /// <summary>Draws it.</summary>
    /// <param name="isAlone">Whether title and sentences are part of the picture; a page says them around it.</param>
    public string ToSvg(bool isAlone = true)
    {
        SvgCanvas canvas = new();
        double y = Draw(canvas, isAlone ? DrawTitle(canvas) : 0);
        if (isAlone && Footnotes.Count > 0)
        {
            y = DrawFootnotes(canvas, y);
        }

        return canvas.Finish(Title, string.Join(" ", [Description, .. Footnotes]), y + 14);
    }

    /// <summary>Gets what it shows, for those who do not see it.</summary>
    protected abstract string Description { get; }

    /// <summary>Draws what is below the title.</summary>
    /// <returns>Where it ends.</returns>
    protected abstract double Draw(SvgCanvas canvas, double top);

    /// <summary>One line or two; bold letters are a tenth wider.</summary>
    private double DrawTitle(SvgCanvas canvas)
    {
        const double Room = SvgCanvas.Width - (2 * SvgCanvas.Margin);
        IReadOnlyList<string> lines = TextWidth.Wrap(VisibleText.OneLine(Title), SvgCanvas.Large * 1.1, Room);
        canvas.Text(SvgCanvas.Margin, 35, lines[0], size: SvgCanvas.Large);
        if (lines.Count == 1)
        {
            return 43;
        }

        canvas.Text(SvgCanvas.Margin, 56, string.Join(' ', lines.Skip(1)), size: SvgCanvas.Large, width: Room / 1.1);
        return 64;
    }

    private double DrawFootnotes(SvgCanvas canvas, double y)
    {
        const double Room = SvgCanvas.Width - (2 * SvgCanvas.Margin);
        y += 8;
        foreach (string note in Footnotes)
        {
            foreach (string line in TextWidth.Wrap(VisibleText.OneLine(note), SvgCanvas.Small, Room))
            {
                y += 15;
                canvas.Text(SvgCanvas.Margin, y, line, size: SvgCanvas.Small, style: "m");
            }

            y += 2;
        }

        return y;
    }
}

/// <summary>Numbers beside a picture. A column whose title ends in <c>&gt;</c> is aligned to the right.</summary>
internal sealed record ChartTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows);
