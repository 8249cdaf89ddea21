using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Reads the library's own JSON of calls: a ledger of <c>CallCost</c>, a <see cref="PricedCall"/>, a <see cref="ModelCall"/>, or
/// the calls of a <c>BudgetEntry</c>. What they cost then is left out: a call is priced by the rates at hand.</summary>
internal static class CallRecordReader
{
    /// <summary>Reads one; <see langword="null"/> when the record is something else.</summary>
    /// <exception cref="FormatException">It looks like one, and is not.</exception>
    public static IReadOnlyList<LogEntry>? Read(JsonElement root)
    {
        if (Is(root, "operation") && root.TryGetProperty("priced", out JsonElement priced) && Is(priced, "call"))
        {
            return [LogEntry.Of(CallOf(priced), TagsOf(root))];
        }

        if (Is(root, "lease")
            && root.TryGetProperty("calls", out JsonElement calls)
            && calls.ValueKind == JsonValueKind.Array
            && calls.EnumerateArray().All(call => Is(call, "reading")))
        {
            // Without ids of their own, the calls are known by the lease.
            string lease = RecordMembers.Scalar(root.GetProperty("lease"), "lease");
            IReadOnlyDictionary<string, string> tags = TagsOf(root);
            return [.. calls.EnumerateArray().Select((call, i) =>
                LogEntry.Of(Parse<ModelCall>(call), tags).KnownBy(string.Create(CultureInfo.InvariantCulture, $"{lease}/{i}")))];
        }

        return Is(root, "call") && Is(root, "context") ? [LogEntry.Of(CallOf(root), NoTags)]
            : Is(root, "reading") ? [LogEntry.Of(Parse<ModelCall>(root), NoTags)]
            : null;
    }

    /// <summary>The types read themselves; the options only have to be there.</summary>
    private static readonly JsonSerializerOptions Options = new();

    private static IReadOnlyDictionary<string, string> NoTags { get; } = new Dictionary<string, string>();

    private static IReadOnlyDictionary<string, string> TagsOf(JsonElement root) => root.TryGetProperty("tags", out JsonElement stated)
        ? new RecordMembers(stated, "tags.", null).All.ToDictionary(
            tag => tag.Name,
            tag => RecordMembers.Scalar(tag.Value, $"tags.{tag.Name}"))
        : NoTags;

    /// <summary>The call of a priced one, with the instant, provider and region by which it was priced.</summary>
    private static ModelCall CallOf(JsonElement priced)
    {
        PricedCall read = Parse<PricedCall>(priced);
        return read.Call with { At = read.Call.At ?? read.At, Asked = read.Call.Asked.Or(read.Context) };
    }

    private static T Parse<T>(JsonElement element)
        where T : IJsonValue<T>
    {
        try
        {
            Utf8JsonReader reader = new(JsonMarshal.GetRawUtf8Value(element));
            reader.Read();
            return new JsonValueConverter<T>().Read(ref reader, typeof(T), Options)
                ?? throw new FormatException("The record is null.");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The record is no {typeof(T).Name} of this library: {JsonFaultText.Of(exception)}", exception);
        }
    }

    private static bool Is(JsonElement root, string member) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty(member, out _);
}
