using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;
using LlmCostModel.Cli.Records;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Commands;

/// <summary><c>llmcost compare --workload FILE</c>: one workload at many candidates.</summary>
internal static class WorkloadComparisonOutput
{
    public static int Run(
        CommandHost host,
        ICostEstimator estimator,
        string file,
        string[] models,
        CallContext context,
        OutputFormat format,
        string? chart)
    {
        WorkloadFile input = WorkloadInput.Read(file, host);
        if (input.Traffic is { } traffic)
        {
            IEnumerable<TrafficCandidate> named = models.Select(model => (TrafficCandidate)new WorkloadCandidate { Model = model });
            return TrafficOutput.Run(host, estimator, file, traffic, [.. input.TrafficCandidates, .. named], context, format, chart);
        }

        Workload workload =
            input.Workload
            ?? throw new CliException($"The file '{file}' has nothing to compare: give it a trace, a log, an agentLoop, calls or traffic.");

        // A log tells when each request was; anything else has the prices of one instant.
        context = context with { At = context.At ?? (workload.HasInstants ? null : host.Clock.GetUtcNow()) };
        WorkloadCandidate[] candidates =
        [
            .. input.Candidates.Select(candidate => candidate with { Context = candidate.Context.Or(context) }),
            .. models.Select(model => new WorkloadCandidate { Model = model, Context = context }),
        ];
        if (candidates.Length == 0)
        {
            throw new CliException($"The file '{file}' has no candidates. Add them, or name models.");
        }

        IReadOnlyList<CandidateCost> costs;
        try
        {
            costs = WorkloadComparison.Compare(estimator, workload, candidates);
        }
        catch (ArgumentException error)
        {
            throw new CliException($"{file}: {ErrorText.Of(error)}");
        }

        ChartOption.Write(host, chart, () => WorkloadChart.Of(costs));
        host.Write(format switch
        {
            OutputFormat.Json => Json(workload, costs),
            OutputFormat.Csv => Csv(costs),
            _ => WordWrap.Of(host, Table(host, costs)),
        });
        return costs.All(cost => cost.Status == CostStatus.Priced) ? ExitCode.Priced : ExitCode.Incomplete;
    }

    private static string Label(CandidateCost cost) => cost.Candidate.Label ?? cost.Candidate.Model;

    private static decimal? Rounded(decimal? value) => value is null ? null : decimal.Round(value.Value, 6, MidpointRounding.ToEven);

