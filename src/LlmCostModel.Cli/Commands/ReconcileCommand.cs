using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Records;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Commands;

/// <summary><c>llmcost reconcile LOG... --bill FILE</c>: a bill against what the calls of a log cost.</summary>
internal static class ReconcileCommand
{
    public static Command Create(CommandHost host)
    {
        InputOptions inputs = new();
        Option<string[]> bills = new("--bill")
        {
            Description = "a provider's, gateway's or cloud's report of costs, JSON or CSV; repeatable",
            HelpName = "FILE",
            Required = true,
        };
        Option<string?> tolerance = new("--tolerance")
        {
            Description = "how much difference is none: an amount, or a percentage such as 1%; default what the bill may have rounded",
            HelpName = "AMOUNT",
        };
        Option<string?> timeZone = new("--time-zone")
        {
            Description = "the zone of days, such as Europe/Berlin; default that of the bill",
            HelpName = "ZONE",
        };
        Option<DateOnly?> from = Day("--from", "leave out days before this one");
        Option<DateOnly?> to = Day("--to", "leave out this day and those after it");
        Option<string[]> names = new("--name")
        {
            Description = "which model a name of the bill stands for; repeatable",
            HelpName = "NAME=MODEL",
        };
        Option<string[]> map = new("--map")
        {
            Description = "which column of the bill is day, model, cost, currency, provider, tier, region, kind or tokens; repeatable",
            HelpName = "FIELD=COLUMN",
        };
        Option<string[]> logMap = new("--log-map")
        {
            Description = "which column of a CSV log is which field of a usage record, as --map of 'price'; repeatable",
            HelpName = "FIELD=COLUMN",
        };
        Option<string?> model = new("--model") { Description = "the model of responses that do not name theirs", HelpName = "ID" };
        Option<bool> all = new("--all") { Description = "show equal days and models in the table, too" };
        PricingOptions pricing = new();
        Command command = new("reconcile", "A bill against what a log cost, by day and model, with the likely causes of differences.")
        {
            bills, tolerance, timeZone, from, to, names, map, logMap, model, all,
        };
        inputs.AddTo(command);
        pricing.AddTo(command);
        command.SetAction(result =>
        {
            ICostEstimator estimator = pricing.Estimator(result, host);
            ReconciliationOptions options = new()
            {
                TimeZone = SummaryOptions.Zone(result.GetValue(timeZone)),
                From = result.GetValue(from),
                To = result.GetValue(to),
            };
            if (options.From >= options.To)
            {
                throw new CliException("--from is not before --to, so that no day is between them.");
            }

            SetTolerance(options, result.GetValue(tolerance));
            AddPairs("--name", "NAME=MODEL", result.GetValue(names), options.Names);
            LogReaderOptions logOptions = new() { Model = result.GetValue(model), Asked = pricing.Context(result) };
            AddPairs("--log-map", "FIELD=COLUMN", result.GetValue(logMap), logOptions.Map);
            BillReaderOptions billOptions = new();
            AddPairs("--map", "FIELD=COLUMN", result.GetValue(map), billOptions.Map);
            BillReader billReader = Make("--map", () => new BillReader(billOptions));
            LogReader logReader = Make("--log-map", () => new LogReader(logOptions));

            LogInput[] billFiles = [.. result.GetValue(bills)!.Select(bill => LogInput.Check(bill, host))];
            using LogInputs logs = inputs.Find(result, host);
            Reconciliation reconciliation = new(estimator, options);
            foreach (LogInput bill in billFiles)
            {
                foreach (BillLine line in billReader.Read(bill.Open(), bill.Name))
                {
                    reconciliation.Add(line);
                }
            }

            Read(host, logs, logReader, reconciliation);
            ReconciliationReport report = new(
                reconciliation.Finish(), billReader.LeftOut, billReader.LacksPages, result.GetValue(all));
            report.Tell(host);
            host.Write(report.Write(host, pricing.Format(result, host)));
            return report.Result.IsEqual ? ExitCode.Priced : ExitCode.Incomplete;
        });
        return command;
    }

    private static void Read(CommandHost host, LogInputs logs, LogReader reader, Reconciliation reconciliation)
    {
        using RejectList rejects = new(host, file: null);
        using ReadingProgress progress = new(host, logs);
        int records = 0;
        foreach (LogInput log in logs.Logs)
        {
            foreach (LogRecord record in reader.Read(progress.Open(log), log.Name))
            {
                reconciliation.Add(record);
                if (record.Call is null)
                {
                    rejects.Add(record, isSaid: false);
                }

                progress.At(++records);
            }
        }

        rejects.Finish();
    }

    private static T Make<T>(string option, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException exception)
        {
            throw new CliException($"{option}: {exception.Message}");
        }
    }

    private static void AddPairs(string option, string form, string[]? pairs, IDictionary<string, string> target)
    {
        foreach (string pair in pairs ?? [])
        {
            int equals = pair.LastIndexOf('=');
            if (equals < 1 || equals == pair.Length - 1)
            {
                throw new CliException($"'{pair}' is not a pair. Write {option} {form}.");
            }

            if (!target.TryAdd(pair[..equals], pair[(equals + 1)..]))
            {
                throw new CliException($"{option} names {pair[..equals]} twice.");
            }
        }
    }

    private static void SetTolerance(ReconciliationOptions options, string? text)
    {
        if (text is null)
        {
            return;
        }

        bool isPercent = text.EndsWith('%');
        const NumberStyles Plain = NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(isPercent ? text[..^1] : text, Plain, CultureInfo.InvariantCulture, out decimal number)
            || (isPercent && number >= 100))
        {
            throw new CliException($"'{text}' is not a tolerance. Write an amount such as 0.01, or a percentage below 100 such as 1%.");
        }

        options.Tolerance = isPercent ? null : number;
        options.RelativeTolerance = isPercent ? number / 100 : null;
    }

    private static Option<DateOnly?> Day(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DAY",
        CustomParser = ParseDay,
    };

    private static DateOnly? ParseDay(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
        {
            return day;
        }

        result.AddError($"'{text}' is not a day. Write it as 2026-04-02.");
        return null;
    }
}
