using System.CommandLine;
using System.CommandLine.Help;

namespace LlmCostModel.Cli;

/// <summary>Examples of every command, shown below its help.</summary>
internal static class CommandExamples
{
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        ["estimate"] =
        [
            "llmcost estimate gpt-4o --input 1200 --output 300",
            "llmcost estimate claude-sonnet-4-5 --input 2k --cache-read 50k --at 2026-01-01",
        ],
        ["compare"] =
        [
            "llmcost compare gpt-4o gpt-4o-mini o3 --input 12k --output 800",
            "llmcost compare --workload workload.json --chart cost.svg",
        ],
        ["price"] =
        [
            "llmcost price calls.jsonl",
            "llmcost price logs --group-by model,day --time-zone Europe/Berlin",
            "llmcost price --agent claude-code --from 2026-11-01 --group-by day",
            "llmcost price calls.jsonl --currency EUR --exchange-rate 0.86@2026-11-20",
            "llmcost price calls.csv --map model=engine --map totalInput=tokens_in",
            "llmcost price 'logs/**/*.jsonl.gz' --each --rejects rejects.jsonl",
            "llmcost price calls.jsonl --format focus --group-by day,user",
            "llmcost price calls.jsonl --at-today --what-if gpt-5.4,o1",
            "llmcost price budgets.db --group-by user,month",
        ],
        ["report"] =
        [
            "llmcost report calls.jsonl -o report.html",
            "llmcost report logs -o report.html --group-by model,user,tag:team",
            "llmcost report --agent claude-code -o report.html --from 2026-11-01",
        ],
        ["reconcile"] =
        [
            "llmcost reconcile calls.jsonl --bill costs.json",
            "llmcost reconcile logs --bill bill.csv --map model=Item --tolerance 1%",
        ],
        ["gate"] =
        [
            "llmcost gate base.jsonl head.jsonl --max-increase 5%",
            "llmcost gate base head --scenario tag:test --run tag:attempt --format markdown",
        ],
        ["models"] = ["llmcost models sonnet", "llmcost models --provider openai --format csv"],
        ["show"] = ["llmcost show gpt-4o", "llmcost show claude-sonnet-4-5 --provider bedrock"],
        ["catalog import"] = ["llmcost catalog import litellm model_prices.json -o card.json"],
        ["catalog diff"] = ["llmcost catalog diff builtin card.json --usage calls.jsonl"],
        ["catalog validate"] = ["llmcost catalog validate card.json"],
        ["catalog check"] = ["llmcost catalog check models.dev api.json --baseline known.txt"],
        ["catalog refresh"] = ["llmcost catalog refresh cards --from models.dev=api.json --write"],
        ["catalog export"] =
        [
            "llmcost catalog export -o catalog.json",
            "llmcost catalog export --sql duckdb -o prices.sql",
        ],
        ["budget check"] = ["llmcost budget check --config appsettings.json"],
        ["budget status"] =
        [
            "llmcost budget status --config appsettings.json --store budgets.db",
            "llmcost budget status --config app.json --store budgets.db --tag user=ann",
        ],
        ["budget top"] = ["llmcost budget top user-day --config app.json --store budgets.db"],
        ["budget entries"] = ["llmcost budget entries --store budgets.db"],
        ["simulate"] =
        [
            "llmcost simulate trace.jsonl --policy anthropic-5m --model claude-sonnet-4-5",
            "llmcost simulate trace.jsonl --ttl 5m --minimum 1024 --block 512",
        ],
        ["forecast"] =
        [
            "llmcost forecast plan.json --chart year.svg",
            "llmcost forecast --from calls.jsonl --months 6 --budget 5k",
            "llmcost forecast --agent claude-code --budget 5k --chart year.html",
        ],
        ["job"] =
        [
            "llmcost job sample.jsonl --of 10k",
            "llmcost job sample.jsonl --of 10k --item session --tier batch",
        ],
        ["breakeven cache"] =
        [
            "llmcost breakeven cache --write 1.25 --read 0.1",
            "llmcost breakeven cache --model claude-sonnet-4-5 --ttl 1h",
        ],
        ["selfhost"] =
        [
            "llmcost selfhost --hourly 24 --speed 7143 --utilization 30%",
            "llmcost selfhost --hourly 24 --speed 7k --utilization 60% --forecast p.json",
            "llmcost selfhost --gpu-hourly 2 --row deepseek-day --utilization 80%",
            "llmcost selfhost --hourly 9 --speed 4k --utilization 50% --input 2M --model o1",
        ],
        ["reasoning"] =
        [
            "llmcost reasoning o3 --level low=2k@61%/200 --level high=12k@70%/200",
        ],
        ["cascade"] = ["llmcost cascade --step gpt-4o-mini@60% --step o3@85% --input 2k"],
        ["train"] =
        [
            "llmcost train --gpu-hours 2.788M --hourly 2",
            "llmcost train --parameters 37B --tokens 14.8T --peak 989T --mfu 35% --hourly 2",
        ],
        ["breakeven self-host"] = ["llmcost breakeven self-host --hourly 16 --api-hourly 103"],
    };

    /// <summary>The examples of a command, by its names below the root.</summary>
    public static IReadOnlyList<string> Of(string path) => Examples.GetValueOrDefault(path, []);

    /// <summary>Has the help show them, as wide as the terminal.</summary>
    public static void AddTo(RootCommand root, CommandHost host)
    {
        foreach (HelpOption option in root.Options.OfType<HelpOption>())
        {
            option.Action = new WithExamples(host.Width);
        }
    }

    /// <summary>The names of a command below the root.</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand ? $"{PathOf(parent)} {command.Name}"
        : command.Name;

    private sealed class WithExamples(int width) : System.CommandLine.Invocation.SynchronousCommandLineAction
    {
        private readonly HelpAction _help = new() { MaxWidth = width };

        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            int code = _help.Invoke(parseResult);
            if (Of(PathOf(parseResult.CommandResult.Command)) is [_, ..] examples)
            {
                TextWriter output = parseResult.InvocationConfiguration.Output;
                output.WriteLine("Examples:");
                foreach (string example in examples)
                {
                    output.WriteLine($"  {example}");
                }

                output.WriteLine();
            }

            return code;
        }
    }
}
