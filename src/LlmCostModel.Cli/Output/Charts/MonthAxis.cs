using System.Globalization;

namespace LlmCostModel.Cli.Output.Charts;

/// <summary>Months: <c>Dec 2026</c> while there is room, then months or quarters over years, then years.</summary>
internal sealed record MonthAxis(IReadOnlyList<DateTimeOffset> Months) : ChartAxis
{
    public override int Count => Months.Count;

    public override string Say(int step) => Months[step].ToString("MMM yyyy", CultureInfo.InvariantCulture);

    public override IReadOnlyList<IReadOnlyList<AxisLabel>> Rows(double width)
    {
        if (Fit(width, All(month => Text(month, "MMM yyyy"))) is { } whole)
        {
            return [whole];
        }

        foreach (int every in (int[])[1, 3])
        {
            if (Fit(width, All(month => (month.Month - 1) % every == 0 ? Text(month, "MMM") : null)) is { } months)
            {
                return [months, FitSome(width, Years(every))];
            }
        }

        int years = 1;
        while (true)
        {
            foreach (int every in (int[])[years, years * 2, years * 5])
            {
                if (Fit(width, All(month => month.Month == 1 && month.Year % every == 0 ? Text(month, "yyyy") : null)) is { } row)
                {
                    return [row];
                }
            }

            years *= 10;
        }
    }

    private static string Text(DateTimeOffset month, string format) => month.ToString(format, CultureInfo.InvariantCulture);

    private IEnumerable<(double Place, string Text)> All(Func<DateTimeOffset, string?> text) =>
        Enumerable.Range(0, Count).Where(step => text(Months[step]) is not null).Select(step => (PlaceOf(step), text(Months[step])!));

    /// <summary>Each year under the first of its months that has a label.</summary>
    private IEnumerable<(double Place, string Text)> Years(int every)
    {
        int last = 0;
        for (int step = 0; step < Count; step++)
        {
            if (Months[step].Year != last && (Months[step].Month - 1) % every == 0)
            {
                last = Months[step].Year;
                yield return (PlaceOf(step), Text(Months[step], "yyyy"));
            }
        }
    }
}
