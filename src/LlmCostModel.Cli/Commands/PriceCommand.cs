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
        ThreadsOption threads = new();
        LogOptions reading = new();
        SummaryOptions summaries = new();
        MoneyOptions money = new();
        QuestionOptions asked = new();
        FocusFormatOptions focus = new();
        PricingOptions pricing = new(OutputFormat.Focus);
        Command command = new("price", "What a log of calls cost.") { each, rejects, threads.Option };
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
            using LogInputs logs = inputs.Find(result, host);
            using PriceRun run = new(host, estimator, summary, result.GetValue(each), result.GetValue(rejects), plan)
            {
                From = from,
                To = to,
                Threads = host.AddsUpLines ? threads.Of(result) : 0,
                KeepsDuplicates = reading.KeepsDuplicates(result),
                Focus = rows,
                Questions = questions,
            };
            run.ReadAll(logs, reader);
            run.Finish();
            if (rows is not null)
            {
                FocusReport.Write(host, rows);
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
}
