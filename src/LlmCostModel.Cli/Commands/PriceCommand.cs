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
        Option<string?> output = new("--output", "-o")
        {
            Description = "write to a file: rows of --format focus to one that ends in .parquet or .csv, calls of --each to .parquet",
            HelpName = "FILE",
        };
        ThreadsOption threads = new();
        LogOptions reading = new();
        SummaryOptions summaries = new();
        MoneyOptions money = new();
        QuestionOptions asked = new();
        FocusFormatOptions focus = new();
        PricingOptions pricing = new(OutputFormat.Focus);
        Command command = new("price", "What a log of calls cost.") { each, rejects, output, threads.Option };
        reading.AddTo(command);
        inputs.AddTo(command);
        summaries.AddTo(command);
        money.AddTo(command);
        asked.AddTo(command);
        focus.AddTo(command);
        pricing.AddTo(command);
        command.SetAction(result =>
        {
            if (result.GetValue(each))
            {
                summaries.RefuseWithEach(result, [.. money.Given(result), .. asked.Given(result)]);
                pricing.RefuseTableAndCsv(result, "--each");
            }

            ICostEstimator estimator = pricing.Estimator(result, host);
            CurrencyConverter? converter = money.Converter(result, host);
            LogSummary summary = summaries.Summary(result, estimator, converter);
            IReadOnlyList<WhatIf> questions = asked.Questions(
                result, host, estimator, summaries.Keys(result), summaries.Zone(result), converter);
            PoolAccounts? plan = money.Plan(result, host);
            if (plan is not null && reading.KeepsDuplicates(result))
            {
                throw new CliException("--plan draws each call once, and --keep-duplicates counts calls again. Give one of the two.");
            }

            bool isFocus = pricing.Format(result, host) == OutputFormat.Focus;
            FocusDataset? rows = focus.Dataset(result, isFocus, summaries, [.. money.Given(result), .. asked.Given(result)]);
            (DateTimeOffset? from, DateTimeOffset? to) = summaries.Period(result);
            _ = summaries.Order(result, []); // what is wrong about it is said before anything is read
            LogReader reader = reading.Reader(result, pricing.Context(result), keepsText: result.GetValue(rejects) is not null);
            CallTable? table = Table(result.GetValue(output), result.GetValue(each), isFocus);
            using LogInputs logs = inputs.Find(result, host);
            using OutputFile? file = result.GetValue(output) is { } path ? new(host, path) : null;
            using PriceRun run = new(host, estimator, summary, result.GetValue(each), result.GetValue(rejects), plan)
            {
                From = from,
                To = to,
                Threads = host.AddsUpLines ? threads.Of(result) : 0,
                KeepsDuplicates = reading.KeepsDuplicates(result),
                Focus = rows,
                Table = table,
                Questions = questions,
            };
            run.ReadAll(logs, reader);
            run.Finish();
            if (rows is not null)
            {
                FocusReport.Write(host, rows, file, isParquet: IsParquet(result.GetValue(output)));
            }
            else if (table is not null)
            {
                using MemoryStream bytes = new();
                table.WriteParquet(bytes);
                file!.Write(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
                file.Finish();
            }
            else if (!result.GetValue(each))
            {
                (IReadOnlyList<SummaryGroup> groups, int leftOut) = summaries.Order(result, summary.Groups);
                PriceReport report = new(run, groups, leftOut) { Keys = summaries.KeyNames(result) };
                host.Write(report.Write(host, pricing.Format(result, host)));
            }

            return run.IsComplete ? ExitCode.Priced : ExitCode.Incomplete;
        });
        return command;
    }

    private static bool IsParquet(string? path) => path?.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The table that calls go to instead of lines; <see langword="null"/> where there is none.</summary>
    /// <exception cref="CliException">What is asked for is not written to a file, or to another one.</exception>
    private static CallTable? Table(string? path, bool each, bool isFocus)
    {
        if (path is null)
        {
            return null;
        }

        string name = VisibleText.OneLine(path);
        return isFocus
            ? IsParquet(path) || path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? null
                : throw new CliException($"'{name}' ends in neither .parquet nor .csv. Name the file of the rows so.")
            : !each ? throw new CliException("-o writes rows of --format focus, or the calls of --each. Say one of the two.")
            : IsParquet(path) ? new()
            : throw new CliException(
                $"'{name}' does not end in .parquet. The lines of --each go to standard output: redirect them to a file.");
    }
}
