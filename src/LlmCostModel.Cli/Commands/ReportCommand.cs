using System.CommandLine;
using System.Text;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Records;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Commands;

/// <summary><c>llmcost report FILE... -o PAGE.html</c>: what a log of calls cost, as a page for people.</summary>
internal static class ReportCommand
{
    public static Command Create(CommandHost host)
    {
        InputOptions inputs = new();
        Option<string> output = new("--output", "-o")
        {
            Description = "the page to write, which ends in .html",
            HelpName = "PAGE",
            Required = true,
        };
        Option<string?> title = new("--title") { Description = "the heading of the page", HelpName = "TEXT" };
        Option<string> step = new("--step")
        {
            Description = "the steps of time: hour, day, week or month",
            DefaultValueFactory = _ => "day",
            HelpName = "NAME",
        };
        Option<long?> rows = WholeNumber.Option("--rows", "how many rows a table has at most; default 25", "COUNT", 1, 1_000);
        LogOptions reading = new();
        SummaryOptions summaries = new("model,provider,user", hasOrder: false);
        MoneyOptions money = new(hasPlan: false);
        QuestionOptions asked = new();
        PricingOptions pricing = new();
        const string What = "What a log of calls cost, as a page: over time, by model, provider, user or tag, with charts.";
        CheckedCommand command = new("report", What)
        {
            output, title, step, rows,
        };
        reading.AddTo(command);
        inputs.AddTo(command);
        summaries.AddTo(command);
        money.AddTo(command);
        asked.AddTo(command);
        pricing.AddForRecords(command);
        command.Uses.Always(output, title, step, rows, summaries.TimeZone);
        command.Run(result =>
        {
            string page = result.GetValue(output)!;
            if (!page.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
            {
                throw new CliException($"'{page}' does not end in .html. Name the page so, such as report.html.");
            }

            ICostEstimator estimator = pricing.Estimator(result, host, out LlmCostModelOptions rates);
            CurrencyConverter? converter = money.Converter(result, host);
            CostReportOptions options = new()
            {
                Keys = summaries.Keys(result),
                MaximumRows = (int?)result.GetValue(rows) ?? 25,
                TimeZone = summaries.Zone(result),
                Converter = converter,
                Reword = CommandWords.Of,
                Questions = asked.Questions(result, host, estimator, keys: [], summaries.Zone(result), converter),
                Period = SummaryKey.Find(result.GetValue(step)!)
                    ?? throw new CliException($"'{result.GetValue(step)}' is not a step of time. Use hour, day, week or month."),
            };
            options.Title = result.GetValue(title) ?? options.Title;
            CostReport report = new(estimator, options);
            LogSummary total = new([], options.TimeZone, estimator, options.Converter);
            (DateTimeOffset? from, DateTimeOffset? to) = summaries.Period(result);
            CallContext context = pricing.Context(result);
            LogReader reader = reading.Reader(result, context, keepsText: false);
            using LogInputs logs = inputs.Find(result, host);
            using OutputFile file = new(host, page);
            using PriceRun run = new(host, estimator, total, each: false, rejectsFile: null)
            {
                From = from,
                To = to,
                KeepsDuplicates = reading.KeepsDuplicates(result),
                Report = report,
                Questions = options.Questions,
                HasMap = reading.HasMap(result),
                StandIns = new(estimator, rates, context, reading.Model(result)),
            };
            run.ReadAll(logs, reader);
            run.Finish();
            file.Write(Encoding.UTF8.GetBytes(Page(report, run)));
            file.Finish();
            host.Write(new PriceReport(run, total.Groups, leftOut: 0) { Keys = [] }.Write(host, pricing.Format(result, host)));
            return run.IsComplete ? ExitCode.Priced : ExitCode.Incomplete;
        });
        return command;
    }

    private static string Page(CostReport report, PriceRun run)
    {
        if (run.IsStopped)
        {
            report.CutShort();
        }

        foreach (string note in run.Notes)
        {
            report.AddNote(note);
        }

        return report.ToHtml();
    }
}
