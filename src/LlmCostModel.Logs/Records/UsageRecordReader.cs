using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Reads records of the <c>usage</c> API: a model and disjoint counts.</summary>
internal static class UsageRecordReader
{
    private static readonly string[] Known =
        ["id", "model", "at", "provider", "region", "tier", "attributes", "usage", "meters", "tags"];

    private static readonly string[] KnownCounts = [.. TokenBuckets.All.Select(row => row.JsonName)];

    /// <summary>Reads one record.</summary>
    /// <param name="root">The record.</param>
    public static LogEntry Read(JsonElement root)
    {
        try
        {
            return Read(new RecordMembers(root, "", Known));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return LogEntry.Unreadable(FaultText.Of(exception));
        }
        catch (OverflowException)
        {
            return LogEntry.Unreadable(
                $"The counts add up to more than {long.MaxValue} tokens, or the quantities to more than can be computed.");
        }
    }

    /// <summary>Our own records name their counts as buckets; no provider does.</summary>
    public static bool IsUsageRecord(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && !root.TryGetProperty("object", out _)
        && !root.TryGetProperty("choices", out _)
        && !root.TryGetProperty("x_groq", out _)
        && root.TryGetProperty("usage", out JsonElement usage)
        && usage.ValueKind == JsonValueKind.Object
        && usage.EnumerateObject().All(property => TokenBuckets.TryParse(property.Name, out _));

    /// <summary>Whether a record that nobody knows was meant to be one of ours: most of its members are, or are called as others call
    /// them.</summary>
    public static bool LooksLikeOne(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        string[] names = [.. root.EnumerateObject().Select(member => member.Name)];
        int ours = names.Count(name => Known.Contains(name) || KnownCounts.Contains(name) || RecordHints.For(name) is not null
            || NearestName.Find(Known, name) is not null);
        return ours * 2 > names.Length || names.Length == 0 || root.TryGetProperty("meters", out _);
    }

    private static LogEntry Read(RecordMembers record)
    {
        string model = record.Text("model") is { } named && !string.IsNullOrWhiteSpace(named)
            ? named
            : throw new FormatException("The record has no model. Add the model id as \"model\".");
        CallAttributes attributes = CallAttributes.Empty;
        foreach ((string name, JsonElement value) in record.Members("attributes")?.All ?? [])
        {
            attributes = attributes[name] is null
                ? attributes.With(name, RecordMembers.Scalar(value, $"attributes.{name}"))
                : throw new FormatException($"attributes.{name} is stated twice. Names of attributes are the same in any case.");
        }

        string? tier = record.Text("tier");
        if (tier is not null && string.IsNullOrWhiteSpace(tier))
        {
            throw new FormatException("tier is empty. Name the tier that served the call, such as standard or batch, or leave it out.");
        }

        CallContext served = new()
        {
            // A record's tier also says whether the call was part of a batch.
            Batch = tier is null ? null : tier.Equals("batch", StringComparison.OrdinalIgnoreCase),
            At = Instant(record),
            Provider = record.Text("provider"),
            Region = record.Text("region"),
            Tier = tier,
            Attributes = attributes.Count == 0 ? null : attributes,
        };
        MeteredQuantities meters = Meters(record);
        ModelCall call = ModelCall.FromUsage(model, Usage(record, hasMeters: meters.Count > 0), meters);
        Dictionary<string, string> tags = (record.Members("tags")?.All ?? []).ToDictionary(
            tag => tag.Name,
            tag => RecordMembers.Scalar(tag.Value, $"tags.{tag.Name}"));
        ModelCall read = call with
        {
            Identity = new CallIdentity { ResponseId = record.Text("id") },
            Reading = call.Reading with { Served = served },
        };
        return LogEntry.Of(read, tags, OpenNames.Hints(meters.Select(meter => meter.Key), attributes.Select(attribute => attribute.Key)));
    }

    private static TokenUsage Usage(RecordMembers record, bool hasMeters)
    {
        RecordMembers usage = record.Members("usage", KnownCounts)
            ?? throw new FormatException("The record has no usage: its cost is not known. Add the counts as an object \"usage\".");
        TokenUsage counts = default;
        foreach ((string name, JsonElement value) in usage.All)
        {
            // Some write whole numbers as 1000.0 or 1e3.
            if (value.ValueKind != JsonValueKind.Number
                || !value.TryGetDecimal(out decimal number)
                || number is < 0 or > long.MaxValue
                || !decimal.IsInteger(number))
            {
                throw new FormatException($"usage.{name} is {RecordMembers.Shown(value)}, not a whole number of tokens, 0 or more.");
            }

            long count = (long)number;
            counts = counts.With(TokenBuckets.All.First(row => row.JsonName == name).Bucket, count);
        }

        if (usage.All.Count == 0 && !hasMeters)
        {
            throw new FormatException("The record's usage holds no counts: its cost is not known, and not 0. Write the counts, zeros too.");
        }

        _ = checked(counts.TotalInput + counts.TotalOutput);
        return counts;
    }

    private static MeteredQuantities Meters(RecordMembers record)
    {
        MeteredQuantities meters = MeteredQuantities.Empty;
        foreach ((string name, JsonElement value) in record.Members("meters")?.All ?? [])
        {
            if (value.ValueKind is not (JsonValueKind.Number or JsonValueKind.String)
                || !ExactDecimal.TryParse(value.ToString(), out decimal quantity, out bool isTooPrecise)
                || isTooPrecise
                || quantity < 0)
            {
                throw new FormatException($"meters.{name} is {RecordMembers.Shown(value)}, not a quantity of 0 or more that a decimal "
                    + "holds exactly.");
            }

            meters = meters.With(name, meters[name] + quantity); // Names of meters are the same in any case.
        }

        return meters;
    }

    private static DateTimeOffset? Instant(RecordMembers record)
    {
        if (record.Text("at") is not { } text)
        {
            return null;
        }

        return InstantFormat.TryParse(text, out DateTimeOffset instant)
            ? instant
            : throw new FormatException($"at is '{text}', not an instant. Write a date (midnight UTC) such as 2025-01-27, or an instant "
                + $"with its offset such as 2025-09-05T16:00:00Z.");
    }
}
