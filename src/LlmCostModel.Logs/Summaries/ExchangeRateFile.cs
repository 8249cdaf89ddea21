using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Reads exchange rates as people keep them.</summary>
public static class ExchangeRateFile
{
    private static readonly JsonSerializerOptions Options = new();

    /// <summary>Reads the rates of a file: JSON of an <see cref="ExchangeRate"/> or a list of them; a table with the columns <c>date</c>,
    /// <c>from</c>, <c>to</c>, <c>rate</c> and <c>source</c>; or the reference rates of the European Central Bank, a column for each
    /// currency.</summary>
    /// <remarks>The bank's table says how much of each currency a euro is:
    /// https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates (eurofxref.csv,
    /// eurofxref-hist.csv).</remarks>
    /// <param name="file">The file, packed or not. It is disposed of at the end.</param>
    /// <param name="name">What it is called when it is refused.</param>
    /// <returns>The rates, in the order of the file.</returns>
    /// <exception cref="LogFormatException">It holds no rates, or one that is none.</exception>
    public static IReadOnlyList<ExchangeRate> Read(Stream file, string name)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(name);
        Stream stream = RecordFile.OpenText(PackedFiles.Open(file, name), out _);
        try
        {
            ExchangeRate[] rates = TableFile.Find(ref stream) is { } table ? [.. OfTable(table, name)] : [.. OfJson(stream)];
            return rates.Length > 0 ? rates : throw new LogFormatException($"{name} holds no exchange rates.");
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException or OverflowException)
        {
            throw new LogFormatException(
                $"{name} holds no exchange rates that can be read: {FaultText.Of(exception)} Write date,from,to,rate,source, or the same "
                    + "as JSON.",
                exception);
        }
        finally
        {
            stream.Dispose();
        }
    }

    private static IEnumerable<ExchangeRate> OfJson(Stream stream)
    {
        using JsonDocument document = JsonDocument.Parse(stream);
        JsonElement root = document.RootElement;
        foreach (JsonElement one in root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToArray() : [root])
        {
            Utf8JsonReader reader = new(System.Text.Encoding.UTF8.GetBytes(one.GetRawText()));
            reader.Read();
            yield return new JsonValueConverter<ExchangeRate>().Read(ref reader, typeof(ExchangeRate), Options)
                ?? throw new FormatException("One of the rates is null.");
        }
    }

    private static IEnumerable<ExchangeRate> OfTable(TableFile table, string name)
    {
        string[] columns = [.. table.Header.Columns.Select(column => column.Trim().ToUpperInvariant())];
        bool isList = columns.Contains("FROM") && columns.Contains("TO") && columns.Contains("RATE") && columns.Contains("DATE");
        if (!isList && (columns[0] != "DATE" || !columns[1..].Any(IsCurrency)))
        {
            throw new FormatException($"Its columns are {string.Join(", ", table.Header.Columns)}.");
        }

        foreach (RawRecord row in table.Rows().All())
        {
            using JsonDocument document = JsonDocument.Parse(row.Fault is null ? row.Json : throw new FormatException(row.Fault));
            Dictionary<string, string> cells = document.RootElement.EnumerateObject()
                .ToDictionary(cell => cell.Name.Trim().ToUpperInvariant(), cell => cell.Value.ToString().Trim(), StringComparer.Ordinal);
            DateOnly date = DateOf(cells["DATE"]);
            if (isList)
            {
                string source = cells.TryGetValue("SOURCE", out string? stated) && stated.Length > 0 ? stated : name;
                yield return Rate(cells["FROM"], cells["TO"], cells["RATE"], date, source);
                continue;
            }

            foreach (string currency in columns.Where(column => IsCurrency(column) && cells[column] is not ("" or "N/A")))
            {
                yield return Rate("EUR", currency, cells[currency], date, "European Central Bank");
            }
        }
    }

    private static bool IsCurrency(string column) => column.Length == 3 && column.All(char.IsAsciiLetterUpper);

    private static ExchangeRate Rate(string from, string to, string rate, DateOnly date, string source) => new()
    {
        From = from,
        To = to,
        Rate = ExactDecimal.TryParse(rate, out decimal value, out _) ? value : throw new FormatException($"'{rate}' is not a rate."),
        Date = date,
        Source = source,
    };

    /// <summary>ISO 8601, or as the bank writes the day of its last rates: <c>26 November 2026</c>.</summary>
    private static DateOnly DateOf(string text) =>
        DateOnly.TryParseExact(text, ["yyyy-MM-dd", "d MMMM yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : throw new FormatException($"'{text}' is not a day such as 2026-11-26.");
}
