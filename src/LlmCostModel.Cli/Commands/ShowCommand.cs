using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;

namespace LlmCostModel.Cli.Commands;

/// <summary><c>llmcost show MODEL</c>: rates, rules, history and source of one model, and how its id was found.</summary>
internal static class ShowCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> id = new("MODEL") { Description = "the model id" };
        PricingOptions pricing = new();
        Command command = new("show", "Rates, rules, history and source of one model.") { id };
        pricing.AddTo(command);
        command.SetAction(result =>
        {
            ICostEstimator estimator = pricing.Estimator(result, host);
            CallContext context = pricing.Context(result);
            DateTimeOffset at = context.At ?? host.Clock.GetUtcNow();
            CostReceipt receipt = estimator.Explain(result.GetValue(id)!, default, context with { At = at });
            OutputFormat format = pricing.Format(result, host);
            if (receipt.Resolution is not { } resolution)
            {
                host.Write(format switch
                {
                    OutputFormat.Json => Unresolved(receipt),
                    OutputFormat.Csv => CsvText.Write([Columns]),
                    _ => WordWrap.Of(host, string.Concat(receipt.Issues.Select(issue => $"{CommandWords.Of(issue.Message)}\n"))),
                });
                if (format == OutputFormat.Csv)
                {
                    host.TellIssues(receipt.Issues);
                }

                NearIds.Tell(host, estimator, receipt.RequestedId, receipt.Issues);
                return ExitCode.Incomplete;
            }

            ListedModel? found = ListedModel
                .All(estimator)
                .FirstOrDefault(model =>
                    model.Pricing.Id == resolution.ModelId
                    && model.Card.Name == resolution.RateCard
                    && model.Card.Provider == resolution.Provider);
            if (found is not { } model)
            {
                string reasons = string.Concat(receipt.Issues.Select(issue => $"{CommandWords.Of(issue.Message)}\n"));
                host.Write(format == OutputFormat.Json ? Unresolved(receipt) : reasons);
                return ExitCode.Incomplete;
            }

            host.Write(
                format switch
                {
                    OutputFormat.Json => Json(model, resolution, at),
                    OutputFormat.Csv => CsvText.Write([
                        Columns,
                        .. Periods(model).SelectMany(period => CsvRows(period.Version, period.Rules)),
                    ]),
                    _ => WordWrap.Of(host, Table(host, model, resolution, at)),
                }
            );
            return ExitCode.Priced;
        });
        return command;
    }

    private static readonly string[] Columns = ["from", "until", "kind", "name", "price", "per", "when"];

    private static string Unresolved(CostReceipt receipt) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("model", receipt.RequestedId);
        writer.WriteNull("canonical");
        writer.WriteIssues(receipt.Issues);
        writer.WriteEndObject();
    });

    private static string Json(ListedModel model, ModelResolution resolution, DateTimeOffset at) => JsonText.Write(writer =>
    {
        PriceVersion? current = model.InForce(at);
        writer.WriteStartObject();
        writer.WriteString("model", resolution.RequestedId);
        writer.WriteString("canonical", resolution.ModelId);
        writer.WriteString("provider", resolution.Provider);
        writer.WriteString("region", resolution.Region);
        writer.WriteString("match", JsonText.Match(resolution.Kind));
        writer.WriteTexts("steps", resolution.Steps);
        writer.WriteString("card", model.Card.Name);
        writer.WriteString("currency", model.PricedIn);
        writer.WriteString("source", current?.Source ?? model.Card.Source);
        writer.WriteString("asOf", ReadingText.Date(current?.AsOf ?? model.Card.AsOf));
        writer.WriteRates("perMillionTokens", current?.PerMillionTokens);
        writer.WriteTexts("credit", CreditText.Of(model.Card));
        writer.WriteString("basis", current is null ? null : JsonText.Camel(current.Basis.ToString()));
        writer.WriteLimits(model.Pricing.Limits, model.Card);
        writer.WriteTexts("lifecycle", Life(model, resolution));
        writer.WritePropertyName("pricing");
        writer.WriteRawValue(CardText(model));
        writer.WriteEndObject();
    });

    private static string Table(CommandHost host, ListedModel model, ModelResolution resolution, DateTimeOffset at)
    {
        StringBuilder text = new();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{resolution.ModelId} at {resolution.Provider ?? "any provider"}, card '{model.Card.Name}', {model.PricedIn}\n");
        text.Append(string.Concat(resolution.Steps.Select(step => $"  {step}\n")));
        PriceVersion? current = model.InForce(at);
        text.Append(CultureInfo.InvariantCulture, $"source: {current?.Source ?? model.Card.Source ?? "none"}, as of "
            + $"{ReadingText.Date(current?.AsOf ?? model.Card.AsOf) ?? "an unknown day"}{ReadingText.Of(current?.Basis)}\n");
        text.Append(string.Concat(CreditText.Of(model.Card).Select(one => $"{one}\n")));
        text.Append(model.Pricing.Limits is { } limits ? $"{LimitsText.Of(limits, model.Card)}\n" : "");
        text.Append(string.Concat(Life(model, resolution).Select(one => $"{one}\n")));
        foreach ((PriceVersion version, IReadOnlyList<RuleText> rules) in Periods(model))
        {
            string dates = Since(version) + (version.Until is { } end ? $"until {Instant(end)} " : "");
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n{(dates is "" ? "at any time " : dates)}{(version == current ? "(in force)" : "")}\n");
            text.Append(version.Note is null ? "" : $"note: {version.Note}\n");
            if (Rows(version) is { Count: > 0 } rows)
            {
                text.Append(TableText.Write(host, null, ["what", "price>", "per"], rows));
            }

            if (rules.Count > 0)
            {
                text.Append(
                    TableText.Write(
                        host,
                        null,
                        ["rule~", "when~", "then~"],
                        rules.Select(rule => new[] { rule.Name, rule.When, rule.Then })));
            }
        }

        return text.ToString();
    }

    private static string Since(PriceVersion version) => version switch
    {
        { From: { } reading, Beginning: PriceBeginning.Reading } => $"known from {Instant(reading)} ",
        { From: { } start } => $"from {Instant(start)} ",
        { Beginning: PriceBeginning.Launch } => "since launch ",
        _ => "",
    };

    /// <summary>What became of the id that was asked for, and of the model, in words.</summary>
    private static string[] Life(ListedModel model, ModelResolution resolution) =>
    [
        .. from life in model.Card.Lifecycle
           where life.Id == resolution.RequestedId || life.Id == model.Pricing.Id
           from one in life.Events.OrderBy(one => one.From)
           select $"{life.Id} from {Instant(one.From)} on: "
               + (one.Target is { } target ? $"leads to {target}, and is billed as it" : one.Unknown ? "not known" : "retired")
               + (one.Successor is { } next ? $"; its successor is {next}" : "")
               + (one.Note is { } note ? $" ({note})" : ""),
    ];

    private static IEnumerable<string?[]> CsvRows(PriceVersion version, IReadOnlyList<RuleText> rules)
    {
        string? from = version.From is { } start ? Instant(start) : null;
        string? until = version.Until is { } end ? Instant(end) : null;
        return
        [
            .. Rows(version).Select(row => new[] { from, until, "price", row[0], row[1], PlainPer(row[2]), null }),
            .. rules.Select(rule => new[] { from, until, "rule", rule.Name, rule.Then, null, rule.When }),
        ];
    }

    /// <summary>The number alone, as programs read it.</summary>
    private static string? PlainPer(string? per) => per?.Split(' ')[0].Replace(",", "", StringComparison.Ordinal);

    private static string Instant(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(
            instant.UtcDateTime.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm'Z'",
            CultureInfo.InvariantCulture);

    /// <summary>Each period of prices with its rules in words, as the rate card spells them.</summary>
    private static IEnumerable<(PriceVersion Version, IReadOnlyList<RuleText> Rules)> Periods(ListedModel model)
    {
        using JsonDocument pricing = JsonDocument.Parse(CardText(model));
        JsonElement[] versions = pricing.RootElement.TryGetProperty("Versions", out JsonElement several)
            ? [.. several.EnumerateArray()]
            : [pricing.RootElement];
        return
        [
            .. model.Pricing.Versions.Zip(
                versions,
                (version, json) =>
                    (
                        version,
                        (IReadOnlyList<RuleText>)
                            [.. json.TryGetProperty("Rules", out JsonElement rules) ? rules.EnumerateArray().Select(RuleText.Of) : []])),
        ];
    }

    private static List<string?[]> Rows(PriceVersion version) =>
        [
            .. Enum.GetValues<TokenBucket>()
                .Where(bucket => version.PerMillionTokens[bucket] is not null)
                .Select(bucket =>
                    new[]
                    {
                        JsonText.Camel(bucket.ToString()),
                        JsonText.Number(version.PerMillionTokens[bucket]!.Value),
                        "1,000,000 tokens",
                    }
                ),
            .. version.BilledAs.Select(pair =>
                new[] { JsonText.Camel(pair.Key.ToString()), $"as {JsonText.Camel(pair.Value.ToString())}", "" }),
            .. version.PerMeter.Select(pair =>
                new[]
                {
                    JsonText.Camel(pair.Key),
                    JsonText.Number(pair.Value.Price),
                    $"{TableText.Quantity(pair.Value.Per)} {JsonText.Camel(pair.Key)}",
                }),
        ];

    /// <summary>The model as its rate card has it, rules and history included.</summary>
    private static string CardText(ListedModel model)
    {
        using JsonDocument card = JsonDocument.Parse(RateCardJson.Write(model.Card with { Models = [model.Pricing] }));
        return card.RootElement.GetProperty("Models").GetProperty(model.Pricing.Id).GetRawText();
    }
}
