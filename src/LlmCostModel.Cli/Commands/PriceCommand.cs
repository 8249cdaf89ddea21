using System.CommandLine;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Records;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Commands;

/// <summary><c>llmcost price FILE...</c>: what a log of calls cost.</summary>
internal static class PriceCommand
{
    public static Command Create(CommandHost host)
    {
        InputOptions inputs = new();
        Option<bool> each = new("--each") { Description = "one JSON line per record instead of sums" };
        Option<string?> rejects = new("--rejects") { Description = "write the records that cannot be read to a file", HelpName = "FILE" };
        Option<string?> api = new("--api", "--wire")
        {
            Description = "what the records are, by API, where it is not found out: 'usage' (a model with disjoint counts) or responses of "
                + string.Join(", ", ApiFormatNames.All),
            HelpName = "NAME",
        };
        Option<string?> model = new("--model") { Description = "the model of responses that do not name theirs", HelpName = "ID" };
        Option<string[]> map = new("--map")
        {
            Description =
                "which column of a CSV, or member of flat JSON, is which field of a usage record (input=prompt_tokens); repeatable",
            HelpName = "FIELD=COLUMN",
        };
        Option<bool> keepDuplicates = new("--keep-duplicates")
        {
            Description = "count every record that tells of a call, also where several tell of the same",
        };
        SummaryOptions summaries = new();
        MoneyOptions money = new();
        PricingOptions pricing = new();
        Command command = new("price", "What a log of calls cost.") { each, rejects, api, model, map, keepDuplicates };
        inputs.AddTo(command);
        summaries.AddTo(command);
        money.AddTo(command);
        pricing.AddTo(command);
        command.SetAction(result =>
        {
            if (result.GetValue(each))
            {
                summaries.RefuseWithEach(result, money.Given(result));
                pricing.RefuseTableAndCsv(result, "--each");
            }

            ICostEstimator estimator = pricing.Estimator(result, host);
            LogSummary summary = summaries.Summary(result, estimator, money.Converter(result, host));
            PoolAccounts? plan = money.Plan(result, host);
            if (plan is not null && result.GetValue(keepDuplicates))
            {
                throw new CliException("--plan draws each call once, and --keep-duplicates counts calls again. Give one of the two.");
            }

            (DateTimeOffset? from, DateTimeOffset? to) = summaries.Period(result);
            _ = summaries.Order(result, []); // what is wrong about it is said before anything is read
            LogReaderOptions options = new()
            {
                Model = result.GetValue(model),
                Asked = pricing.Context(result),
                KeepText = result.GetValue(rejects) is not null,
            };
            LogReader reader = Reader(result.GetValue(api), options, result.GetValue(map) ?? []);
            using LogInputs logs = inputs.Find(result, host);
            using PriceRun run = new(host, estimator, summary, result.GetValue(each), result.GetValue(rejects), plan)
            {
                From = from,
                To = to,
                KeepsDuplicates = result.GetValue(keepDuplicates),
            };
            ReadAll(host, logs, reader, run);
            run.Finish();
            if (!result.GetValue(each))
            {
                (IReadOnlyList<SummaryGroup> groups, int leftOut) = summaries.Order(result, summary.Groups);
                PriceReport report = new(run, groups, leftOut) { Keys = summaries.KeyNames(result) };
                host.Write(report.Write(host, pricing.Format(result, host)));
            }

            return run.IsComplete ? ExitCode.Priced : ExitCode.Incomplete;
        });
        return command;
    }

    /// <summary>Reads all logs, or those up to the moment when the command is asked to stop.</summary>
    private static void ReadAll(CommandHost host, LogInputs logs, LogReader reader, PriceRun run)
    {
        host.StopsOnRequest = true;
        using ReadingProgress progress = new(host, logs);
        foreach (LogInput log in logs.Logs.TakeWhile(_ => !host.IsStopRequested))
        {
            run.AddAll(log, isOnly: logs.Logs.Count == 1, progress, stream => reader.Read(stream, log.Name));
        }

        if (host.IsStopRequested)
        {
            run.Stop(progress.Text);
        }
    }

    private static LogReader Reader(string? apiName, LogReaderOptions options, string[] map)
    {
        foreach (string pair in map)
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !options.Map.TryAdd(pair[..equals], pair[(equals + 1)..]))
            {
                throw new CliException(equals < 1
                    ? $"'{pair}' is not a field and a column. Write --map FIELD=COLUMN, such as --map input=prompt_tokens."
                    : $"--map names {pair[..equals]} twice.");
            }
        }

        try
        {
            if (string.Equals(apiName, LogFormats.UsageRecords.Name, StringComparison.OrdinalIgnoreCase))
            {
                return LogReader.Of(LogFormats.UsageRecords, options);
            }

            ApiFormat api = ApiFormat.Detect;
            options.Api = apiName is null || ApiFormatNames.TryParse(apiName, out api) ? api : throw new CliException(
                $"'{apiName}' is not an API that can be read. Known: usage, {string.Join(", ", ApiFormatNames.All)}.");
            return new LogReader(options);
        }
        catch (ArgumentException exception)
        {
            throw new CliException($"--map: {exception.Message}");
        }
    }
}
