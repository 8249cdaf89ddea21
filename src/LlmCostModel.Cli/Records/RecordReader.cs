using System.Text.Json;

namespace LlmCostModel.Cli.Records;

/// <summary>Reads records of any API: our own usage records and providers' responses, which are told apart where the caller does not
/// say.</summary>
internal sealed class RecordReader
{
    private readonly bool _isUsage;
    private readonly ApiFormat _api;
    private readonly string? _model;

    private RecordReader(bool isUsage, ApiFormat api, string? model) => (_isUsage, _api, _model) = (isUsage, api, model);

    public static RecordReader For(string? apiName, string? model)
    {
        bool isUsage = string.Equals(apiName, "usage", StringComparison.OrdinalIgnoreCase);
        if (apiName is null || isUsage)
        {
            return new(isUsage, ApiFormat.Detect, model);
        }

        return ApiFormatNames.TryParse(apiName, out ApiFormat api)
            ? new(false, api, model)
            : throw new CliException($"'{apiName}' is not an API that can be read. Known: usage, {string.Join(", ", ApiFormatNames.All)}.");
    }

    public PriceRecord Read(string text, int number, in CallContext asked)
    {
        if (_isUsage)
        {
            return UsageRecordReader.Read(text, number, in asked);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return _api == ApiFormat.Detect && IsUsageRecord(document.RootElement)
                ? UsageRecordReader.Read(text, number, in asked)
                : Record(ModelCall.FromResponse(document.RootElement, _api), number, in asked) with { Raw = text };
        }
        catch (JsonException exception)
        {
            return new PriceRecord { Number = number, Raw = text, Rejection = $"The record is not valid JSON: {exception.Message}" };
        }
        catch (UsageFormatException exception) when (_api == ApiFormat.Detect && exception.Kind == UsageFaultKind.NotRecognized)
        {
            // Neither: what is missing for a usage record helps most.
            PriceRecord record = UsageRecordReader.Read(text, number, in asked);
            return record.Rejection is null
                ? record
                : record with
                {
                    Rejection = $"{exception.Message} As a usage record: {record.Rejection}",
                };
        }
        catch (UsageFormatException exception)
        {
            return new PriceRecord { Number = number, Raw = text, Rejection = exception.Message };
        }
    }

    /// <summary>Reads a stream of server-sent events, which is one record.</summary>
    public PriceRecord ReadStream(Stream stream, int number, in CallContext asked)
    {
        if (_isUsage)
        {
            return new PriceRecord
            {
                Number = number,
                Rejection = "The input is a stream of server-sent events, not usage records. Leave --api out or name its provider.",
            };
        }

        try
        {
            UsageStreamReader reader = new(_api);
            byte[] buffer = new byte[1 << 16];
            for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            {
                reader.Append(buffer.AsSpan(0, read));
            }

            return Record(new ModelCall { Reading = reader.Finish() }, number, in asked);
        }
        catch (UsageFormatException exception)
        {
            return new PriceRecord { Number = number, Rejection = exception.Message };
        }
    }

    private PriceRecord Record(ModelCall call, int number, in CallContext asked) =>
        new() { Number = number, Call = call with { RequestedModel = _model, Asked = asked } };

    /// <summary>Our own records name their counts as buckets; no provider does.</summary>
    private static bool IsUsageRecord(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object
            || root.TryGetProperty("object", out _)
            || root.TryGetProperty("choices", out _)
            || root.TryGetProperty("x_groq", out _)
            || !root.TryGetProperty("usage", out JsonElement usage)
            || usage.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (JsonProperty property in usage.EnumerateObject())
        {
            if (!TokenBuckets.TryParse(property.Name, out _))
            {
                return false;
            }
        }

        return true;
    }
}
