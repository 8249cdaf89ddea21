using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Cli.Records;

/// <summary>Reads records of the <c>usage</c> API: a model and disjoint counts.</summary>
internal static class UsageRecordReader
{
    private static readonly JsonDocumentOptions Json = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Reads one record.</summary>
    /// <param name="text">The record's JSON.</param>
    /// <param name="number">Its number in the input.</param>
    /// <param name="asked">What the command line says of every call; the record's own values win.</param>
    public static PriceRecord Read(string text, int number, in CallContext asked)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Json);
            return Read(document.RootElement, number, in asked) with { Raw = text };
        }
        catch (JsonException exception)
        {
            return new PriceRecord { Number = number, Raw = text, Rejection = $"The record is not valid JSON: {exception.Message}" };
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            return new PriceRecord { Number = number, Raw = text, Rejection = exception.Message };
        }
    }

    private static PriceRecord Read(JsonElement root, int number, in CallContext asked)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"The record is a JSON {root.ValueKind}, not an object with model and usage.");
        }

        string model = Text(root, "model") ?? throw new FormatException("The record has no model. Add the model id as \"model\".");
        CallAttributes attributes = CallAttributes.Empty;
        foreach (JsonProperty attribute in Members(root, "attributes"))
        {
            attributes = attributes.With(
                attribute.Name,
                Scalar(attribute.Value) ?? throw new FormatException($"Attribute '{attribute.Name}' has no value."));
        }

        string? tier = Text(root, "tier");
        CallContext served = new()
        {
            // A record's tier also says whether the call was part of a batch.
            Batch = tier is null ? null : tier.Equals("batch", StringComparison.OrdinalIgnoreCase),
            At = Instant(root),
            Provider = Text(root, "provider"),
            Region = Text(root, "region"),
            Tier = tier,
            Attributes = attributes.Count == 0 ? null : attributes,
        };
        ModelCall call = ModelCall.FromUsage(model, Usage(root), Meters(root));
        return new PriceRecord
        {
            Number = number,
            Tags = Members(root, "tags").ToDictionary(tag => tag.Name, tag => Scalar(tag.Value) ?? ""),
            Call = call with
            {
                Identity = new CallIdentity { ResponseId = Text(root, "id") },
                Asked = asked,
                Reading = call.Reading with { Served = served },
            },
        };
    }

    private static TokenUsage Usage(JsonElement root)
    {
        if (!root.TryGetProperty("usage", out JsonElement usage) || usage.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("The record has no usage: its cost is not known. Add the counts as an object \"usage\".");
        }

        TokenUsage counts = default;
        bool isStated = root.TryGetProperty("meters", out _);
        foreach (JsonProperty property in usage.EnumerateObject())
        {
            if (!TokenBuckets.TryParse(property.Name, out TokenBucket bucket))
            {
                string known = string.Join(", ", TokenBuckets.All.Select(row => row.JsonName));
                throw new FormatException($"usage.{property.Name} is not a known count. Known: {known}.");
            }

            if (property.Value.ValueKind != JsonValueKind.Number || !property.Value.TryGetInt64(out long count) || count < 0)
            {
                throw new FormatException(
                    $"usage.{property.Name} is {property.Value.GetRawText()}, not a whole number of tokens, 0 or more.");
            }

            counts = counts.With(bucket, count);
            isStated = true;
        }

        if (!isStated)
        {
            throw new FormatException("The record's usage holds no counts: its cost is not known, and not 0. Write the counts, zeros too.");
        }

        _ = checked(counts.TotalInput + counts.TotalOutput);
        return counts;
    }

    private static MeteredQuantities Meters(JsonElement root)
    {
        MeteredQuantities meters = MeteredQuantities.Empty;
        foreach (JsonProperty meter in Members(root, "meters"))
        {
            if (!decimal.TryParse(
                    Scalar(meter.Value),
                    NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                    CultureInfo.InvariantCulture,
                    out decimal quantity))
            {
                throw new FormatException($"meters.{meter.Name} is {meter.Value.GetRawText()}, not a quantity of 0 or more.");
            }

            meters = meters.With(meter.Name, quantity);
        }

        return meters;
    }

    private static DateTimeOffset? Instant(JsonElement root)
    {
        if (Text(root, "at") is not { } text)
        {
            return null;
        }

        return InstantFormat.TryParse(text, out DateTimeOffset instant)
            ? instant
            : throw new FormatException($"at is '{text}', not an instant. Write a date (midnight UTC) such as 2025-01-27, or an instant "
                + $"with its offset such as 2025-09-05T16:00:00Z.");
    }

    private static string? Text(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? Scalar(value)
            : throw new FormatException($"{name} is a JSON {value.ValueKind}, not a text.");
    }

    private static string? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    private static JsonElement.ObjectEnumerator Members(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return default;
        }

        return value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject()
            : throw new FormatException($"{name} is a JSON {value.ValueKind}, not an object.");
    }
}
