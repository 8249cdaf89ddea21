using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Requests as Helicone exports them, and as its API gives them.</summary>
/// <remarks>
/// Helicone/helicone, <c>HeliconeRequest</c> in packages/llm-mapper/types.ts and examples/export, read 2026-11-26. Where the response is
/// part of the export, its own usage counts. <c>cache_reference_id</c> names the request whose answer Helicone gave again.
/// </remarks>
internal sealed class HeliconeFormat : LogFormat
{
    private const string NoReference = "00000000-0000-0000-0000-000000000000";

    private static readonly string[] Providers =
    [
        "openai", "anthropic", "azure", "aws", "groq", "together", "togetherai", "openrouter", "fireworks", "mistral", "deepseek", "xai",
        "x-ai", "cohere", "perplexity", "deepinfra", "novita", "nebius",
    ];

    public override string Name => "helicone";

    public override string Description => "requests of Helicone";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        public override IEnumerable<LogEntry>? Read(JsonElement record) => WrappedRecords.Read(record, IsOwn, ReadOne);

        private static bool IsOwn(RecordFields fields) =>
            fields.Has("request_id", "request_created_at", "provider", "response_status")
            && fields.HasAny("prompt_tokens", "response_body", "signed_body_url");

        private static LogEntry ReadOne(RecordFields fields)
        {
            LoggedCall call = new()
            {
                Model = fields.Text("response_model", "model_override", "request_model"),
                RequestedModel = fields.Text("request_model"),
                At = fields.Instant("request_created_at"),
                Provider = fields.Text("provider") is { } provider
                    && Providers.Contains(provider, StringComparer.OrdinalIgnoreCase) ? ProviderNames.Of(provider) : null,
                Identity = new CallIdentity { RequestId = fields.Text("request_id") },
                Reported = LoggedCall.CostOf(fields.Amount("costUSD", "cost_usd")),
                Tags = Tags(fields),
            };
            if (fields.Text("cache_reference_id") is { } reference && reference != NoReference)
            {
                return (call with { Unbilled = "Helicone answered from its own cache." }).ToEntry();
            }

            if (fields.Object("response_body") is { } body && LoggedBody.TryRead(body.Record, fields.Object("request_body")) is { } read)
            {
                return call.ToEntry(read);
            }

            bool isEmpty = (fields.Count("prompt_tokens") ?? 0) + (fields.Count("completion_tokens") ?? 0) == 0;
            if (isEmpty && fields.Amount("response_status") is >= 400 and { } status)
            {
                return (call with { Unbilled = FormattableString.Invariant($"The provider answered with status {status}.") }).ToEntry();
            }

            return (call with { Usage = isEmpty ? null : Counts(fields, call.Doubts) }).ToEntry();
        }

        /// <summary>Helicone counted the cache inside of the prompt first, and beside it later; the total may tell.</summary>
        private static TokenUsage Counts(RecordFields fields, List<string> doubts)
        {
            long input = fields.Count("prompt_tokens") ?? 0;
            long output = fields.Count("completion_tokens") ?? 0;
            long read = fields.Count("prompt_cache_read_tokens") ?? 0;
            long written = fields.Count("prompt_cache_write_tokens") ?? 0;
            long cached = checked(read + written);
            bool isApart = cached > input || fields.Count("total_tokens") == checked(input + output + cached);
            if (cached > 0 && !isApart)
            {
                doubts.Add("Whether prompt_tokens holds the tokens of the cache is not stated; they are priced as if it did.");
            }

            if ((fields.Count("prompt_audio_tokens") ?? 0) + (fields.Count("completion_audio_tokens") ?? 0) > 0)
            {
                doubts.Add("There are audio tokens, and whether the other counts hold them is not stated.");
            }

            return new TokenUsage
            {
                Input = isApart ? input : input - cached,
                CacheRead = read,
                CacheWrite = written,
                Output = output,
            };
        }

        private static IEnumerable<(string Name, string? Value)> Tags(RecordFields fields)
        {
            yield return ("user", fields.Text("request_user_id", "user_id"));
            foreach (JsonProperty property in fields.Object("request_properties", "properties")?.Members ?? [])
            {
                bool isSession = property.Name.Equals("Helicone-Session-Id", StringComparison.OrdinalIgnoreCase);
                yield return (isSession ? "session" : property.Name, property.Value.ToString());
            }
        }
    }
}
