using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Messages of opencode, as it stores and as <c>opencode export</c> writes them.</summary>
/// <remarks>
/// sst/opencode, packages/opencode/src/session/message-v2.ts and session.ts (<c>getUsage</c>), read 2026-11-26: <c>input</c> leaves the
/// cache out. Since 2026 <c>output</c> leaves the reasoning out too; before, it held it where the provider's did, and a <c>total</c> tells.
/// Steps are parts of a message, whose counts are their sum.
/// </remarks>
internal sealed class OpenCodeFormat : LogFormat
{
    public override string Name => "opencode";

    public override string Description => "messages of opencode";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        public override IEnumerable<LogEntry>? Read(JsonElement record)
        {
            if (RecordFields.Of(record) is not { } fields)
            {
                return null;
            }

            if (fields.Object("info") is { } info && fields.List("messages") is { } messages && info.Has("id"))
            {
                return messages.EnumerateArray().SelectMany(message => Read(message) ?? []).ToArray();
            }

            if (fields.Object("info") is { } inner && fields.List("parts") is not null)
            {
                return Read(inner.Record);
            }

            bool isPart = fields.Has("sessionID", "messageID", "type", "id");
            bool isMessage = fields.Has("id", "sessionID", "role", "time");
            return !isMessage ? (isPart ? [] : null)
                : fields.Text("role") != "assistant" || !fields.Has("tokens", "modelID") ? []
                : LoggedCall.Read(() => ReadMessage(fields)) is { } entry ? [entry.In(record)] : [];
        }

        private static LogEntry? ReadMessage(RecordFields fields)
        {
            RecordFields? tokens = fields.Object("tokens");
            LoggedCall call = new()
            {
                Model = fields.Text("modelID"),
                At = fields.Object("time")?.Instant("created"),
                Provider = ProviderNames.Of(fields.Text("providerID")),
                Identity = new CallIdentity { RequestId = fields.Text("id") },
                Reported = LoggedCall.ComputedCostOf(fields.Amount("cost")),
                Tags =
                [
                    ("session", fields.Text("sessionID")),
                    ("agent", fields.Text("agent", "mode")),
                    ("project", fields.Object("path")?.Text("root", "cwd")),
                ],
            };
            TokenUsage usage = tokens is { } counts ? Counts(counts, call.Doubts) : default;
            if (usage != default)
            {
                return (call with { Usage = usage }).ToEntry();
            }

            if (fields.Object("error") is not { } error)
            {
                return null; // it has not ended, or is none of a model
            }

            call.Doubts.Add($"The call ended with {error.Text("name") ?? "an error"}, and what it consumed is not stated.");
            return call.ToEntry();
        }

        private static TokenUsage Counts(RecordFields tokens, List<string> doubts)
        {
            RecordFields? cache = tokens.Object("cache");
            TokenUsage usage = new()
            {
                Input = tokens.Count("input") ?? 0,
                CacheRead = cache?.Count("read") ?? 0,
                CacheWrite = cache?.Count("write") ?? 0,
                Output = tokens.Count("output") ?? 0,
                Reasoning = tokens.Count("reasoning") ?? 0,
            };
            if (usage.Reasoning == 0)
            {
                return usage;
            }

            long apart = checked(usage.TotalInput + usage.TotalOutput);
            long? total = tokens.Count("total");
            bool isApart = usage.Reasoning > usage.Output || total == apart;
            if (!isApart && total != apart - usage.Reasoning)
            {
                doubts.Add("Whether the output holds the reasoning is not stated; it is priced as if it did.");
            }

            return isApart ? usage : usage with { Output = usage.Output - usage.Reasoning };
        }
    }
}
