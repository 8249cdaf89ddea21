using System.Text.Json;
using LlmCostModel.Cli.Output;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Records;

/// <summary>Shows a comparison of a log with a bill.</summary>
/// <param name="result">The comparison.</param>
/// <param name="leftOut">How many lines of the bill are of other services.</param>
/// <param name="lacksPages">Whether pages of the bill are missing.</param>
/// <param name="showsAll">Whether the table has equal days and models, too.</param>
internal sealed class ReconciliationReport(ReconciliationResult result, long leftOut, bool lacksPages, bool showsAll)
{
    private const string NotExplained = "Not explained.";

    public ReconciliationResult Result => result;

    private IEnumerable<string> Notes =>
    [
        .. result.Notes,
        .. leftOut == 0 ? [] : (string[])[$"Lines of the bill left out, which charge for other services than models: {leftOut}."],
        .. lacksPages ? (string[])["The last page of the bill says that there are more (has_more). Give those, too."] : [],
    ];

    /// <summary>Says what has to be said of the whole.</summary>
    public void Tell(CommandHost host)
    {
        foreach (string note in Notes)
        {
            host.Tell(note);
        }
    }

    public string Write(CommandHost host, OutputFormat format) => format switch
    {
        OutputFormat.Json => Json(),
        OutputFormat.Csv => Csv(),
        _ => WordWrap.Of(host, Table(host)),
    };

    private static string? CauseOf(ReconciledDay day) =>
        day.Causes.Count > 0 ? CommandWords.Of(string.Join(' ', day.Causes))
        : day.Status == ReconciliationStatus.Equal ? null
        : NotExplained;

