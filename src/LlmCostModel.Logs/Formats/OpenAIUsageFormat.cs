using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Reports of OpenAI's usage API: the sums of the calls of a time, by what the report is grouped by.</summary>
/// <remarks>https://platform.openai.com/docs/api-reference/usage, read 2026-11-26. <c>input_tokens</c> holds the cache, and since a report
/// states <c>input_text_tokens</c> the tokens of audio and images.</remarks>
internal sealed class OpenAIUsageFormat : LogFormat
{
    private const string Prefix = "organization.usage.";

    private const string NotGrouped = "The report is not grouped by batch and service tier: all is priced as standard.";

    private static readonly string[] KnownTokens =
    [
        "input_tokens", "output_tokens", "input_cached_tokens", "input_uncached_tokens", "input_cache_write_tokens", "input_text_tokens",
        "output_text_tokens", "input_cached_text_tokens", "input_audio_tokens", "input_cached_audio_tokens", "output_audio_tokens",
        "input_image_tokens", "input_cached_image_tokens", "output_image_tokens",
    ];

    public override string Name => "openai-usage";

    public override string Description => "reports of OpenAI's usage API";

    internal override IReadOnlyList<string> Marks { get; } = ["results", "data"];

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        public override IEnumerable<LogEntry>? Read(JsonElement record) =>
            ReportBuckets.Of(record, "start_time") is { } results && results.All(one => KindOf(one.Result) is not null)
                ? results.Select(one => LoggedCall.Read(() => ReadResult(one.Bucket, one.Result))?.In(one.Result.Record)).OfType<LogEntry>()
                : null;

        private static string? KindOf(RecordFields result) =>
            result.Text("object") is { } type && type.StartsWith(Prefix, StringComparison.Ordinal) ? type.Split('.')[2] : null;

        private static LogEntry? ReadResult(RecordFields bucket, RecordFields result)
        {
            bool? isBatch = result.Flag("batch");
            string? tier = result.Text("service_tier");
            LoggedCall call = new()
            {
                Model = result.Text("model"),
                At = bucket.Instant("start_time"),
                Calls = result.Count("num_model_requests"),
                Key = $"{bucket.Text("start_time")} {bucket.Text("end_time")}\n{result.Names()}",
                Provider = "openai",
                Origin = UsageOrigin.Provider,
                Served = new CallContext { Batch = isBatch, Tier = isBatch == true ? ServiceTiers.Batch : tier },
                Tags =
                [
                    ("project", result.Text("project_id")), ("user", result.Text("user_id")), ("key", result.Text("api_key_id")),
                ],
            };
            if (call.Model is null)
            {
                call.Doubts.Add("The report is not grouped by model. Ask for it with group_by=model.");
            }

            string kind = KindOf(result)!;
            MeteredQuantities? meters = kind switch
            {
                "completions" or "embeddings" or "moderations" => null,
                "audio_transcriptions" => Meter(MeterNames.AudioInputSecond, result.Amount("seconds")),
                "audio_speeches" => Meter(MeterNames.Character, result.Amount("characters")),
                _ => throw new FormatException($"A report of {kind.Replace('_', ' ')} is not read: its prices are not by tokens."),
            };
            TokenUsage usage = kind.StartsWith("audio_", StringComparison.Ordinal) ? default : Counts(result, call.Doubts);
            if (usage == default && meters is null)
            {
                return null;
            }

            LogEntry entry = (call with { Usage = usage, Meters = meters }).ToEntry();
            return isBatch is null && tier is null && kind == "completions" ? entry.With(NotGrouped) : entry;
        }

        private static MeteredQuantities? Meter(string name, decimal? quantity) =>
            quantity is > 0 and { } value ? MeteredQuantities.Empty.With(name, value) : null;

        private static TokenUsage Counts(RecordFields result, List<string> doubts)
        {
            long Of(string name) => result.Count(name) ?? 0;
            (long input, long output, long cached) = (Of("input_tokens"), Of("output_tokens"), Of("input_cached_tokens"));
            (long audio, long image) = (Of("input_audio_tokens"), Of("input_image_tokens"));
            (long cachedAudio, long cachedImage) = (Of("input_cached_audio_tokens"), Of("input_cached_image_tokens"));
            (long audioOut, long imageOut) = (Of("output_audio_tokens"), Of("output_image_tokens"));
            long written = Of("input_cache_write_tokens");
            bool holdsAll = result.HasAny("input_text_tokens", "output_text_tokens");
            if (!holdsAll && audio + audioOut > 0)
            {
                doubts.Add("Whether input_tokens and output_tokens hold the audio is not stated; they are priced as if they did.");
            }

            foreach (JsonProperty other in result.Members)
            {
                if (other.Name.EndsWith("_tokens", StringComparison.Ordinal) && !KnownTokens.Contains(other.Name)
                    && result.Count(other.Name) is > 0 and { } count)
                {
                    doubts.Add(FormattableString.Invariant($"The report holds what is not known here: {other.Name} {count}."));
                }
            }

            return new TokenUsage
            {
                Input = Rest("input_tokens", input, cached + written + (audio - cachedAudio) + (image - cachedImage)),
                CacheRead = Rest("input_cached_tokens", cached, cachedAudio + cachedImage),
                CacheWrite = written,
                AudioInput = audio - cachedAudio,
                AudioCacheRead = cachedAudio,
                ImageInput = image - cachedImage,
                ImageCacheRead = cachedImage,
                Output = Rest("output_tokens", output, audioOut + imageOut),
                AudioOutput = audioOut,
                ImageOutput = imageOut,
            };
        }

        private static long Rest(string name, long whole, long parts) => whole >= parts ? whole - parts
            : throw new FormatException(FormattableString.Invariant($"{name} is {whole}, less than the {parts} tokens that it holds."));
    }
}
