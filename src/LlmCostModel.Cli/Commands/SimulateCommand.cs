using System.CommandLine;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;
using LlmCostModel.Cli.Output.Charts;
using LlmCostModel.Cli.Records;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Commands;

/// <summary><c>llmcost simulate TRACE</c>: what a prompt cache would have made of recorded requests.</summary>
internal static class SimulateCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> trace = new("TRACE")
        {
            Description = "a Mooncake-style trace or a conversation log, JSON lines; - is standard input, gzip is read as such",
        };
        Option<string?> model = new("--model")
        {
            Description = "the model whose prices apply; without it, only tokens are counted",
            HelpName = "MODEL",
        };
        Option<long?> block = WholeNumber.Option(
            "--block",
            FormattableString.Invariant($"tokens per id of the trace; default {MooncakeTrace.DefaultBlockTokens}"),
            "TOKENS",
            1,
            int.MaxValue);
        ChartOption chart = new();
        PolicyOptions policy = new();
        PricingOptions pricing = new();
        Command command = new("simulate", "What a prompt cache would have made of recorded requests.")
        {
            trace,
            model,
            block,
            chart.Option,
        };
        policy.AddTo(command);
        pricing.AddTo(command);
        command.SetAction(result =>
        {
            CachePolicy? cache = policy.Policy(result, host);
            string? named = result.GetValue(model);
            if (cache is null && named is null)
            {
                throw new CliException("--policy auto is the cache of a model. Name the model with --model.");
            }

            int tokens = (int)(result.GetValue(block) ?? MooncakeTrace.DefaultBlockTokens);
            ICostEstimator estimator = pricing.Estimator(result, host);
            CallContext context = pricing.Context(result);
            (IEnumerable<PromptRequest> requests, bool hasInstants) = TraceFile.Open(result.GetValue(trace)!, host, tokens);
            WorkloadCandidate? candidate = named is null ? null : new()
            {
                Model = named,
                Context = context with { At = context.At ?? (hasInstants ? null : host.Clock.GetUtcNow()) },
                Cache = cache,
                UsesModelCache = cache is null,
            };
            SimulationRun run = new(estimator, candidate, cache ?? CachePolicies.Unlimited);
            run.Simulate(requests);
            ChartOption.Write(host, chart.Path(result), () => ChartOf(run));
            host.Write(pricing.Format(result, host) switch
            {
                OutputFormat.Json => Json(run),
                OutputFormat.Csv => Csv(run),
                _ => WordWrap.Of(host, Table(host, run)),
            });
            foreach (string reason in run.Reasons)
            {
                host.Tell(reason);
            }

            return run.Reasons.Count == 0 ? ExitCode.Priced : ExitCode.Incomplete;
        });
        return command;
    }

    private static string NameOf(CachePolicy? policy) =>
        policy is null ? "no cache" : policy.Name.Length == 0 ? "a policy of your own" : policy.Name;

    private static (string Name, long Tokens)[] Counts(CacheTotals totals) =>
        [
            ("requests", totals.Requests),
            ("promptTokens", totals.PromptTokens),
            ("readTokens", totals.Usage.TotalCacheRead),
            ("writeTokens", totals.Usage.TotalCacheWrite),
            ("freshTokens", totals.Usage.FreshInput),
            ("outputTokens", totals.Usage.TotalOutput),
        ];

    private static decimal? HitRate(CacheTotals totals) =>
        totals.HitRate is { } rate ? decimal.Round(rate, 6, MidpointRounding.ToEven) : null;

    private static string Json(SimulationRun run) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        foreach ((string name, long tokens) in Counts(run.Totals))
        {
            writer.WriteNumber(name, tokens);
        }

        writer.WriteDecimal("hitRate", HitRate(run.Totals));
        writer.WriteString("currency", run.Currency);
        writer.WriteDecimal("total", run.Total);
        writer.WriteDecimal("totalWithoutCache", run.TotalWithoutCache);
        writer.WriteMeters(run.Totals.Meters);
        writer.WriteString("at", InstantText.Of(run.At));
        writer.WriteString("policy", run.Cache?.Name);
        CacheText.WriteMinimum(writer, run.Cache);
        writer.WriteTexts("assumptions", run.Assumptions.Select(CommandWords.Of));
        writer.WriteTexts("notes", run.Notes.Select(CommandWords.Of));
        writer.WriteEndObject();
    });

    private static string Csv(SimulationRun run) =>
        CsvText.Write([
            [.. Counts(run.Totals).Select(count => count.Name), "hitRate", "currency", "total", "totalWithoutCache", "at", "policy"],
            [
                .. Counts(run.Totals).Select(count => JsonText.Number(count.Tokens)),
                Text(HitRate(run.Totals)),
                run.Currency,
                Text(run.Total),
                Text(run.TotalWithoutCache),
                InstantText.Of(run.At),
                run.Cache?.Name,
            ],
        ]);

    private static string? Text(decimal? value) => value is null ? null : JsonText.Number(value.Value);

    private static string Table(CommandHost host, SimulationRun run)
    {
        CacheTotals totals = run.Totals;
        string Share(long tokens) => totals.PromptTokens == 0 ? "" : TableText.Bar(tokens, totals.PromptTokens);
        string[] Row(string name, long tokens) => [name, TableText.Quantity(tokens), Share(tokens)];
        string[] amounts = TableText.Amounts([run.Total, run.TotalWithoutCache]);
        string table = TableText.Write(
            host,
            $"{NameOf(run.Cache)}: {TableText.Count(totals.Requests, "request")}, "
                + $"{TableText.Quantity(HitRate(totals) * 100 ?? 0)}% of the prompt tokens read "
                + $"from the cache",
            ["", "tokens>", "|"],
            [
                Row("prompt", totals.PromptTokens),
                Row("read", totals.Usage.TotalCacheRead),
                Row("written", totals.Usage.TotalCacheWrite),
                Row("fresh", totals.Usage.FreshInput),
                ["output", TableText.Quantity(totals.Usage.TotalOutput), ""],
                .. run.Total is null
                    ? Array.Empty<string[]>()
                    : [["cost", $"{amounts[0]} {run.Currency}", ""], ["without cache", $"{amounts[1]} {run.Currency}", ""]],
            ]);
        return table + CacheText.Sentences(run.Assumptions, run.Notes);
    }

    private static BarChart ChartOf(SimulationRun run)
    {
        CacheTotals totals = run.Totals;
        ChartBar Bar(string name, long tokens) => new(name, tokens, tokens == 0 ? "none" : TableText.Quantity(tokens));
        string[] Cost(string name, decimal? amount) => [name, $"{TableText.Amount(amount)} {run.Currency}"];
        ChartBar[] bars =
        [
            Bar("whole prompt", totals.PromptTokens),
            Bar("read from the cache", totals.Usage.TotalCacheRead),
            Bar("written to the cache", totals.Usage.TotalCacheWrite),
            Bar("neither: fresh", totals.Usage.FreshInput),
        ];
        return new BarChart
        {
            Title = $"Prompt tokens under {NameOf(run.Cache)}",
            ValueName = $"tokens of {TableText.Count(totals.Requests, "request")}",
            Bars = bars,
            Footnotes = [.. run.Reasons, .. run.Notes, .. run.Assumptions],
            Numbers = new ChartTable(
                ["", "tokens or cost>"],
                [
                    .. bars.Select(bar => new[] { bar.Label, bar.Text }),
                    ["output", TableText.Quantity(totals.Usage.TotalOutput)],
                    .. run.Total is null
                        ? Array.Empty<string[]>()
                        : [Cost("cost", run.Total), Cost("without cache", run.TotalWithoutCache)],
                ]),
        };
    }
}
