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
        CheckedCommand command = new("price", "What a log of calls cost.") { each, rejects, output, threads.Option };
        reading.AddTo(command);
        inputs.AddTo(command);
        summaries.AddTo(command);
        money.AddTo(command);
        asked.AddTo(command);
        focus.AddTo(command, result => pricing.Asks(result, OutputFormat.Focus));
        pricing.AddForRecords(command);
        AddUses(
            command.Uses,
            result => result.GetValue(each),
            pricing,
            summaries,
            [.. money.All, .. asked.All],
            always: [each, rejects, threads.Option],
            output);
        command.Uses.Only(
            result => !reading.KeepsDuplicates(result),
            option => $"{option} draws each call once, and --keep-duplicates counts calls again. Give one of the two.",
            money.Plan);
        command.Run(result =>
        {
            ICostEstimator estimator = pricing.Estimator(result, host, out LlmCostModelOptions rates);
            CurrencyConverter? converter = money.Converter(result, host);
            LogSummary summary = summaries.Summary(result, estimator, converter);
            IReadOnlyList<WhatIf> questions = asked.Questions(
                result, host, estimator, summaries.Keys(result), summaries.Zone(result), converter);
            PoolAccounts? plan = money.Accounts(result, host);
            bool isFocus = pricing.Asks(result, OutputFormat.Focus);
            FocusDataset? rows = isFocus ? focus.Dataset(result, summaries) : null;
            (DateTimeOffset? from, DateTimeOffset? to) = summaries.Period(result);
            _ = summaries.Order(result, []); // what is wrong about it is said before anything is read
            CallContext context = pricing.Context(result);
            LogReader reader = reading.Reader(result, context, keepsText: result.GetValue(rejects) is not null);
            CallTable? table = Table(result.GetValue(output), isFocus);
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
                HasMap = reading.HasMap(result),
                StandIns = new(estimator, rates, context, reading.Model(result)),
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

    /// <summary>A run writes sums, a line for each record, or rows of FOCUS.</summary>
    private static void AddUses(
        OptionUses uses,
        Func<ParseResult, bool> isEach,
        PricingOptions pricing,
        SummaryOptions summaries,
        Option[] ofSums,
        Option[] always,
        Option output)
    {
        uses.Always(always);
        uses.Only(
            result => !isEach(result),
            option => $"--each writes every record, and {option} sums of them. Give one of the two.",
            [.. summaries.OfGroups, .. ofSums]);
        uses.Only(
            result => !isEach(result) || pricing.Asks(result, OutputFormat.Json),
            option => $"--each writes lines of JSON and nothing else. Leave {option} out.",
            pricing.OfFormat);
        uses.Only(
            result => !pricing.Asks(result, OutputFormat.Focus),
            option => "--format focus writes what was charged, every row in the currency of its price. " + $"Leave {option} out.",
            [.. summaries.OfOrder, .. ofSums]);
        uses.Only(
            result => isEach(result) || pricing.Asks(result, OutputFormat.Focus),
            _ => "-o writes rows of --format focus, or the calls of --each. Say one of the two.",
            output);
        uses.Only(
            result => summaries.HasDays(result) || pricing.Asks(result, OutputFormat.Focus),
            option => $"{option} says when hours, days, weeks and months begin, and none is asked for. Add --group-by day, or a day as "
                + "--from or --to, or leave it out.",
            summaries.TimeZone);
    }

    private static bool IsParquet(string? path) => path?.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The table that calls go to instead of lines; <see langword="null"/> where there is none.</summary>
    /// <exception cref="CliException">What is asked for is not written to a file, or to another one.</exception>
    private static CallTable? Table(string? path, bool isFocus)
    {
        if (path is null)
        {
            return null;
        }

        string name = VisibleText.OneLine(path);
        return isFocus
            ? IsParquet(path) || path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? null
                : throw new CliException($"'{name}' ends in neither .parquet nor .csv. Name the file of the rows so.")
            : IsParquet(path) ? new()
            : throw new CliException(
                $"'{name}' does not end in .parquet. The lines of --each go to standard output: redirect them to a file.");
    }
}