    private string Json() => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("days");
        foreach (ReconciledDay day in result.Days)
        {
            Write(writer, day);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("totals");
        foreach (ReconciliationTotal total in result.Totals)
        {
            Write(writer, total);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("apart");
        foreach (BillLine line in result.Apart)
        {
            writer.WriteStartObject();
            writer.WriteString("day", ReadingText.Date(line.Day));
            writer.WriteString("kind", JsonText.Camel(line.Kind.ToString()));
            writer.WriteString("name", line.Name);
            writer.WriteString("provider", line.Provider);
            writer.WriteString("currency", line.Amount.Currency);
            writer.WriteDecimal("amount", line.Amount.Amount);
            writer.WriteString("bill", line.Bill);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("equal", result.IsEqual);
        writer.WriteNumber("records", result.Records);
        writer.WriteNumber("merged", result.Merged);
        writer.WriteNumber("rejected", result.Rejected);
        writer.WriteNumber("undated", result.Undated);
        writer.WriteNumber("leftOut", leftOut);
        writer.WriteTexts("notes", Notes);
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, ReconciledDay day)
    {
        writer.WriteStartObject();
        writer.WriteString("day", ReadingText.Date(day.Day));
        writer.WriteString("model", day.Model);
        writer.WriteString("provider", day.Provider);
        writer.WriteString("status", JsonText.Camel(day.Status.ToString()));
        writer.WriteString("currency", day.Currency);
        writer.WriteDecimal("log", day.Log);
        writer.WriteDecimal("bill", day.Bill);
        writer.WriteDecimal("difference", day.Status == ReconciliationStatus.OtherCurrency ? null : day.Difference);
        writer.WriteDecimal("tolerance", day.Tolerance);
        writer.WriteString("cause", CauseOf(day));
        writer.WriteStartArray("causes");
        foreach (ReconciliationCause cause in day.Causes)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", JsonText.Camel(cause.Kind.ToString()));
            writer.WriteString("text", CommandWords.Of(cause.Text));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("tokens");
        foreach (ReconciledTokens tokens in day.Tokens)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", JsonText.Camel(tokens.Bucket.ToString()));
            writer.WriteDecimal("log", tokens.Log);
            writer.WriteDecimal("bill", tokens.Bill);
            writer.WriteNumber("logTokens", tokens.LogTokens);
            writer.WriteDecimal("billTokens", tokens.BillTokens);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("calls", day.Calls);
        writer.WriteNumber("partial", day.Partial);
        writer.WriteNumber("unpriced", day.Unpriced);
        writer.WriteTexts("names", day.Names);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReconciliationTotal total)
    {
        writer.WriteStartObject();
        writer.WriteString("currency", total.Currency);
        writer.WriteDecimal("log", total.Log);
        writer.WriteDecimal("bill", total.Bill);
        writer.WriteDecimal("difference", total.Difference);
        writer.WriteNumber("days", total.Days);
        writer.WriteNumber("equal", total.Equal);
        writer.WriteStartArray("explained");
        foreach ((ReconciliationCauseKind kind, int days, decimal difference) in total.Explained)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", JsonText.Camel(kind.ToString()));
            writer.WriteNumber("days", days);
            writer.WriteDecimal("difference", difference);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteDecimal("unexplained", total.Unexplained);
        writer.WriteEndObject();
    }

    private string Csv() => CsvText.Write(
    [
        ["day", "model", "provider", "status", "currency", "log", "bill", "difference", "calls", "partial", "unpriced", "kind", "cause"],
        .. result.Days.Select(day => (IReadOnlyList<string?>)
        [
            ReadingText.Date(day.Day), day.Model, day.Provider, JsonText.Camel(day.Status.ToString()), day.Currency, Number(day.Log),
            Number(day.Bill), day.Status == ReconciliationStatus.OtherCurrency ? null : Number(day.Difference), $"{day.Calls}",
            $"{day.Partial}", $"{day.Unpriced}", string.Join(' ', day.Causes.Select(cause => JsonText.Camel(cause.Kind.ToString()))),
            CauseOf(day),
        ]),
    ]);

    private static string? Number(decimal? value) => value is { } known ? JsonText.Number(known) : null;

    private string Table(CommandHost host)
    {
        ReconciledDay[] shown = [.. result.Days.Where(day => showsAll || day.Status != ReconciliationStatus.Equal || day.Causes.Count > 0)];
        string table = shown.Length == 0 ? "" : TableText.Write(
            host,
            null,
            ["day", "model", "log>?", "bill>?", "difference>", "cause", "provider?", "currency="],
            shown.Select(day => (IReadOnlyList<string?>)
            [
                ReadingText.Date(day.Day), day.Model, Shown(day.Log), Shown(day.Bill),
                day.Status == ReconciliationStatus.OtherCurrency ? "" : Shown(day.Difference), Word(day), day.Provider, day.Currency,
            ]));
        string sentences = string.Concat(shown.Where(day => Sentence(day) != NotExplained).GroupBy(Sentence, StringComparer.Ordinal)
            .Select(same => $"{RowsOf([.. same])}: {same.Key}\n"));
        return table + sentences + string.Concat(result.Totals.Select(Summary)) + Apart();
    }

    private static string RowsOf(ReconciledDay[] days) =>
        days is [var only] ? $"{ReadingText.Date(only.Day)} {only.Model}" : TableText.Count(days.Length, "row");

    /// <summary>The causes by their short names, which the other formats have too.</summary>
    private static string Word(ReconciledDay day) => day.Causes.Count > 0
        ? string.Join(", ", day.Causes.Select(cause => JsonText.Camel(cause.Kind.ToString())).Distinct())
        : day.Status == ReconciliationStatus.Different ? "not explained" : JsonText.Camel(day.Status.ToString());

    private static string Sentence(ReconciledDay day) => day.Status switch
    {
        ReconciliationStatus.MissingInLog => $"Not in the log. {day.Causes.Count switch { 0 => "", _ => CauseOf(day) }}".TrimEnd(),
        ReconciliationStatus.MissingInBill => $"Not in the bill. {day.Causes.Count switch { 0 => "", _ => CauseOf(day) }}".TrimEnd(),
        ReconciliationStatus.Equal => $"Equal. {CauseOf(day)}".TrimEnd(),
        _ => CauseOf(day) ?? "",
    };

    /// <summary>Six decimals for people; the other formats have all digits.</summary>
    private static string Shown(decimal? amount) => amount is { } known ? TableText.Amount(decimal.Round(known, 6)) : "";

    private static string Summary(ReconciliationTotal total)
    {
        string difference = total.Difference == 0 ? "" : $", difference {Shown(total.Difference)}";
        string first = $"{total.Equal} of {total.Days} days and models are equal: log "
            + $"{Shown(total.Log)}, bill {Shown(total.Bill)}{difference} {total.Currency}\n";
        return first
            + string.Concat(total.Explained.Select(cause =>
                $"  {Shown(cause.Difference)} {total.Currency}: {Words(cause.Kind)} ({cause.Days})\n"))
            + (total.Unexplained == 0 ? "" : $"  {Shown(total.Unexplained)} {total.Currency}: not explained\n");
    }

    private string Apart() => string.Concat(result.Apart.GroupBy(line => (line.Kind, line.Amount.Currency)).Select(group =>
        $"apart: {JsonText.Camel(group.Key.Kind.ToString())} {Shown(group.Sum(line => line.Amount.Amount))} {group.Key.Currency} "
        + $"({TableText.Count(group.Count(), "line")})\n"));

    private static string Words(ReconciliationCauseKind kind) => kind switch
    {
        ReconciliationCauseKind.Tier => "another service tier",
        ReconciliationCauseKind.Region => "another region",
        ReconciliationCauseKind.Provider => "another provider's price",
        ReconciliationCauseKind.CacheRead => "cache reads billed as fresh input",
        ReconciliationCauseKind.CacheWrite => "cache writes billed otherwise",
        ReconciliationCauseKind.ContextSize => "prices of another size of calls",
        ReconciliationCauseKind.PriceVersion => "prices of another time",
        ReconciliationCauseKind.TimeZone => "days that begin at another hour",
        ReconciliationCauseKind.Date => "on a neighboring day",
        ReconciliationCauseKind.OtherName => "under another name",
        ReconciliationCauseKind.UnknownName => "names that are not tied to a model",
        ReconciliationCauseKind.Currency => "another currency",
        ReconciliationCauseKind.CountedTwice => "counted twice",
        ReconciliationCauseKind.Repeated => "records that repeat calls",
        ReconciliationCauseKind.Call => "calls that the bill lacks",
        ReconciliationCauseKind.Meters => "what is not tokens, under another name",
        ReconciliationCauseKind.Tokens => "other numbers of tokens",
        ReconciliationCauseKind.Discount => "a constant discount",
        ReconciliationCauseKind.Surcharge => "a constant surcharge",
        ReconciliationCauseKind.Incomplete => "calls without a price",
        _ => "days that one side does not cover",
    };
}
