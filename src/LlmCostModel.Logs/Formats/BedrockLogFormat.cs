using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Bedrock's log of invocations, as it writes it to S3 and CloudWatch.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html, read 2026-11-26. The body of the answer is there
/// where text is delivered, of a stream as a list of its pieces; beside it stand counts of which the input leaves the cache out, as in
/// Converse.
/// </remarks>
internal sealed class BedrockLogFormat : LogFormat
{
    public override string Name => "bedrock-log";

    public override string Description => "invocation logs of Bedrock";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        public override IEnumerable<LogEntry>? Read(JsonElement record) => WrappedRecords.Read(
            record,
            fields => fields.Text("schemaType") == "ModelInvocationLog" && fields.Has("modelId", "requestId"),
            ReadOne);

        private static LogEntry ReadOne(RecordFields fields)
        {
            LoggedCall call = new()
            {
                Model = ModelOf(fields.Text("modelId")),
                At = fields.Instant("timestamp"),
                Provider = "bedrock",
                Served = new CallContext { Region = fields.Text("region") },
                Identity = new CallIdentity { RequestId = fields.Text("requestId") },
                Origin = UsageOrigin.Provider,
                Tags = Tags(fields),
            };
            if (fields.Text("errorCode") is { } error)
            {
                return (call with { Unbilled = $"The call failed: {error}." }).ToEntry();
            }

            ModelCall? read = ReadBody(fields.Object("output"), fields.Object("input")?.Object("inputBodyJson")) ?? ReadCounts(fields);
            return read is null ? call.ToEntry()
                : call.ToEntry(read with { Reading = read.Reading with { Model = call.Model ?? read.Reading.Model } });
        }

        /// <summary>The answer itself, if its usage can be read.</summary>
        private static ModelCall? ReadBody(RecordFields? output, RecordFields? request)
        {
            if (output?.List("outputBodyJson") is { } pieces)
            {
                (UsageReading reading, string? fault) = new AnswerStream(ApiFormat.Detect).ReadPieces(pieces).LastOrDefault();
                return fault is null && reading.Status != UsageStatus.Unknown ? new ModelCall { Reading = reading } : null;
            }

            return output?.Object("outputBodyJson") is { } body ? LoggedBody.TryRead(body.Record, request) : null;
        }

        private static ModelCall? ReadCounts(RecordFields fields)
        {
            RecordFields? input = fields.Object("input");
            RecordFields? output = fields.Object("output");
            if (input?.Count("inputTokenCount") is not { } fresh)
            {
                return null;
            }

            TokenUsage usage = new()
            {
                Input = fresh,
                CacheRead = input?.Count("cacheReadInputTokenCount") ?? 0,
                CacheWrite = input?.Count("cacheWriteInputTokenCount") ?? 0,
                Output = output?.Count("outputTokenCount") ?? 0,
            };
            return new() { Reading = new UsageReading { Status = UsageStatus.Complete, Usage = usage } };
        }

        /// <summary>The id at the end of an address, which names the model or a profile of it.</summary>
        private static string? ModelOf(string? id) =>
            id is not null && id.StartsWith("arn:", StringComparison.Ordinal) && !id.Contains(":application-", StringComparison.Ordinal)
                ? id[(id.LastIndexOf('/') + 1)..] : id;

        private static IEnumerable<(string Name, string? Value)> Tags(RecordFields fields)
        {
            yield return ("user", fields.Object("identity")?.Text("arn"));
            foreach (JsonProperty property in fields.Object("requestMetadata")?.Members ?? [])
            {
                yield return (property.Name, property.Value.ToString());
            }
        }
    }
}
