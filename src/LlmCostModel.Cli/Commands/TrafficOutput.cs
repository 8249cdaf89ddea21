using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Commands;

/// <summary><c>llmcost compare --workload FILE</c> of a file with <c>traffic</c>: the same conversations at many candidates.</summary>
internal static class TrafficOutput
{
    public static int Run(
        CommandHost host,
        ICostEstimator estimator,
        string file,
        ConversationTraffic traffic,
        IReadOnlyList<TrafficCandidate> candidates,
        CallContext context,
        OutputFormat format,
        string? chart)
    {
        if (candidates.Count == 0)
        {
            throw new CliException($"The file '{file}' has no candidates. Add them, or name models.");
        }

        IReadOnlyList<TrafficCost> costs = Compare(estimator, traffic, candidates, context);
        ChartOption.Write(host, chart, () => TrafficChart.Of(costs));
        host.Write(format switch
        {
            OutputFormat.Json => Json(costs),
            OutputFormat.Csv => Csv(costs),
            _ => WordWrap.Of(host, Table(host, costs)),
        });
        return costs.All(cost => cost.Status == CostStatus.Priced) ? ExitCode.Priced : ExitCode.Incomplete;
    }

    /// <summary>The options of the command line where the file says nothing.</summary>
    public static IReadOnlyList<TrafficCost> Compare(
        ICostEstimator estimator,
        ConversationTraffic traffic,
        IEnumerable<TrafficCandidate> candidates,
        CallContext context)
    {
        try
        {
            return TrafficComparison.Compare(estimator, traffic, candidates.Select(candidate => candidate with
            {
                Default = candidate.Default is null ? null : With(candidate.Default),
                Roles = candidate.Roles.SetItems(candidate.Roles.Select(role => KeyValuePair.Create(role.Key, With(role.Value)))),
            }));
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw new CliException(ErrorText.Of(error));
        }

        WorkloadCandidate With(WorkloadCandidate model) => model with { Context = model.Context.Or(context) };
    }

    /// <summary>What is said of the sample, whatever the candidates are.</summary>
    public static string SampleOf(TrafficCost cost)
    {
        ConversationTraffic traffic = cost.Traffic;
        string weeks = TableText.Count(traffic.SampledWeeks, "week");
        string each = traffic.Thinning > 1 ? FormattableString.Invariant($", one of every {traffic.Thinning:0.##}") : "";
        return FormattableString.Invariant(
            $"{TableText.Count(cost.Conversations, "conversation")} of {weeks} from {traffic.Start:yyyy-MM-dd} on were ")
            + FormattableString.Invariant($"drawn{each} (seed {traffic.Seed}); a month has {traffic.MeanConversations:#,##0.##}.");
    }

    private static string Percent(double? share) => share is { } value ? FormattableString.Invariant($"{value:0.0%}") : "";

    private static string Percent(decimal? share) => share is { } value ? FormattableString.Invariant($"{value:0.0%}") : "";

    private static decimal? Rounded(double? value) => value is { } number ? decimal.Round((decimal)number, 6) : null;

    private static decimal? Rounded(decimal? value) => value is null ? null : decimal.Round(value.Value, 6, MidpointRounding.ToEven);

