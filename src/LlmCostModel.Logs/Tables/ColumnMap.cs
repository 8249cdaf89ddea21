using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Which column of a table, or member of a flat JSON object, is which field of a usage record.</summary>
internal sealed class ColumnMap
{
    internal const string TotalInput = "totalInput";
    internal const string TotalOutput = "totalOutput";

    /// <summary>All tokens of a call, to compare with.</summary>
    internal const string Total = "total";

    /// <summary>The fields that are counts.</summary>
    internal static readonly string[] Counts = [.. TokenBuckets.All.Select(row => row.JsonName), TotalInput, TotalOutput];

    internal const string Zoneless = "Times that say no offset are taken as UTC.";

    private static readonly string[] Fields =
    [
        "id", "model", "at", "provider", "region", "tier", "batch", "cost", .. Counts, Total,
    ];

    internal static readonly string[] Groups = ["tags.", "meters.", "attributes."];

    private readonly Dictionary<string, string> _columns;

    internal ColumnMap(Dictionary<string, string> columns)
    {
        _columns = columns;
        if (columns.ContainsKey("input") && columns.ContainsKey(TotalInput))
        {
            throw new ArgumentException($"input and {TotalInput} are both mapped. Map input where the column leaves the cache out, and "
                + $"{TotalInput} where it holds it.");
        }
    }

    /// <summary>Whether a field is a count of tokens.</summary>
    internal static bool IsCount(string field) =>
        Counts.Contains(field);

    /// <summary>The map that a caller gives; <see langword="null"/> when it is empty.</summary>
    /// <exception cref="ArgumentException">A field is not one of a usage record.</exception>
    public static ColumnMap? Of(IDictionary<string, string> map)
    {
        Dictionary<string, string> columns = new(StringComparer.Ordinal);
        foreach ((string name, string column) in map)
        {
            string field = name.StartsWith("usage.", StringComparison.Ordinal) ? name["usage.".Length..] : name;
            bool isKnown = Fields.Contains(field)
                || Groups.Any(group => field.StartsWith(group, StringComparison.Ordinal) && field.Length > group.Length);
            if (!isKnown || string.IsNullOrWhiteSpace(column))
            {
                string meant = isKnown ? "It has no column. "
                    : NearestName.Find(Fields, field) is { } near ? $"Did you mean {near}? " : "";
                throw new ArgumentException($"'{name}' cannot be mapped. {meant}Fields: {string.Join(", ", Fields)}, and "
                    + "tags.NAME, meters.NAME, attributes.NAME.");
            }

            columns[field] = column;
        }

        return columns.Count == 0 ? null : new(columns);
    }

    /// <summary>Finds the map in the names of the columns themselves.</summary>
    /// <param name="columns">The names.</param>
    /// <param name="map">The map; <see langword="null"/> when there is none.</param>
    /// <returns>Why there is none; <see langword="null"/> when there is one.</returns>
    public static string? Find(IReadOnlyList<string> columns, out ColumnMap? map)
    {
        string? fault = FoundColumns.Find(columns, out Dictionary<string, string> found);
        map = fault is null ? new(found) : null;
        return fault;
    }

    /// <summary>Whether the map says neither the model nor a count, and so adds to what the names of columns say.</summary>
    public bool IsAddition => !_columns.ContainsKey("model") && !_columns.Keys.Any(IsCount);

    /// <summary>A map that says what another says besides, which counts where both do.</summary>
    public ColumnMap With(ColumnMap other)
    {
        Dictionary<string, string> own = other._columns;
        return new(new Dictionary<string, string>(
            _columns.Where(entry => !own.ContainsKey(entry.Key) && !own.ContainsValue(entry.Value)).Concat(own), StringComparer.Ordinal));
    }

    /// <summary>Which column of the map a table has twice; <see langword="null"/> when none.</summary>
    public string? FindRepeated(IReadOnlyList<string> columns) =>
        _columns.Values.FirstOrDefault(column => columns.Count(name => name == column) > 1) is { } repeated
            ? $"{repeated} is there twice."
            : null;

    /// <summary>Which columns of the map a table does not have; <see langword="null"/> when it has all.</summary>
    public string? FindMissing(IReadOnlyList<string> columns)
    {
        string[] missing = [.. _columns.Values.Where(column => !columns.Contains(column))];
        return missing.Length == 0 ? null : $"The map names what is not among them: {string.Join(", ", missing)}.";
    }

    /// <summary>The fields that have a column, with its name.</summary>
    public IReadOnlyDictionary<string, string> Columns => _columns;

    /// <summary>Reads a record; <see langword="null"/> when it has none of the counts, or has no model where the map names one.</summary>
    public LogEntry? Read(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object
            || !_columns.Any(entry => IsCount(entry.Key) && Has(record, entry.Value))
            || (_columns.TryGetValue("model", out string? model) && !Has(record, model)))
        {
            return null;
        }

