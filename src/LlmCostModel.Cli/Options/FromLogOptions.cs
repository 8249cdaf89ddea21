using System.CommandLine;
using LlmCostModel.Cli.Output;
using LlmCostModel.Cli.Records;
using LlmCostModel.Logs;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Options;

/// <summary>The options by which <c>llmcost forecast</c> makes its plan of a log.</summary>
internal sealed class FromLogOptions
{
    private readonly Option<string[]> _from = new("--from")
    {
        Description = "make the plan of logs of calls: files, folders, patterns; repeatable",
        HelpName = "LOG",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _agent = new("--agent")
    {
        Description = $"make the plan of the sessions of an agent: {string.Join(", ", AgentFolders.Agents)}, or all; several by comma",
        HelpName = "NAME",
    };

    private readonly Option<long?> _months = WholeNumber.Option("--months", "how many months; with a log default 12", "COUNT", 1, 120);

    private readonly Option<DateTimeOffset?> _start = new("--start")
    {
        Description = "the first day of the first month; default the first month that begins after the log",
        HelpName = "DAY",
        CustomParser = PricingOptions.Instant,
    };

    private readonly Option<decimal?> _budget = new("--budget")
    {
        Description = "the amount that all months together should not exceed",
        HelpName = "AMOUNT",
        CustomParser = result =>
        {
            if (QuantityParser.TryParse(result.Tokens[0].Value, out decimal amount))
            {
                return amount;
            }

            result.AddError($"--budget is '{result.Tokens[0].Value}', not an amount of 0 or more, such as 1200 or 20k.");
            return null;
        },
    };

    private readonly ZoneOption _zone = new();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_from, _agent, _months, _start, _budget, _zone.Option])
        {
            command.Options.Add(option);
        }
    }

    public bool IsGiven(ParseResult result) => result.GetValue(_from) is { Length: > 0 } || result.GetValue(_agent) is not null;

    /// <summary>The plan of a file with what is said on the command line.</summary>
    public ForecastPlan Change(ForecastPlan plan, ParseResult result)
    {
        UnusedOptions.Refuse(result, "beside a workload file, whose profile names its zone", _zone.Option);
        return plan with
        {
            Months = (int?)result.GetValue(_months) ?? plan.Months,
            Start = result.GetValue(_start) ?? plan.Start,
            Budget = result.GetValue(_budget) ?? plan.Budget,
        };
    }

    /// <summary>Reads the logs and makes the plan of them.</summary>
    public (ForecastPlan Plan, LogFitText Text) Read(ParseResult result, CommandHost host, ICostEstimator estimator, CallContext asked)
    {
        LogFitter fitter = new(estimator, new() { TimeZone = _zone.Of(result) });
        using (LogInputs logs = LogInputs.Find(result.GetValue(_from) ?? [], result.GetValue(_agent), host))
        {
            CallRun.Read(host, logs, new LogReaderOptions { Asked = asked }, fitter.Add);
        }

        try
        {
            LogFit fit = fitter.Finish();
            ForecastPlan plan = fit.ToPlan(result.GetValue(_start), (int?)result.GetValue(_months) ?? 12);
            DateTimeOffset known = fit.Until < plan.Start ? fit.Until : plan.Start;
            LogFitText text = new(fit, fit.GetPriceChanges(known, plan.Start.AddMonths(plan.Months)));
            return (plan with { Budget = result.GetValue(_budget) }, text);
        }
        catch (InvalidOperationException error)
        {
            throw new CliException(CommandWords.Of(error.Message));
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new CliException(ErrorText.Of(error));
        }
    }
}
