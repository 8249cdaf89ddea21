using System.CommandLine;
using System.CommandLine.Parsing;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Records;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Commands;

/// <summary><c>llmcost gate BASE HEAD</c>: what a change does to the cost of recorded runs, and whether it may pass.</summary>
internal static class GateCommand
{
    private static readonly string Ways = $"{string.Join(", ", SummaryKey.Names)} or tag:NAME";

    public static Command Create(CommandHost host)
    {
        Argument<string> before = Side("BASE", "calls of the run before the change: a file, a folder or a pattern; - is standard input");
        Argument<string> after = Side("HEAD", "those of the run after it");
        Option<decimal> limit = new("--max-increase")
        {
            Description = "how much more a scenario, and all together, may cost: 5% or 0.05; default 5%",
            HelpName = "SHARE",
            DefaultValueFactory = _ => 0.05m,
            CustomParser = ParseLimit,
        };
        Option<decimal?> amount = DecimalOption.Quantity(
            "--max-increase-amount",
            "how much more a run of a scenario, and of all together, may cost in the currency of the costs; both limits hold",
            "AMOUNT");
        Option<SummaryKey?> scenario = Key("--scenario", $"what tells scenarios apart: {Ways}; default tag:scenario");
        Option<SummaryKey?> run = Key("--run", "what tells repeated runs of a side apart, alike; default tag:run or tag:iteration");
        Option<decimal?> confidence = DecimalOption.Share(
            "--confidence", "how sure verdicts are where runs repeat: how many gates find nothing when nothing changed; default 95%");
        Option<bool> common = new("--only-common") { Description = "leave scenarios that only one side has out of the total" };
        LogOptions reading = new();
        MoneyOptions money = new(hasPlan: false);
        PricingOptions pricing = new(OutputFormat.Markdown)
        {
            AtDescription = "the instant at whose prices both sides are compared, ISO 8601; default that of the last call of HEAD",
        };
        CheckedCommand command = new("gate", "What a change does to the cost of recorded runs, and whether that is more than is allowed.")
        {
            before, after, limit, amount, scenario, run, confidence, common,
        };
        reading.AddTo(command);
        money.AddTo(command);
        pricing.AddForRecords(command, statesInstant: false);
        command.Uses.Always(limit, amount, scenario, run, confidence, common);
        command.Run(result =>
        {
            ICostEstimator estimator = pricing.Estimator(result, host, out LlmCostModelOptions rates);
            CostGateOptions options = new()
            {
                MaximumIncrease = result.GetValue(limit),
                MaximumIncreaseAmount = result.GetValue(amount),
                Scenario = result.GetValue(scenario),
                Run = result.GetValue(run),
                Confidence = Confidence(result.GetValue(confidence)),
                OnlyCommon = result.GetValue(common),
                KeepDuplicates = reading.KeepsDuplicates(result),
                At = pricing.Context(result).At,
                Converter = money.Converter(result, host),
                Clock = host.Clock,
            };
            string[] sides = [result.GetValue(before)!, result.GetValue(after)!];
            if (sides.All(side => side == InputFile.Standard))
            {
                throw new CliException("BASE and HEAD are both standard input, which can be read only once.");
            }

            CostGate gate = new(estimator, options);
            using LogInputs first = LogInputs.Find([sides[0]], agents: null, host);
            using LogInputs second = LogInputs.Find([sides[1]], agents: null, host);
            CallContext asked = pricing.Context(result) with { At = null };
            StandIns standIns = new(estimator, rates, asked, reading.Model(result));
            LogReader[] readers = [reading.Reader(result, asked, keepsText: false), reading.Reader(result, asked, keepsText: false)];
            Read(host, first, readers[0], standIns, gate.AddBase);
            Read(host, second, readers[1], standIns, gate.AddHead);
            GateResult compared = gate.Finish();
            bool isRepeated = compared.Scenarios.Append(compared.Total).Any(row => row.Costs.Any(cost => cost.Noise is not null));
            GateReport report = new(compared,
            [
                .. standIns.Notes(isDated: false, isMapIdle: reading.HasMap(result) && !readers.Any(reader => reader.IsMapUsed)),
                .. StandIns.NotesOf(options.Converter, isAny: compared.Total.Costs.Count > 0),
                .. OptionUses.IsGiven(result, confidence) && !isRepeated
                    ? (string[])["--confidence was not needed: no scenario is in several runs."]
                    : [],
            ]);
            OutputFormat format = pricing.Format(result, host);
            report.Tell(host, format);
            host.Write(report.Write(host, format));
            return report.Result.IsPassed ? ExitCode.Priced : ExitCode.Incomplete;
        });
        return command;
    }

    private static Argument<string> Side(string name, string description) => new(name) { Description = description };

    private static void Read(CommandHost host, LogInputs logs, LogReader reader, StandIns standIns, Action<LogRecord> add)
    {
        using RejectList rejects = new(host, file: null);
        using ReadingProgress progress = new(host, logs);
        int records = 0;
        foreach (LogInput log in logs.Logs)
        {
            foreach (LogRecord record in reader.Read(progress.Open(log), log.Name))
            {
                add(record);
                if (record.Call is { } call)
                {
                    standIns.See(call);
                }
                else
                {
                    rejects.Add(record, isSaid: false);
                }

                progress.At(++records);
            }
        }

        rejects.Finish();
    }

    private static Option<SummaryKey?> Key(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "KEY",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (SummaryKey.Find(text) is { } key)
            {
                return key;
            }

            result.AddError($"'{text}' is not what calls state. Use {Ways}.");
            return null;
        },
    };

    /// <summary>A share, or a percentage, which may be more than 100.</summary>
    private static decimal ParseLimit(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        bool isPercent = text.EndsWith('%') && QuantityParser.TryParse(text[..^1], out _);
        if (isPercent && QuantityParser.TryParse(text[..^1], out decimal percent))
        {
            return percent / 100;
        }

        if (!DecimalOption.TryShare(text, out decimal share))
        {
            result.AddError($"'{text}' is not a share of 0 or more. Write a percentage such as 5%, or up to 1 such as 0.05.");
        }

        return share;
    }

    private static decimal Confidence(decimal? share) => share switch
    {
        null => 0.95m,
        >= 0.5m and <= 0.9999m and var known => known,
        _ => throw new CliException("--confidence is from 50% to 99.99%."),
    };
}