    private static string Json(Workload workload, IReadOnlyList<CandidateCost> costs) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("requests", costs[0].Totals.Requests);
        writer.WriteDecimal("tasks", workload.Tasks);
        writer.WriteStartArray("results");
        foreach (CandidateCost cost in costs)
        {
            writer.WriteStartObject();
            writer.WriteString("label", Label(cost));
            writer.WriteString("model", cost.Candidate.Model);
            writer.WriteString("provider", cost.Candidate.Context.Provider);
            writer.WriteString("policy", cost.Cache?.Name);
            writer.WriteString("status", JsonText.Status(cost.Status));
            writer.WriteIssues(cost.Issues);
            writer.WriteString("currency", cost.Total?.Currency);
            writer.WriteDecimal("total", cost.Total?.Amount);
            writer.WriteDecimal("ratio", Rounded(cost.Ratio));
            writer.WriteDecimal("hitRate", Rounded(cost.Totals.HitRate));
            writer.WriteUsage("usage", cost.Totals.Usage);
            writer.WriteDecimal("quality", cost.Candidate.Quality);
            writer.WriteDecimal("perSolved", cost.AmountPerSolved);
            writer.WriteBoolean("onFrontier", cost.OnFrontier);
            writer.WriteMeters(cost.Totals.Meters);
            writer.WriteString("at", InstantText.Of(cost.Candidate.Context.At));
            CacheText.WriteMinimum(writer, cost.Cache);
            writer.WriteTexts("assumptions", cost.Assumptions.Select(CommandWords.Of));
            writer.WriteTexts("notes", cost.Notes.Select(CommandWords.Of));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static string Csv(IReadOnlyList<CandidateCost> costs) => CsvText.Write(
    [
        [
            "label", "model", "provider", "policy", "status", "currency", "total", "ratio", "hitRate", "quality", "perSolved", "onFrontier",
            "reasons", "at", "notes",
        ],
        .. costs.Select(cost => new[]
        {
            Label(cost), cost.Candidate.Model, cost.Candidate.Context.Provider, cost.Cache?.Name,
            JsonText.Status(cost.Status), cost.Total?.Currency, Text(cost.Total?.Amount),
            Text(Rounded(cost.Ratio)), Text(Rounded(cost.Totals.HitRate)), Text(cost.Candidate.Quality), Text(cost.AmountPerSolved),
            cost.OnFrontier ? "true" : "false", IssueText.Of(cost.Issues), InstantText.Of(cost.Candidate.Context.At),
            string.Join(' ', cost.Notes.Select(CommandWords.Of)),
        }),
    ]);

    private static string? Text(decimal? value) => value is null ? null : JsonText.Number(value.Value);

    private static string Table(CommandHost host, IReadOnlyList<CandidateCost> costs)
    {
        decimal most = costs.Max(cost => cost.Total?.Amount) ?? 0;
        string[] amounts = TableText.Amounts([.. costs.Select(cost => cost.Total?.Amount)]);
        string[] solved = TableText.Amounts([.. costs.Select(cost => cost.AmountPerSolved)]);
        (string Title, Func<CandidateCost, int, string?> Cell)[] columns =
        [
            ("candidate", (cost, _) => Named(cost)),
            ($"{costs[0].Total?.Currency}>", (cost, row) => cost.Status == CostStatus.Priced ? amounts[row] : JsonText.Status(cost.Status)),
            ("ratio>", (cost, _) => TableText.Ratio(cost.Ratio)),
            ("hits>?", (cost, _) => cost.Totals.HitRate is { } hits ? FormattableString.Invariant($"{hits:0.0%}") : ""),
            ("quality>?", (cost, _) => Text(cost.Candidate.Quality)),
            ("per solved>?", (_, row) => solved[row]),
            ("best?", (cost, _) => cost.OnFrontier ? "*" : ""),
            ("|", (cost, _) => TableText.Bar(cost.Total?.Amount, most)),
        ];
        if (costs.All(cost => cost.Candidate.Quality is null))
        {
            columns = [.. columns.Where(column => column.Title is not ("quality>?" or "per solved>?" or "best?"))];
        }

        string table = TableText.Write(
            host,
            null,
            [.. columns.Select(column => column.Title)],
            costs.Select((cost, row) => columns.Select(column => column.Cell(cost, row)).ToArray()));
        return table
            + string.Concat(costs.SelectMany(cost => cost.Issues).Select(issue => CommandWords.Of(issue.Message) + "\n").Distinct())
            + Sentences(costs);
    }

    /// <summary>What holds for every candidate once, the rest with the name of its candidate.</summary>
    private static string Sentences(IReadOnlyList<CandidateCost> costs)
    {
        string[] all = [.. costs[0].Assumptions.Where(text => costs.All(cost => cost.Assumptions.Contains(text)))];
        IEnumerable<string> own = costs.SelectMany(cost => cost.Assumptions.Except(all).Select(text => $"{Named(cost)}: {text}"));
        return CacheText.Sentences([.. all, .. own], costs.SelectMany(cost => cost.Notes));
    }

    /// <summary>The label with the policy, which tells two candidates of one model apart.</summary>
    private static string Named(CandidateCost cost) =>
        cost.Cache is { Name.Length: > 0 } cache ? $"{Label(cost)} ({cache.Name})" : Label(cost);
}
