using LlmCostModel.Cli.Output.Charts;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Output;

/// <summary>A break-even as a picture: what both options cost, and where they meet.</summary>
internal static class BreakEvenChart
{
    private const int Steps = 10;

    /// <param name="title">What is asked.</param>
    /// <param name="amount">What the amounts are, such as <c>USD an hour</c>.</param>
    /// <param name="point">The answer.</param>
    public static LineChart Of(string title, string amount, BreakEvenPoint point)
    {
        string unit = point.Unit, first = point.First.Name ?? "first", second = point.Second.Name ?? "second";
        decimal? meeting = point.Outcome is BreakEvenOutcome.Above or BreakEvenOutcome.Below ? point.Units : null;
        decimal end = point.Kind == BreakEvenKind.Share ? 1 : meeting is { } units && units < decimal.MaxValue / 2 ? units * 2 : 10;
        decimal[] steps = [.. Enumerable.Range(0, Steps + 1).Select(i => end / Steps * i)];
        decimal[] one = [.. steps.Select(point.First.At)], other = [.. steps.Select(point.Second.At)];
        return new LineChart
        {
            Title = title,
            Steps = new NumberAxis(steps) { Name = unit },
            YName = amount,
            Lines = [new ChartLine(first, one), new ChartLine(second, other)],
            Points = meeting is { } x ? [new ChartPoint(BreakEvenText.Answer(point), x, point.First.At(x))] : [],
            Footnotes = meeting is null ? [$"{char.ToUpperInvariant(point.ToString()[0])}{point.ToString()[1..]}."] : [],
            Numbers = new ChartTable(
                [$"{unit}>", $"{first}>", $"{second}>"],
                [.. steps.Select((step, i) => new[] { Number(step), Number(one[i]), Number(other[i]) })]),
        };
    }

    private static string Number(decimal value) => TableText.Quantity(decimal.Round(value, 6));
}
