using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Reads a record that is a provider's response, by itself or with what a log keeps around it.</summary>
internal static class ResponseRecords
{
    /// <summary>Reads one.</summary>
    internal static LogEntry Read(JsonElement root, ApiFormat api)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return LogEntry.Unreadable($"The record is {RecordMembers.Shown(root)}, not an object.");
        }

        try
        {
            Exchange exchange = Exchange.Find(root);
            ModelCall call = exchange.Complete(exchange.Read(root, api));
            return LogEntry.Of(call, RecordTags.Of(root), record: root, created: RecordTags.CreatedOf(root)).KnownBy(KeyOf(call, root));
        }
        catch (UsageFormatException exception)
            when (api == ApiFormat.Detect && exception.Kind == UsageFaultKind.NotRecognized && UsageRecordReader.LooksLikeOne(root)
                && Exchange.Find(root) == default)
        {
            // Neither: what is missing for a usage record helps most.
            LogEntry entry = UsageRecordReader.Read(root);
            return entry.Fault is null ? entry : LogEntry.Unreadable($"{exception.Message} As a usage record: {entry.Fault}");
        }
        catch (FormatException exception)
        {
            return LogEntry.Unreadable(exception.Message);
        }
    }

    /// <summary>A line of a batch may have no id but the caller's own, which another batch may have too: the same line is the same
    /// call.</summary>
    private static string? KeyOf(ModelCall call, JsonElement line) =>
        call.Identity is { ResponseId: null, RequestId: null, BatchItemId: { } item }
            ? $"{item} {XxHash128.HashToUInt128(JsonMarshal.GetRawUtf8Value(line)):x}"
            : null;
}
