using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>OpenRouter's activity: the rows that its page exports, the days that its API gives, and generations.</summary>
/// <remarks>
/// https://openrouter.ai/docs/api/api-reference/generations/get-generation and .../analytics/get-user-activity, read 2026-11-26; the rows
/// have the columns that exports of 2026 have. Counts hold the cache and the reasoning. A generation states its counts by the tokenizer of
/// the model too (<c>native_tokens_...</c>), by which it is billed. With a key of the caller's own the cost is OpenRouter's fee alone.
/// </remarks>
internal sealed class OpenRouterFormat : LogFormat
{
    public override string Name => "openrouter";

    public override string Description => "activity and generations of OpenRouter";

    internal override IReadOnlyList<string> Marks { get; } = ["generation_id", "model_permaslug", "native_tokens_prompt", "data"];

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        public override IEnumerable<LogEntry>? Read(JsonElement record) => WrappedRecords.Read(record, IsOwn, ReadOne, "data");

        private static bool IsOwn(RecordFields fields) => IsRow(fields) || IsDay(fields) || IsGeneration(fields);

        private static bool IsRow(RecordFields fields) =>
            fields.Has("generation_id", "model_permaslug", "tokens_prompt", "tokens_completion", "created_at");

        private static bool IsDay(RecordFields fields) =>
            fields.Has("requests", "model_permaslug", "provider_name", "prompt_tokens", "completion_tokens", "date");

        private static bool IsGeneration(RecordFields fields) =>
            fields.Has("native_tokens_prompt", "total_cost", "id", "native_tokens_completion", "model");

        private static LogEntry ReadOne(RecordFields fields) =>
            IsRow(fields) ? ReadRow(fields) : IsDay(fields) ? ReadDay(fields) : ReadGeneration(fields);

        private static LogEntry ReadRow(RecordFields fields)
        {
            decimal fee = fields.Amount("cost_total") ?? 0;
            decimal upstream = fields.Amount("byok_usage_inference") ?? 0;
            string? variant = fields.Text("variant");
            string? model = fields.Text("model_permaslug");
            LoggedCall call = new()
            {
                Model = variant is null or "standard" || model is null || model.EndsWith($":{variant}", StringComparison.Ordinal)
                    ? model : $"{model}:{variant}",
                Usage = Counts(fields, "tokens_prompt", "tokens_completion", "tokens_cached", "tokens_reasoning"),
                At = fields.Instant("created_at"),
                Provider = "openrouter",
                Identity = new CallIdentity { ResponseId = fields.Text("generation_id") },
                Reported = fields.Text("cost_total") is null ? null : CostOf(fee, upstream, upstream > 0),
                Tags = [("user", fields.Text("user")), ("key", fields.Text("api_key_name")), ("app", fields.Text("app_name"))],
            };
            if (fields.Amount("cost_cache") > 0)
            {
                call.Doubts.Add("Writing to the cache cost something, and the row does not say how many tokens were written.");
            }

            if (fields.Amount("cost_web_search") is not (null or 0))
            {
                call.Doubts.Add("The web was searched, and what that cost is not part of the counts.");
            }

            if (fields.Amount("cost_file_processing") is not (null or 0))
            {
                call.Doubts.Add("Files were processed, and the row does not say how many pages.");
            }

            return call.ToEntry();
        }

        /// <summary>The sum of a model's calls of a day at one provider.</summary>
        private static LogEntry ReadDay(RecordFields fields)
        {
            decimal upstream = fields.Amount("byok_usage_inference") ?? 0;
            return new LoggedCall
            {
                Model = fields.Text("model_permaslug", "model"),
                Usage = Counts(fields, "prompt_tokens", "completion_tokens", "cached_tokens", "reasoning_tokens"),
                Calls = fields.Count("requests"),
                Key = fields.Names(),
                At = fields.Instant("date"),
                Provider = "openrouter",
                Reported = fields.Amount("usage") is { } fee ? CostOf(fee, upstream, upstream > 0) : null,
                Doubts = fields.Has("cached_tokens") ? [] : ["How much of the prompts came from a cache is not stated."],
            }.ToEntry();
        }

        private static LogEntry ReadGeneration(RecordFields fields) => new LoggedCall
        {
            Model = fields.Text("model"),
            Usage = fields.Text("native_tokens_prompt", "native_tokens_completion") is null
                ? null
                : Counts(fields, "native_tokens_prompt", "native_tokens_completion", "native_tokens_cached", "native_tokens_reasoning"),
            At = fields.Instant("created_at"),
            Provider = "openrouter",
            Identity = new CallIdentity { ResponseId = fields.Text("id") },
            Served = new CallContext { Tier = fields.Text("service_tier") },
            Reported = fields.Amount("total_cost") is { } fee
                ? CostOf(fee, fields.Amount("upstream_inference_cost"), fields.Flag("is_byok") == true) : null,
            Doubts = Doubts(fields),
            Tags = [("user", fields.Text("external_user")), ("session", fields.Text("session_id")), ("app", fields.Text("origin"))],
        }.ToEntry();

        private static List<string> Doubts(RecordFields fields)
        {
            List<string> doubts = [];
            if (fields.Count("native_tokens_completion_images") is > 0)
            {
                doubts.Add("The answer holds images, which are priced apart.");
            }

            if (fields.Count("num_search_results") is > 0)
            {
                doubts.Add("The web was searched, and what that cost is not part of the counts.");
            }

            return doubts;
        }

        private static TokenUsage? Counts(RecordFields fields, string input, string output, string cached, string reasoning) =>
            fields.Text(input, output) is null ? null : InclusiveCounts.Of(
                (input, fields.Count(input) ?? 0), (output, fields.Count(output) ?? 0),
                (cached, fields.Count(cached) ?? 0), (reasoning, fields.Count(reasoning) ?? 0));

        private static ReportedCost CostOf(decimal fee, decimal? upstream, bool isOwnKey) => new()
        {
            Charged = new Money(fee, "USD"),
            OwnKey = isOwnKey,
            Upstream = isOwnKey && upstream is { } paid ? new Money(paid, "USD") : null,
        };
    }
}
