using System.CommandLine;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Commands;

/// <summary><c>llmcost selfhost</c>: what your own machines cost, how many a load needs, and what an API would charge.</summary>
internal static class SelfHostCommand
{
    private const string EvenLoad = "Without --peak the machines are for an even load: what comes at the busiest hour would wait.";

    public static Command Create(CommandHost host)
    {
        Option<string[]> models = new("--model")
        {
            Description = "a model at an API, to compare with; repeatable",
            HelpName = "MODEL",
            DefaultValueFactory = _ => [],
        };
        Option<string?> forecast = new("--forecast")
        {
            Description = "a workload file with a 'forecast': the machines of each of its months, beside what the plan costs",
            HelpName = "FILE",
        };
        ChartOption chart = new();
        ServingOptions serving = new();
        LoadOptions load = new();
        UsageOptions usage = new();
        PricingOptions pricing = new();
        Command command = new("selfhost", "What your own machines cost: a token, a load and its peak, against an API.")
        {
            models,
            forecast,
            chart.Option,
        };
        serving.AddTo(command);
        load.AddTo(command);
        usage.AddTo(command);
        pricing.AddTo(command);
        command.SetAction(result =>
        {
            SelfHostReport report;
            try
            {
                ServingNode node = serving.Node(result);
                ICostEstimator estimator = pricing.Estimator(result, host);
                if (!usage.IsGiven(result))
                {
                    load.RefuseWithoutUsage(result);
                    UnusedOptions.Refuse(result, "without what is consumed: --input and --output", models);
                }

                report = usage.IsGiven(result) ? WithLoad(result, estimator, node) : new() { Node = node, Row = serving.Row(result) };
                if (result.GetValue(forecast) is { } file)
                {
                    CapacityNeed[] months = Months(file, estimator, node, pricing.Context(result), load.Peak(result), host);
                    bool isEven = months.All(month => month.Load.PeakToMean == 1);
                    report = report with
                    {
                        Months = months,
                        Notes = isEven && !report.Notes.Contains(EvenLoad) ? [.. report.Notes, EvenLoad] : report.Notes,
                    };
                }

                if (report.Need is null && report.Months.Count == 0)
                {
                    const string toSize = "To size machines, give what is consumed: --input 2k --output 500, or --forecast FILE.";
                    report = report with { Notes = [toSize] };
                }
            }
            catch (ArgumentOutOfRangeException error)
            {
                throw new CliException(ErrorText.Of(error));
            }

            ChartOption.Write(host, chart.Path(result), () => SelfHostChart.Of(report));
            host.Write(pricing.Format(result, host) switch
            {
                OutputFormat.Json => report.Json(),
                OutputFormat.Csv => report.Csv(),
                _ => WordWrap.Of(host, report.Table(host)),
            });
            return ExitCode.Priced;

            SelfHostReport WithLoad(ParseResult parsed, ICostEstimator estimator, ServingNode node)
            {
                CallContext context = pricing.Context(parsed);
                context = context with { At = context.At ?? host.Clock.GetUtcNow() };
                TokenUsage tokens = usage.Usage(parsed);
                TokenLoad all = load.Load(parsed, tokens);
                decimal[] factors = load.ReasoningFactors(parsed);
                DemandPoint[] demand = load.Demand(parsed);
                bool isAllReasoning = all.Reasoning == 0 && factors.Length > 0;
                TokenLoad reasoning = isAllReasoning ? all with { Reasoning = all.Output, Output = 0 } : all;
                return new()
                {
                    Node = node,
                    Row = serving.Row(parsed),
                    Need = CapacityPlanner.Size(node, all),
                    Apis =
                    [
                        .. parsed.GetValue(models)!.Select(model => new SelfHostApi(
                            model,
                            CapacityPlanner.Price(estimator, model, all, context),
                            BreakEven.FindSelfHostingLoad(node, estimator, model, tokens, context),
                            all.Requests is null ? null : BreakEven.FindSelfHostingRequests(node, estimator, model, tokens, context))),
                    ],
                    Reasoning = [.. factors.Select(factor => (factor, CapacityPlanner.Size(node, reasoning.ScaleReasoning(factor))))],
                    Demand = [.. demand.Select(point => (point, CapacityPlanner.Size(node, all.Scale(point.UseFactor))))],
                    Elasticity = load.Elasticity(parsed),
                    Limits = load.Limits(parsed, all),
                    Notes = [.. Notes(parsed, isAllReasoning, node), .. AtOneInstant(parsed.GetValue(models)!, estimator, context)],
                };
            }
        });
        return command;

        static IEnumerable<string> AtOneInstant(string[] models, ICostEstimator estimator, CallContext context)
        {
            DateTimeOffset at = context.At!.Value;
            if (models.Length > 0)
            {
                yield return $"The whole load is priced as at {InstantText.Minute(at)}.";
            }

            foreach (string model in models.Where(model =>
                estimator.GetModel(model, context.Provider).GetPricePeriods(at, at.AddDays(7), context).Count > 1))
            {
                yield return $"{model}: the price depends on the hour. Say --at for another one, or give --forecast with a profile.";
            }
        }

        static CapacityNeed[] Months(
            string file, ICostEstimator estimator, ServingNode node, CallContext context, decimal? peak, CommandHost host)
        {
            ForecastPlan plan = ForecastCommand.PlanOf(file, host, estimator, context, model: null, out _);
            Forecast forecast = Forecaster.Run(estimator, plan with
            {
                Lines = [.. plan.Lines.Select(line => line with { Context = context.Or(line.Context) })],
            });
            return
            [
                .. TokenLoad.FromForecast(forecast)
                    .Select(load => load with { PeakToMean = peak ?? load.PeakToMean })
                    .Zip(forecast.Months, (load, month) => CapacityPlanner.Size(node, load, new Money(month.Mean, forecast.Currency))),
            ];
        }

        IEnumerable<string> Notes(ParseResult result, bool isAllReasoning, ServingNode node)
        {
            if (!load.HasPeak(result))
            {
                yield return EvenLoad;
            }

            if (isAllReasoning)
            {
                yield return "No --reasoning is given, so all output counts as reasoning for --reasoning-factor.";
            }

            if (serving.Row(result) is { } row)
            {
                yield return $"{row.Name}: {row.Model} on {row.Accelerators} x {row.Hardware}. {row.Note}. {row.Source}";
            }

            if (node.CachedTokensPerSecond is null && usage.Usage(result).TotalCacheRead > 0)
            {
                yield return "Hits take as long as other input, which is right where the throughput was measured with its hits: else give "
                    + "--cached-speed.";
            }
        }
    }
}
