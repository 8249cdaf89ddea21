using System.CommandLine;
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
        Argument<string?> workload = new("WORKLOAD")
        {
            Description = "a workload file with a 'forecast'; not with --from or --agent",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> model = new("--model") { Description = "another model than the file's", HelpName = "MODEL" };
        Option<long?> samples = WholeNumber.Option("--samples", "another number of scenarios than the file's", "COUNT", 100, 1_000_000);
        Option<long?> seed = WholeNumber.Option("--seed", "another seed than the file's", "NUMBER", int.MinValue, int.MaxValue);
        ChartOption chart = new();
        FromLogOptions fromLog = new();
        PricingOptions pricing = new();
        Command command = new("forecast", "What a plan is likely to cost: mean, 5%, median, 95% and 99%, and which input drives it.")
        {
            workload,
            model,
            samples,
            seed,
            chart.Option,
        };
        fromLog.AddTo(command);
        pricing.AddTo(command);
        command.SetAction(result =>
        {
            string? file = result.GetValue(workload);
            if (file is null != fromLog.IsGiven(result))
            {
                throw new CliException(file is null
                    ? "Name a workload file with a 'forecast', or say --from LOG to make the plan of a log."
                    : "A plan comes from a workload file or from a log (--from, --agent), not from both.");
            }

            ICostEstimator estimator = pricing.Estimator(result, host);
            IReadOnlyList<ForecastScenario> scenarios = [];
            (ForecastPlan plan, LogFitText? log) = file is null
                ? fromLog.Read(result, host, estimator, pricing.Context(result) with { At = null })
                : (PlanOf(file, host, estimator, pricing.Context(result), result.GetValue(model), out scenarios), null);
            plan = log is null ? fromLog.Change(plan, result) : plan;
            try
            {
                CallContext options = pricing.Context(result);
                options = options with { Batch = options.Batch == true ? true : null }; // what a line says of its tier stays
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
            IReadOnlyList<ForecastScenarioCost> compared = Compare(estimator, plan, scenarios);
            ChartOption.Write(host, chart.Path(result), () => ForecastChart.Of(forecast));
            host.Write(pricing.Format(result, host) switch
            {
                OutputFormat.Json => ForecastJson.Write(forecast, compared, log),
                OutputFormat.Csv => ForecastText.Csv(forecast),
                _ => WordWrap.Of(host, ForecastText.Table(host, forecast, compared) + log?.Table(host)),
            });
            return log is { Fit.IsWhole: false } ? ExitCode.Incomplete : ExitCode.Priced;
        });
        return command;
    }

    /// <summary>The plan of a workload file, from its own numbers or from its traffic.</summary>
    internal static ForecastPlan PlanOf(
        string file,
        CommandHost host,
        ICostEstimator estimator,
        CallContext context,
        string? model,
        out IReadOnlyList<ForecastScenario> scenarios)
    {
        WorkloadFile workload = WorkloadInput.Read(file, host);
        if (model is not null && workload is { Plan: null, TrafficForecast: not null })
        {
            throw new CliException("--model is for a plan that names its model; traffic runs at a candidate. Name another in the file.");
        }

        scenarios = workload.Scenarios;
        return workload.Plan ?? OfTraffic(estimator, workload, context) ?? throw new CliException($"The file '{file}' has no 'forecast'.");
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

    private static IReadOnlyList<ForecastScenarioCost> Compare(
        ICostEstimator estimator, ForecastPlan plan, IReadOnlyList<ForecastScenario> scenarios)
    {
        try
        {
            return scenarios.Count == 0 ? [] : ForecastComparison.Compare(estimator, plan, scenarios);
        }
        catch (ArgumentException error)
        {
            throw new CliException(ErrorText.Of(error));
        }
    }
}
