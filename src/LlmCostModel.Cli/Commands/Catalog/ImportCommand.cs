using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using LlmCostModel.Catalog;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;

namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary><c>llmcost catalog import FORMAT FILE -o CARD.json</c>: a public price table as rate cards.</summary>
internal static class ImportCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> format = new("FORMAT") { Description = $"{RateFiles.FormatNames}, {RateFiles.ClaudeCode}" };
        Argument<string> file = new("FILE") { Description = "the table; gzip is read as such" };
        Option<string> output = new("--output", "-o")
        {
            Description = "where the rate cards are written",
            Required = true,
            HelpName = "CARD.json",
        };
        Option<string?> provider = new("--provider")
        {
            Description = "the provider of a table that names none; default the file's name",
            HelpName = "NAME",
        };
        Option<DateOnly?> asOf = new("--as-of")
        {
            Description = "the day of the table; default the one in the file's name, or else that of the file",
            HelpName = "DATE",
            CustomParser = Date,
        };
        Option<bool> alone = new("--no-catalog")
        {
            Description = "write what the table states alone; without this, history, tiers and lives of ids are taken from the "
                + "built-in catalog, so that the cards can stand in front of it",
        };
        FormatOption outputFormat = new();
        Command command = new("import", "Turns a public price table into rate cards and tells everything that did not fit.")
        {
            format,
            file,
            output,
            provider,
            asOf,
            alone,
            outputFormat.Option,
        };
        command.SetAction(result =>
        {
            PriceOverlay? overlay = null;
            bool isContract = result.GetValue(format) == RateFiles.ClaudeCode;
            ImportResult imported = isContract
                ? RateFiles.ImportSettings(result.GetValue(file)!, host, result.GetValue(provider), result.GetValue(asOf), out overlay)
                : RateFiles.Import(
                    result.GetValue(format)!,
                    result.GetValue(file)!,
                    host,
                    result.GetValue(provider),
                    result.GetValue(asOf) ?? RateFiles.DayOf(result.GetValue(file)!, host));
            if (imported.Entries == 0)
            {
                throw new CliException($"'{result.GetValue(file)}' has no entries of the format {result.GetValue(format)}, so nothing is "
                    + "written. Is it the table, and not an error page?");
            }

            if (!isContract && !result.GetValue(alone))
            {
                imported = imported.InFrontOf(BuiltInCatalog.RateCards);
            }

            if (imported.RateCards.Count > 0)
            {
                byte[] rates = overlay is null ? RateCardJson.Write([.. imported.RateCards]) : Options(imported.RateCards, overlay);
                OutputFile.Write(host, result.GetValue(output)!, rates);
            }
            else
            {
                host.Tell($"Nothing is left to write, so '{result.GetValue(output)}' is not written.");
            }

            host.Write(outputFormat.Of(result, host) switch
            {
                OutputFormat.Json => Json(imported),
                OutputFormat.Csv => CsvText.Write([Columns, .. imported.Losses.Select(Cells)]),
                _ => TableText.Write(host, $"{imported.Entries} {(imported.Entries == 1 ? "entry" : "entries")}: "
                    + $"{imported.Imported} imported, {imported.Lossy} of them with "
                    + $"losses, {imported.Refused} refused", ["id", "what~", "why~"], imported.Losses.Select(Cells)),
            });
            return imported.Refused == 0 ? ExitCode.Priced : ExitCode.Incomplete;
        });
        return command;
    }

    /// <summary>Rate cards and an overlay, as the application's settings have them.</summary>
    private static byte[] Options(IReadOnlyList<RateCard> cards, PriceOverlay overlay)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteStartObject("RateCards");
            foreach (RateCard card in cards)
            {
                json.WritePropertyName(card.Name);
                json.WriteRawValue(RateCardJson.Write(card));
            }

            json.WriteEndObject();
            json.WriteStartObject("Overlays");
            json.WritePropertyName(overlay.Name);
            json.WriteRawValue(overlay.ToString());
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static DateOnly? Date(ArgumentResult argument)
    {
        string text = argument.Tokens.Single().Value;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            return date;
        }

        argument.AddError($"'{text}' is not a date. Write it as yyyy-MM-dd.");
        return null;
    }

    private static readonly string[] Columns = ["id", "what", "why"];

    private static string[] Cells(ImportLoss loss) => [loss.Id, loss.What, loss.Why];

    private static string Json(ImportResult imported) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("entries", imported.Entries);
        writer.WriteNumber("imported", imported.Imported);
        writer.WriteNumber("lossy", imported.Lossy);
        writer.WriteNumber("refused", imported.Refused);
        writer.WriteStartArray("losses");
        foreach (ImportLoss loss in imported.Losses)
        {
            writer.WriteStartObject();
            writer.WriteString("id", loss.Id);
            writer.WriteString("what", loss.What);
            writer.WriteString("why", loss.Why);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
