using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>What the messages of a session of Claude Code add up to by model, to be compared with what its result states.</summary>
/// <remarks>While a message streams, its lines state what was counted at its start, and a result holds calls that print no line, such as
/// those of a small model: https://docs.claude.com/en/docs/claude-code/sdk/sdk-headless. Read 2026-11-27.</remarks>
internal sealed class MessageSums
{
    private static readonly (string OfResult, string OfMessage)[] Names =
    [
        ("inputTokens", "input_tokens"), ("outputTokens", "output_tokens"), ("cacheReadInputTokens", "cache_read_input_tokens"),
        ("cacheCreationInputTokens", "cache_creation_input_tokens"),
    ];

    private readonly Dictionary<string, (string Model, long[] Counts)> _messages = new(StringComparer.Ordinal);
    private JsonElement? _result;

    /// <summary>Takes a line of a message, of which the largest counts are those of the message.</summary>
    public void Add(JsonElement line)
    {
        if (line.Object("message") is { } message && message.Text("id") is { } id && message.Object("usage") is { } usage)
        {
            long[] counts = [.. Names.Select(name => Count(usage, name.OfMessage))];
            if (_messages.TryGetValue(id, out (string Model, long[] Counts) before))
            {
                counts = [.. counts.Zip(before.Counts, Math.Max)];
            }

            _messages[id] = (message.Text("model") ?? "", counts);
        }
    }

    /// <summary>Takes a result. It holds those before it.</summary>
    public void End(JsonElement result) => _result = result.Clone();

    /// <summary>What the result has more than the messages; <see langword="null"/> when they have all of it.</summary>
    public LogEntry? Rest()
    {
        if (_result is not { } result || result.Object("modelUsage") is not { } models)
        {
            return null;
        }

        long missing = 0;
        byte[] rest = JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type", "result");
            writer.WriteString("session_id", result.Text("session_id"));
            writer.WriteStartObject("modelUsage");
            foreach (JsonProperty model in models.EnumerateObject().Where(model => model.Value.ValueKind == JsonValueKind.Object))
            {
                long[] counts = RestOf(model);
                if (counts.Any(count => count > 0))
                {
                    missing += counts.Sum();
                    writer.WriteStartObject(model.Name);
                    foreach (((string name, _), long count) in Names.Zip(counts))
                    {
                        writer.WriteNumber(name, count);
                    }

                    writer.WriteEndObject();
                }
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        });
        return missing == 0 ? null : LogEntry.OfBody(() => Read(rest, missing), result).KnownBy($"rest {result.Text("uuid") ?? result.Text("session_id")}");
    }

    private static ModelCall Read(byte[] rest, long missing)
    {
        ModelCall call = ModelCall.FromResponse(rest);
        return call with
        {
            Reading = call.Reading with
            {
                Calls = null,
                Status = UsageStatus.Partial,
                Reason = FormattableString.Invariant($"The result of the session states {missing} tokens more than its messages. ")
                    + "Of which calls they are, is not known.",
            },
        };
    }

    private long[] RestOf(JsonProperty model)
    {
        long[] rest = [.. Names.Select(name => Count(model.Value, name.OfResult))];
        foreach ((string named, long[] counts) in _messages.Values)
        {
            if (named == model.Name || $"{named}[1m]" == model.Name) // how it names the model with the long context
            {
                rest = [.. rest.Zip(counts, (whole, part) => Math.Max(0, whole - part))];
            }
        }

        return rest;
    }

    private static long Count(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long count)
            ? Math.Clamp(count, 0, long.MaxValue / 1_000_000)
            : 0;
}
