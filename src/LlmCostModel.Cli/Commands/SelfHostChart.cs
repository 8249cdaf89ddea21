using System.Globalization;
using LlmCostModel.Cli.Output;
using LlmCostModel.Cli.Output.Charts;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Commands;

/// <summary>The picture of <c>llmcost selfhost</c>: use by price, or machines by the length of reasoning, or what a period costs.</summary>
internal static class SelfHostChart
{
    private const int CurveSteps = 60;

    public static Chart Of(SelfHostReport report) => report switch
    {
        { Need: null, Months.Count: > 0 } => ByMonth(report),
        { Need: null } => throw new CliException("There is nothing to draw without a load. Give --input and --output, or --forecast."),
        { Demand.Count: > 0 } => ByPrice(report, report.Need),
        { Reasoning.Count: > 0 } => ByReasoning(report),
        _ => Costs(report, report.Need),
    };

    private static LineChart ByMonth(SelfHostReport report)
    {
        string currency = report.Node.Currency;
        CapacityNeed[] months = [.. report.Months];
        return new()
        {
            Title = "The months of the plan: own machines beside what it costs",
            Steps = new MonthAxis([.. months.Select(month => DateTimeOffset.Parse(
                month.Load.Label, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))]),
            YName = $"{currency} a month",
            Lines =
            [
                new ChartLine("own machines, for the peak", [.. months.Select(month => month.FleetCost.Amount)]),
                new ChartLine("own machines, as needed", [.. months.Select(month => month.ElasticCost.Amount)]),
                .. months.All(month => month.ApiCost?.Currency == currency)
                    ? new[] { new ChartLine("the plan", [.. months.Select(month => month.ApiCost!.Value.Amount)]) }
                    : [],
            ],
            Footnotes = report.Notes,
            Numbers = new ChartTable(
                ["month", "machines>", "owned>", $"own {currency}>", "plan>"],
                [
                    .. months.Select(month => new[]
                    {
                        month.Load.Label, RoundedText.Number(month.MeanNodes), TableText.Quantity(month.Fleet),
                        RoundedText.Amount(month.FleetCost.Amount), RoundedText.Amount(month.ApiCost?.Amount),
                    }),
                ]),
        };
    }

    /// <summary>Above an elasticity of 1 the bill grows while the price falls.</summary>
    private static LineChart ByPrice(SelfHostReport report, CapacityNeed today)
    {
        decimal low = report.Demand.Min(one => one.Point.PriceFactor);
        decimal high = report.Demand.Max(one => one.Point.PriceFactor);
        decimal[] prices = low == high ? [low]
            : [.. Enumerable.Range(0, CurveSteps + 1).Select(i => low + ((high - low) / CurveSteps * i))];
        DemandPoint[] curve = [.. DemandCurve.Compute(report.Elasticity!.Value, prices)];
        return new()
        {
            Title = FormattableString.Invariant($"Use that answers to the price, at an elasticity of {report.Elasticity:0.##}"),
            Steps = new NumberAxis(prices) { Name = "price, as a multiple of today's" },
            YName = "multiple of today's",
            Lines =
            [
                new ChartLine("use, and machines", [.. curve.Select(point => point.UseFactor)]),
                new ChartLine("spend", [.. curve.Select(point => point.SpendFactor)]),
            ],
            Footnotes = [$"Today: {RoundedText.Number(today.MeanNodes)} machines on average.", .. report.Notes],
            Numbers = new ChartTable(
                ["price>", "use>", "spend>", "machines>", "owned>"],
                [
                    .. report.Demand.Select(one => new[]
                    {
                        RoundedText.Number(one.Point.PriceFactor),
                        RoundedText.Number(one.Point.UseFactor),
                        RoundedText.Number(one.Point.SpendFactor),
                        RoundedText.Number(one.Need.MeanNodes),
                        TableText.Quantity(one.Need.Fleet),
                    }),
                ]),
        };
    }

    private static LineChart ByReasoning(SelfHostReport report)
    {
        (decimal Factor, CapacityNeed Need)[] points = [.. report.Reasoning.OrderBy(one => one.Factor)];
        return new()
        {
            Title = "Machines by the length of reasoning",
            Steps = new NumberAxis([.. points.Select(one => one.Factor)]) { Name = "reasoning, as a multiple of today's" },
            YName = "machines",
            Lines =
            [
                new ChartLine("for the peak", [.. points.Select(one => one.Need.PeakNodes)]),
                new ChartLine("on average", [.. points.Select(one => one.Need.MeanNodes)]),
                new ChartLine("of them decode", [.. points.Select(one => one.Need.DecodeNodes)]),
            ],
            Footnotes = report.Notes,
            Numbers = new ChartTable(
                ["times>", "decode>", "machines>", "owned>"],
                [
                    .. points.Select(one => new[]
                    {
                        RoundedText.Number(one.Factor), RoundedText.Number(one.Need.DecodeNodes), RoundedText.Number(one.Need.MeanNodes),
                        TableText.Quantity(one.Need.Fleet),
                    }),
                ]),
        };
    }

    private static BarChart Costs(SelfHostReport report, CapacityNeed need)
    {
        string currency = report.Node.Currency;
        ChartBar[] bars =
        [
            Bar("own machines, as needed", need.ElasticCost, $"{RoundedText.Number(need.MeanNodes)} machines on average"),
            Bar("own machines, for the peak", need.FleetCost, $"{TableText.Quantity(need.Fleet)} machines"),
            .. report.Apis.Select(api => Bar(api.Model, api.Cost, "by token")),
        ];
        return new()
        {
            Title = $"What a {need.Load.Label} costs",
            ValueName = $"{currency} a {need.Load.Label}",
            Bars = bars,
            Footnotes = [.. report.Apis.Select(api => $"{api.Model}: {api.Load}."), .. report.Notes],
            Numbers = new ChartTable(["", $"{currency}>"], [.. bars.Select(bar => new[] { bar.Label, bar.Text })]),
        };

        static ChartBar Bar(string name, Money cost, string detail) =>
            new(name, cost.Amount, $"{RoundedText.Amount(cost.Amount)} {cost.Currency}") { Detail = detail };
    }
}
