namespace LlmCostModel.Logs;

/// <summary>Rows of a day, a model and a cost, under columns that say so or that a map names.</summary>
/// <param name="map">The columns by field; <see langword="null"/> to find them.</param>
internal sealed class TableBill(IReadOnlyDictionary<string, string>? map) : BillFormat
{
    private static readonly string[] Fields = ["day", "model", "cost", "currency", "provider", "tier", "region", "kind", "tokens"];

    private static readonly string[] Needed = ["day", "model", "cost"];

    /// <summary>The names that say beyond doubt what is meant.</summary>
    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["day"] = ["day", "date", "usage_date", "Day", "Date"],
        ["model"] = ["model", "model_id", "Model"],
        ["cost"] = ["cost", "cost_usd", "total_cost", "amount", "amount_usd", "Cost", "Amount", "Cost (USD)"],
        ["currency"] = ["currency", "Currency"],
        ["provider"] = ["provider", "Provider"],
        ["tier"] = ["tier", "service_tier", "Tier"],
        ["region"] = ["region", "Region"],
        ["kind"] = ["kind", "token_type", "Kind"],
        ["tokens"] = ["tokens", "Tokens"],
    };

    public override string Description => "bills with the columns of the map";

    /// <summary>The map that a caller gives.</summary>
    /// <exception cref="ArgumentException">It names what is not a field, or lacks one that is needed.</exception>
    public static Dictionary<string, string> MapOf(IDictionary<string, string> map)
    {
        foreach (string name in map.Keys.Where(name => !Fields.Contains(name)))
        {
            string meant = NearestName.Find(Fields, name) is { } near ? $" Did you mean {near}?" : "";
            throw new ArgumentException($"'{name}' cannot be mapped.{meant} Fields of a bill: {string.Join(", ", Fields)}.");
        }

        string[] missing = [.. Needed.Where(field => !map.ContainsKey(field))];
        return missing.Length == 0
            ? new(map, StringComparer.Ordinal)
            : throw new ArgumentException($"The map of a bill lacks {string.Join(" and ", missing)}.");
    }

    public override IEnumerable<BillLine>? Read(RecordFields record)
    {
        if (Needed.Any(field => ColumnOf(record, field) is null))
        {
            return null;
        }

        if (Of(record, "cost") is null && Of(record, "model") is null)
        {
            return []; // a line of totals
        }

        string? kind = Of(record, "kind");
        string model = Of(record, "model") ?? throw new FormatException("A row has a cost and no model.");
        decimal amount = BillNumber.Parse(Of(record, "cost") ?? "0", ColumnOf(record, "cost")!);
        (DateOnly day, DateTimeOffset? at) = BillNumber.DayOf(Of(record, "day") ?? "", ColumnOf(record, "day")!);
        return
        [
            new()
            {
                Day = day,
                At = at,
                Name = model,
                Model = model,
                Provider = ProviderNames.Of(Of(record, "provider")),
                Bucket = kind is null ? null : BillTokens.Find(kind) ?? AnthropicTokens.Find(kind),
                Tokens = ColumnOf(record, "tokens") is { } tokens ? record.Amount(tokens) : null,
                Tier = Of(record, "tier"),
                Region = Of(record, "region"),
                Amount = new(amount, Of(record, "currency") ?? "USD"),
                Decimals = amount.Scale,
            },
        ];
    }

    private string? ColumnOf(RecordFields record, string field)
    {
        if (map is not null)
        {
            return map.TryGetValue(field, out string? column) && record.Has(column) ? column : null;
        }

        return Known[field].FirstOrDefault(name => record.Has(name));
    }

    private string? Of(RecordFields record, string field) => ColumnOf(record, field) is { } column ? record.Text(column) : null;
}
