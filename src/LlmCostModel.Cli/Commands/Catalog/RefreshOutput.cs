using System.Globalization;
using System.Text.Json;
using LlmCostModel.Catalog;
using LlmCostModel.Cli.Output;

namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary>Shows what a refresh proposes and warns of.</summary>
internal static class RefreshOutput
{
    private static readonly string[] Columns =
        ["provider", "change", "model", "what", "present", "proposed", "from", "confidence", "evidence"];

    public static string Table(CatalogRefresh refresh, RefreshProposal[] shown, List<string> files, CommandHost host)
    {
        int Count(RefreshConfidence confidence) => refresh.Proposals.Count(proposal => proposal.Confidence == confidence);
        string title = $"{TableText.Count(Count(RefreshConfidence.High), "sure proposal")}, "
            + $"{Count(RefreshConfidence.Medium)} that one table states, "
            + $"{Count(RefreshConfidence.Low)} to judge; {TableText.Count(refresh.Warnings.Count, "warning")}; "
            + $"{TableText.Count(refresh.Decided, "model")} left to a newer reading";
        string proposals = TableText.Write(
            host,
            title,
            ["provider=", "change", "model", "what", "present>", "proposed>", "from?", "confidence=", "evidence~"],
            Rows(shown));
        string warnings = refresh.Warnings.Count == 0 ? "" : TableText.Write(
            host,
            "not proposed, for a person to look at",
            ["provider", "model", "what?", "why~", "evidence~"],
            from warning in refresh.Warnings
            select new[] { warning.Provider, warning.Model, Name(warning.What), warning.Why, Text(warning.Evidence) });
        return proposals + warnings + (files.Count == 0 ? "" : $"Written: {string.Join(", ", files)}\n");
    }

    public static string Csv(CatalogRefresh refresh, RefreshProposal[] shown) => CsvText.Write(
    [
        Columns,
        .. Rows(shown),
        .. refresh.Warnings.Select(warning => new string?[]
        {
            warning.Provider, "warning", warning.Model, Name(warning.What), null, null, null, null,
            $"{warning.Why}; {Text(warning.Evidence)}",
        }),
    ]);

    public static string Json(CatalogRefresh refresh, RefreshProposal[] shown, HashSet<RefreshProposal> written, List<string> files) =>
        JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("proposals");
            foreach (RefreshProposal proposal in shown)
            {
                Write(writer, proposal, written.Contains(proposal));
            }

            writer.WriteEndArray();
            writer.WriteStartArray("warnings");
            foreach (RefreshWarning warning in refresh.Warnings)
            {
                writer.WriteStartObject();
                writer.WriteString("provider", warning.Provider);
                writer.WriteString("model", warning.Model);
                writer.WriteString("what", Name(warning.What));
                writer.WriteString("why", warning.Why);
                Write(writer, warning.Evidence);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartObject("counts");
            foreach (RefreshConfidence confidence in Enum.GetValues<RefreshConfidence>())
            {
                int count = refresh.Proposals.Count(proposal => proposal.Confidence == confidence);
                writer.WriteNumber(JsonText.Camel(confidence.ToString()), count);
            }

            writer.WriteEndObject();
            writer.WriteNumber("decided", refresh.Decided);
            writer.WriteStartArray("files");
            files.ForEach(writer.WriteStringValue);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });

    private static void Write(Utf8JsonWriter writer, RefreshProposal proposal, bool isWritten)
    {
        writer.WriteStartObject();
        writer.WriteString("change", JsonText.Camel(proposal.Kind.ToString()));
        writer.WriteString("provider", proposal.Provider);
        writer.WriteString("model", proposal.Model);
        writer.WriteString("from", Day(proposal.From));
        writer.WriteString("confidence", JsonText.Camel(proposal.Confidence.ToString()));
        writer.WriteStartArray("prices");
        foreach (RefreshPrice price in proposal.Prices)
        {
            writer.WriteStartObject();
            writer.WriteString("what", Name(price.What));
            writer.WriteDecimal("present", price.Present);
            writer.WriteDecimal("proposed", price.Proposed);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Write(writer, proposal.Evidence);
        writer.WriteBoolean("written", isWritten);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IEnumerable<RefreshEvidence> evidence)
    {
        writer.WriteStartArray("evidence");
        foreach (RefreshEvidence one in evidence)
        {
            writer.WriteStartObject();
            writer.WriteString("table", one.Table);
            writer.WriteString("day", one.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            writer.WriteString("says", one.Says);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>A row per price; an id that is retired has one without.</summary>
    private static IEnumerable<string?[]> Rows(IEnumerable<RefreshProposal> proposals) =>
        from proposal in proposals
        from price in proposal.Prices.IsEmpty ? [null] : proposal.Prices.AsEnumerable<RefreshPrice?>()
        select (string?[])
        [
            proposal.Provider, Words(proposal.Kind), proposal.Model, price is null ? null : Name(price.What),
            price?.Present is { } present ? JsonText.Number(present) : null, price is null ? null : JsonText.Number(price.Proposed),
            Day(proposal.From), JsonText.Camel(proposal.Confidence.ToString()), Text(proposal.Evidence),
        ];

    private static string Words(RefreshKind kind) => kind switch
    {
        RefreshKind.NewModel => "new model",
        RefreshKind.NewPrice => "new price",
        RefreshKind.ChangedPrice => "changed price",
        _ => "retired",
    };

    private static string Name(string what) => JsonText.Camel(what);

    private static string Text(IEnumerable<RefreshEvidence> evidence) => string.Join("; ", evidence);

    private static string? Day(DateTimeOffset? instant) => instant?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
