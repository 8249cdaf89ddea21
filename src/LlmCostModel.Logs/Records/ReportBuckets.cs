using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Reports of providers: pages of buckets of time, each with results; a file may also hold buckets alone.</summary>
internal static class ReportBuckets
{
    /// <summary>The results with the bucket that each is in.</summary>
    /// <param name="record">A page or a bucket.</param>
    /// <param name="start">The member that says when a bucket begins.</param>
    /// <returns>The results; <see langword="null"/> when the record is none of these.</returns>
    public static List<(RecordFields Bucket, RecordFields Result)>? Of(JsonElement record, string start)
    {
        if (RecordFields.Of(record) is not { } fields)
        {
            return null;
        }

        JsonElement[] buckets = fields.Has(start, "results") ? [record]
            : fields.List("data") is { } data ? [.. data.EnumerateArray()]
            : [];
        bool isReport = buckets.Length > 0
            && buckets.All(bucket => RecordFields.Of(bucket) is { } one && one.Has(start, "results") && one.List("results") is not null);
        return !isReport ? null :
        [
            .. from bucket in buckets
               from result in new RecordFields(bucket).List("results")!.Value.EnumerateArray()
               where result.ValueKind == JsonValueKind.Object
               select (new RecordFields(bucket), new RecordFields(result)),
        ];
    }
}