        return LoggedCall.Read(() => ReadCall(record));
    }

    private LogEntry ReadCall(JsonElement record)
    {
        DateTimeOffset? at = null;
        bool isZoned = true;
        if (Text(record, "at") is { } instant)
        {
            at = LogInstant.Parse(instant, out isZoned)
                ?? throw new FormatException($"{_columns["at"]} is '{instant}', not an instant such as 2025-09-05T16:00:00Z.");
        }

        string? tier = Text(record, "tier") ?? (IsBatch(record) ? ServiceTiers.Batch : null);
        CallAttributes attributes = CallAttributes.Empty;
        MeteredQuantities meters = MeteredQuantities.Empty;
        List<(string, string?)> tags = [];
        foreach ((string field, string column) in _columns)
        {
            if (field.StartsWith("tags.", StringComparison.Ordinal))
            {
                tags.Add((field["tags.".Length..], Text(record, field)));
            }
            else if (field.StartsWith("attributes.", StringComparison.Ordinal) && Text(record, field) is { } value)
            {
                attributes = attributes.With(field["attributes.".Length..], value);
            }
            else if (field.StartsWith("meters.", StringComparison.Ordinal) && Amount(record, column) is { } quantity)
            {
                meters = meters.With(field["meters.".Length..], quantity);
            }
        }

        LogEntry entry = new LoggedCall
        {
            Model = Text(record, "model"),
            At = at,
            Identity = new CallIdentity { ResponseId = Text(record, "id") },
            Origin = UsageOrigin.Application,
            Usage = Usage(record),
            Meters = meters.Count == 0 ? null : meters,
            Reported = _columns.TryGetValue("cost", out string? cost) ? LoggedCall.CostOf(Amount(record, cost)) : null,
            Served = new CallContext
            {
                Provider = ProviderNames.Of(Text(record, "provider")),
                Region = Text(record, "region"),
                Tier = tier,
                Batch = tier is null ? null : tier.Equals(ServiceTiers.Batch, StringComparison.OrdinalIgnoreCase),
                Attributes = attributes.Count == 0 ? null : attributes,
            },
            Tags = tags,
        }.ToEntry();
        return isZoned ? entry : entry.With(Zoneless);
    }

    private bool IsBatch(JsonElement record) => Text(record, "batch")?.ToUpperInvariant() switch
    {
        null or "0" or "FALSE" or "NO" or "N" => false,
        "1" or "TRUE" or "YES" or "Y" => true,
        _ => throw new FormatException($"{_columns["batch"]} is '{Text(record, "batch")}', not true or false."),
    };

    /// <summary>Whether a total is that of the counts, with what a cache had or without.</summary>
    internal static bool IsTotal(long total, in TokenUsage usage) =>
        total == usage.TotalInput + usage.TotalOutput
        || total == usage.TotalInput + usage.TotalOutput - usage.TotalCacheRead - usage.TotalCacheWrite;

    /// <summary>The counts; <see langword="null"/> when none is stated. What is inside a total is taken out of it.</summary>
    private TokenUsage? Usage(JsonElement record)
    {
        TokenUsage usage = default;
        bool isAny = false;
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            if (Count(record, row.JsonName) is { } count)
            {
                (usage, isAny) = (usage.With(row.Bucket, count), true);
            }
        }

        if (Count(record, TotalInput) is { } input)
        {
            (usage, isAny) = (usage with { Input = Rest(TotalInput, input, usage.TotalInput) }, true);
        }

        if (Count(record, TotalOutput) is { } output)
        {
            (usage, isAny) = (usage with { Output = Rest(TotalOutput, output, usage.TotalOutput) }, true);
        }

        if (isAny && Count(record, Total) is { } total && !IsTotal(total, in usage))
        {
            throw new FormatException(FormattableString.Invariant(
                $"{_columns[Total]} is {total}, and the other columns say {usage.TotalInput + usage.TotalOutput} tokens."));
        }

        return isAny ? usage : null;
    }

    private long Rest(string field, long total, long parts) => total >= parts ? total - parts : throw new FormatException(
        FormattableString.Invariant($"{_columns[field]} is {total}, less than the {parts} tokens that other columns say are in it."));

    private long? Count(JsonElement record, string field) =>
        _columns.TryGetValue(field, out string? column) && FieldOf(record, column) is var (fields, name) ? fields.Count(name) : null;

    private static decimal? Amount(JsonElement record, string column) =>
        FieldOf(record, column) is var (fields, name) && fields.Amount(name) is { } amount
            ? amount >= 0 ? amount : throw new FormatException($"{column} is less than 0.")
            : null;

    private string? Text(JsonElement record, string field) =>
        _columns.TryGetValue(field, out string? column) && FieldOf(record, column) is var (fields, name) ? fields.Text(name) : null;

    internal static bool Has(JsonElement record, string column) => FieldOf(record, column) is var (fields, name) && fields.Has(name);

    /// <summary>A member by its name, or by its path with points where there is none of that name.</summary>
    private static (RecordFields Fields, string Name) FieldOf(JsonElement record, string column)
    {
        string name = column;
        while (!record.TryGetProperty(name, out _)
            && name.IndexOf('.', StringComparison.Ordinal) is > 0 and int point
            && record.Object(name[..point]) is { } inner)
        {
            (record, name) = (inner, name[(point + 1)..]);
        }

        return (new(record), name);
    }
}
