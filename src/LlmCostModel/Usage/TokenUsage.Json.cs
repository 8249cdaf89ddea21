using System.Text.Json.Serialization;

namespace LlmCostModel;

// As JSON, a usage is the counts that are not zero, by the names of their buckets: { "input": 400, "cacheRead": 600 }.
[JsonConverter(typeof(JsonValueConverter<TokenUsage>))]
public readonly partial record struct TokenUsage : IJsonValue<TokenUsage>
{
    static JsonConverter<TokenUsage> IJsonValue<TokenUsage>.Json => Shape.Instance;

    /// <summary>Apart, so that the counts themselves have no static field to be made before the first call.</summary>
    private static class Shape
    {
        internal static readonly JsonObject<TokenUsage> Instance = TokenBuckets.All
            .Aggregate(new JsonObject<TokenUsage>(() => default), (shape, row) => shape
                .Optional(row.JsonName, JsonOf.Int64, usage => usage[row.Bucket], (usage, count) => usage.With(row.Bucket, count)))
            .NothingElse();
    }
}