    private static string Json(IReadOnlyList<TrafficCost> costs) => JsonText.Write(writer =>
    {
        ConversationTraffic traffic = costs[0].Traffic;
        writer.WriteStartObject();
        writer.WriteNumber("conversations", costs[0].Conversations);
        writer.WriteNumber("weeks", traffic.SampledWeeks);
        writer.WriteDecimal("conversationsPerMonth", Rounded(traffic.MeanConversations));
        writer.WriteStartArray("results");
        foreach (TrafficCost cost in costs)
        {
            writer.WriteStartObject();
            writer.WriteString("label", cost.Candidate.Name);
            writer.WriteString("status", JsonText.Status(cost.Status));
            writer.WriteString("currency", cost.Sampled?.Currency);
            writer.WriteDecimal("sampled", cost.Sampled?.Amount);
            writer.WriteDecimal("perConversation", cost.PerConversation?.Amount);
            writer.WriteDecimal("perMonth", cost.PerMonth?.Amount);
            writer.WriteDecimal("samplingError", Rounded(cost.SamplingError));
            writer.WriteDecimal("ratio", Rounded(cost.Ratio));
            writer.WriteStartArray("roles");
            foreach (TrafficRoleCost role in cost.Roles)
            {
                writer.WriteStartObject();
                writer.WriteString("role", role.Role);
                writer.WriteString("model", role.Cost.Candidate.Model);
                writer.WriteString("provider", role.Cost.Candidate.Context.Provider);
                writer.WriteString("policy", role.Cost.Cache?.Name);
                writer.WriteString("status", JsonText.Status(role.Cost.Status));
                writer.WriteIssues(role.Cost.Issues);
                writer.WriteNumber("requests", role.Cost.Totals.Requests);
                writer.WriteDecimal("total", role.Cost.Total?.Amount);
                writer.WriteDecimal("hitRate", Rounded(role.Cost.Totals.HitRate));
                writer.WriteUsage("usage", role.Cost.Totals.Usage);
                writer.WriteMeters(role.Cost.Totals.Meters);
                writer.WriteString("at", InstantText.Of(role.Cost.Candidate.Context.At));
                CacheText.WriteMinimum(writer, role.Cost.Cache);
                writer.WriteTexts("assumptions", role.Cost.Assumptions.Select(CommandWords.Of));
                writer.WriteTexts("notes", role.Cost.Notes.Select(CommandWords.Of));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static string Csv(IReadOnlyList<TrafficCost> costs) => CsvText.Write(
    [
        [
            "label", "role", "model", "policy", "status", "requests", "hitRate", "currency", "total", "perConversation", "perMonth",
            "samplingError", "ratio", "reasons", "at", "notes",
        ],
        .. costs.SelectMany(cost => cost.Roles.Select(role => new[]
        {
            cost.Candidate.Name, role.Role, role.Cost.Candidate.Model, role.Cost.Cache?.Name, JsonText.Status(role.Cost.Status),
            JsonText.Number(role.Cost.Totals.Requests), Text(Rounded(role.Cost.Totals.HitRate)), role.Cost.Total?.Currency,
            Text(role.Cost.Total?.Amount), Text(cost.PerConversation?.Amount), Text(cost.PerMonth?.Amount),
                Text(Rounded(cost.SamplingError)),
            Text(Rounded(cost.Ratio)), IssueText.Of(role.Cost.Issues), InstantText.Of(role.Cost.Candidate.Context.At),
            string.Join(' ', role.Cost.Notes.Select(CommandWords.Of)),
        })),
    ]);

    private static string? Text(decimal? value) => value is null ? null : JsonText.Number(value.Value);

    private static string Table(CommandHost host, IReadOnlyList<TrafficCost> costs)
    {
        decimal most = costs.Max(cost => cost.PerMonth?.Amount) ?? 0;
        string currency = costs[0].PerMonth?.Currency ?? "";
        string[] months = Aligned([.. costs.Select(cost => cost.PerMonth?.Amount)]);
        string[] each = Aligned([.. costs.Select(cost => cost.PerConversation?.Amount)]);
        bool hasRoles = costs[0].Roles.Length > 1;
        string table = TableText.Write(
            host,
            null,
            ["candidate", $"{currency} a month>", "+->?", "each>?", .. hasRoles ? Array.Empty<string>() : ["hits>?"], "ratio>", "|"],
            costs.Select((cost, row) => (string[])
            [
                Named(cost),
                cost.Status == CostStatus.Priced ? months[row] : JsonText.Status(cost.Status),
                Percent(cost.SamplingError),
                each[row],
                .. hasRoles ? Array.Empty<string>() : [Percent(cost.Roles[0].Cost.Totals.HitRate)],
                TableText.Ratio(cost.Ratio),
                TableText.Bar(cost.PerMonth?.Amount, most),
            ]));
        CandidateCost[] parts = [.. costs.SelectMany(cost => cost.Roles).Select(role => role.Cost)];
        return table
            + (hasRoles ? Roles(host, costs) : "")
            + SampleOf(costs[0]) + "\n"
            + string.Concat(parts.SelectMany(part => part.Issues).Select(issue => CommandWords.Of(issue.Message) + "\n").Distinct())
            + CacheText.Sentences([.. parts.SelectMany(part => part.Assumptions)], parts.SelectMany(part => part.Notes));
    }

    /// <summary>Amounts with as many decimals as leave four digits of the smallest, at least two: a sample does not know more.</summary>
    private static string[] Aligned(decimal?[] amounts)
    {
        decimal least = amounts.Where(amount => amount > 0).Min() ?? 1;
        int decimals = 2;
        for (decimal unit = 10; least < unit && decimals < 12; unit /= 10)
        {
            decimals++;
        }

        string format = "#,##0." + new string('0', Math.Max(2, decimals - 1));
        return [.. amounts.Select(amount => amount?.ToString(format, System.Globalization.CultureInfo.InvariantCulture) ?? "")];
    }

    /// <summary>The label with the policies, which tell two candidates of one model apart.</summary>
    private static string Named(TrafficCost cost)
    {
        string policies = string.Join(" + ", cost.Roles.Select(role => role.Cost.Cache?.Name).Where(name => name is { Length: > 0 })
            .Distinct());
        return policies.Length > 0 && cost.Candidate.Label is null ? $"{cost.Candidate.Name} ({policies})" : cost.Candidate.Name;
    }

    private static string Roles(CommandHost host, IReadOnlyList<TrafficCost> costs) => TableText.Write(
        host,
        null,
        ["candidate", "role", "model", "requests>?", "hits>", "of the cost>"],
        costs.SelectMany(cost => cost.Roles.Select(role => new[]
        {
            cost.Candidate.Name, role.Role, role.Cost.Candidate.Model, TableText.Quantity(role.Cost.Totals.Requests),
            Percent(role.Cost.Totals.HitRate),
            cost.Sampled is { Amount: > 0 } all && role.Cost.Total is { } part ? Percent(part.Amount / all.Amount) : "",
        })));
}
