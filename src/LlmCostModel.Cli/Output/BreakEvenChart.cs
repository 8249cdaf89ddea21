using LlmCostModel.Cli.Output.Charts;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Output;

/// <summary>A break-even as a picture: what both options cost, and where they meet.</summary>
internal static class BreakEvenChart
{
    private const int Steps = 10;

    /// <param name="title">What is asked.</param>
    /// <param name="unit">What is counted from left to right.</param>
    /// <param name="amount">What the amounts are, such as <c>USD an hour</c>.</param>
    /// <param name="point">The answer.</param>
    /// <param name="first">What the first option is called.</param>
    /// <param name="second">What the second is called.</param>
    /// <param name="answer">The value of the break-even as people read it; <see langword="null"/> when there is none.</param>
    public static LineChart Of(string title, string unit, string amount, BreakEvenPoint point, string first, string second, string? answer)
    {
        decimal? meeting = point.Units is > 0 ? point.Units : null;
        decimal end = meeting is { } units && units < decimal.MaxValue / 2 ? units * 2 : 10;
        decimal[] steps = [.. Enumerable.Range(0, Steps + 1).Select(i => end / Steps * i)];
        decimal[] one = [.. steps.Select(point.First.At)], other = [.. steps.Select(point.Second.At)];
        return new LineChart
        {
            Title = title,
            Steps = new NumberAxis(steps) { Name = unit },
            YName = amount,
            Lines = [new ChartLine(first, one), new ChartLine(second, other)],
            Points = meeting is { } x ? [new ChartPoint(answer ?? $"equal at {Number(x)}", x, point.First.At(x))] : [],
            Footnotes = meeting is null ? [$"Never equal: {point}."] : [],
            Numbers = new ChartTable(
                [$"{unit}>", $"{first}>", $"{second}>"],
                [.. steps.Select((step, i) => new[] { Number(step), Number(one[i]), Number(other[i]) })]),
        };
    }

    private static string Number(decimal value) => TableText.Quantity(decimal.Round(value, 6));
}
