using System.CommandLine;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Records;

namespace LlmCostModel.Cli.Commands;

/// <summary><c>llmcost price FILE...</c>: what a log of calls cost.</summary>
internal static class PriceCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "logs of calls; - is standard input, gzip is read as such",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> each = new("--each") { Description = "one JSON line per record instead of sums" };
        Option<string> groupBy = new("--group-by")
        {
            Description = "model, provider, day, month, tier, tag:NAME; several by comma",
            DefaultValueFactory = _ => "model",
            HelpName = "KEYS",
        };
        Option<string?> rejects = new("--rejects") { Description = "write the records that cannot be read to a file", HelpName = "FILE" };
        Option<string?> api = new("--api", "--wire")
        {
            Description =
                "what the records are, by API: 'usage' (a model with disjoint counts) or a provider's responses; default: found out",
            HelpName = "NAME",
        };
        Option<string?> model = new("--model") { Description = "the model of responses that do not name theirs", HelpName = "ID" };
        PricingOptions pricing = new();
        Command command = new("price", "What a log of calls cost.") { files, each, groupBy, rejects, api, model };
        pricing.AddTo(command);
        command.SetAction(result =>
        {
            if (result.GetValue(each) && result.GetResult(groupBy) is { Implicit: false })
            {
                throw new CliException("--each writes every record, and --group-by sums of them. Give one of the two.");
            }

            RecordReader reader = RecordReader.For(result.GetValue(api), result.GetValue(model));
            ICostEstimator estimator = pricing.Estimator(result, host);
            CostGroups groups = new(CostGroups.ParseKeys(result.GetValue(groupBy)!));
            CallContext context = pricing.Context(result);
            string[] names = result.GetValue(files)!;
            List<Stream> logs = InputFile.OpenAll(names, host);
            using PriceRun run = new(host, estimator, groups, result.GetValue(each), result.GetValue(rejects));
            foreach ((int index, Stream log) in logs.Index())
            {
                foreach (PriceRecord record in reader.ReadAll(log, names[index], context))
                {
                    run.Add(record);
                }
            }

            run.Finish();
            if (!result.GetValue(each))
            {
                host.Write(PriceReport.Write(host, run, pricing.Format(result, host)));
            }

            return run.IsComplete ? ExitCode.Priced : ExitCode.Incomplete;
        });
        return command;
    }
}
