using System.CommandLine;
using System.Globalization;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;
using LlmCostModel.Cli.Records;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Commands;

/// <summary><c>llmcost forecast WORKLOAD</c>: what a plan is likely to cost, month by month.</summary>
internal static class ForecastCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> workload = new("WORKLOAD") { Description = "a workload file with a 'forecast'" };
        Option<string?> model = new("--model") { Description = "another model than the file's", HelpName = "MODEL" };
        Option<long?> samples = WholeNumber.Option("--samples", "another number of scenarios than the file's", "COUNT", 100, 1_000_000);
        Option<long?> seed = WholeNumber.Option("--seed", "another seed than the file's", "NUMBER", int.MinValue, int.MaxValue);
        ChartOption chart = new();
        PricingOptions pricing = new();
        Command command = new("forecast", "What a plan is likely to cost: mean, 5%, median, 95% and 99%, and which input drives it.")
        {
            workload,
            model,
            samples,
            seed,
            chart.Option,
        };
        pricing.AddTo(command);
        command.SetAction(result =>
        {
            ICostEstimator estimator = pricing.Estimator(result, host);
            WorkloadFile file = WorkloadInput.Read(result.GetValue(workload)!, host);
            ForecastPlan plan = file.Plan ?? OfTraffic(estimator, file, pricing.Context(result))
                ?? throw new CliException($"The file '{result.GetValue(workload)}' has no 'forecast'.");
            try
            {
                CallContext options = pricing.Context(result);
                if (result.GetValue(model) is not null && file.Plan is null)
                {
                    throw new CliException("--model is for a plan that names its model; traffic runs at a candidate. Name another in the file.");
                }

                if (result.GetValue(model) is not null && plan.Lines.Length > 1)
                {
                    throw new CliException("--model is for a plan of one model; this one has several. Change the file.");
                }

                plan = plan with
                {
                    Lines =
                    [
                        .. plan.Lines.Select(line => line with
                        {
                            Model = result.GetValue(model) ?? line.Model,
                            Context = options.Or(line.Context),
                        }),
                    ],
                    Samples = (int?)result.GetValue(samples) ?? plan.Samples,
                    Seed = (int?)result.GetValue(seed) ?? plan.Seed,
                };
            }
            catch (ArgumentOutOfRangeException error)
            {
                throw new CliException(ErrorText.Of(error));
            }

            Forecast forecast = Forecaster.Run(estimator, plan);
            ChartOption.Write(host, chart.Path(result), () => ForecastChart.Of(forecast));
            host.Write(pricing.Format(result, host) switch
            {
                OutputFormat.Json => Json(forecast),
                OutputFormat.Csv => Csv(forecast),
                _ => WordWrap.Of(host, Table(host, forecast)),
            });
            return ExitCode.Priced;
        });
        return command;
    }

    /// <summary>The plan of the traffic, simulated at its candidate.</summary>
    private static ForecastPlan? OfTraffic(ICostEstimator estimator, WorkloadFile file, CallContext context)
    {
        if (file is not { Traffic: { } traffic, TrafficForecast: { } forecast })
        {
            return null;
        }

        TrafficCost cost = TrafficOutput.Compare(estimator, traffic, [forecast.Candidate], context)[0];
        return forecast.Plan with { Lines = cost.ToForecastLines(forecast.Plan.Lines[0]) };
    }

    private static string NameOf(Forecast forecast) => string.Join(", ", forecast.Lines.Select(line => line.Name));

    private static string Month(ForecastRange range) => range.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static decimal Rounded(double share) => decimal.Round((decimal)share, 6);

    private static string Json(Forecast forecast) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("model", string.Join(", ", forecast.Plan.Lines.Select(line => line.Model)));
        writer.WriteString("currency", forecast.Currency);
        writer.WriteBoolean("exact", forecast.IsExact);
        WriteRange(forecast.Total);
        writer.WriteDecimal("budget", forecast.Plan.Budget);
        writer.WriteDecimal("probabilityOverBudget", forecast.ProbabilityOverBudget is { } share ? Rounded(share) : null);
        writer.WriteStartArray("months");
        foreach (ForecastRange month in forecast.Months)
        {
            writer.WriteStartObject();
            writer.WriteString("from", Month(month));
            WriteRange(month);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("drivers");
        foreach (ForecastDriver driver in forecast.Drivers)
        {
            writer.WriteStartObject();
            writer.WriteString("input", driver.Input);
            writer.WriteDecimal("share", Rounded(driver.Share));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("assumptions");
        foreach (string assumption in forecast.Assumptions)
        {
            writer.WriteStringValue(assumption);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();

        void WriteRange(ForecastRange range)
        {
            writer.WriteDecimal("mean", range.Mean);
            writer.WriteDecimal("p5", range.P5);
            writer.WriteDecimal("p50", range.P50);
            writer.WriteDecimal("p95", range.P95);
            writer.WriteDecimal("p99", range.P99);
        }
    });

    private static string Csv(Forecast forecast) => CsvText.Write(
    [
        ["from", "mean", "p5", "p50", "p95", "p99", "currency"],
        .. forecast.Months.Select(month => Cells(Month(month), month, JsonText.Number, forecast.Currency)),
        Cells("total", forecast.Total, JsonText.Number, forecast.Currency),
    ]);

    private static string[] Cells(string name, ForecastRange range, Func<decimal, string> text, params string[] more) =>
        [name, text(range.Mean), text(range.P5), text(range.P50), text(range.P95), text(range.P99), .. more];

    private static string Table(CommandHost host, Forecast forecast)
    {
        static string Money(decimal amount) => TableText.Amount(decimal.Round(amount, 2));
        decimal most = forecast.Months.Max(month => month.P95);
        string table = TableText.Write(
            host,
            $"{NameOf(forecast)}, {forecast.Currency}",
            ["month", "mean>", "p5>", "p50>", "p95>", "p99>", "p95|"],
            [
                .. forecast.Months.Select(month => Cells(Month(month), month, Money, TableText.Bar(month.P95, most))),
                Cells("total", forecast.Total, Money, ""),
            ]);
        string budget = forecast.ProbabilityOverBudget is { } share
            ? FormattableString.Invariant(
                $"{share:0.0%} of the scenarios exceed {TableText.Amount(forecast.Plan.Budget)} {forecast.Currency}.\n")
            : "";
        string drivers = string.Concat(
            forecast.Drivers.Select(driver => FormattableString.Invariant($"  {driver.Share,6:0%}  {driver.Input}\n")));
        return table
            + budget
            + (drivers.Length == 0 ? "" : $"What the uncertainty comes from:\n{drivers}")
            + "Assumptions:\n"
            + string.Concat(forecast.Assumptions.Select(assumption => $"  {assumption}\n"));
    }
}
