using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace LlmCostModel.Logs;

/// <summary>By what a call is known again, as hashes of 128 bits: two that are not the same are not met by chance.</summary>
internal static class CallKeys
{
    /// <summary>The id of a call of the caller's own, and all that is said of the call; <see langword="null"/> for other records and those
    /// without an id.</summary>
    public static (UInt128 Id, UInt128 Content)? OwnOf(LogRecord record)
    {
        if (record is not { Key: null, Call: { Reading.Origin: UsageOrigin.Application, Identity.Id: { } id } call })
        {
            return null;
        }

        UInt128 content = Hash(id, default);
        content = Hash(call.Reading.Model, content);
        content = Hash(call.RequestedModel, content);
        content = Hash(MemoryMarshal.AsBytes([call.Reading.Usage.GetValueOrDefault()]), content);
        content = Hash(MemoryMarshal.AsBytes([(call.Context.At ?? default).UtcTicks]), content);
        content = Hash(call.Reading.Meters.Count == 0 ? null : call.Reading.Meters.ToString(), content);
        content = Hash(call.Asked.ToString(), content);
        foreach ((string name, string value) in record.Tags)
        {
            content = Hash(value, Hash(name, content));
        }

        return (OfResponse(id), new UInt128(unchecked((ulong)(content >> 64) ^ (ulong)content), UsageOf(record)));
    }

    /// <summary>Whether a call of the caller's own consumed the same as another: the lower half of its content.</summary>
    public static bool IsUsageOf(UInt128 content, LogRecord record) => unchecked((ulong)content) == UsageOf(record);

    private static ulong UsageOf(LogRecord record) =>
        XxHash3.HashToUInt64(MemoryMarshal.AsBytes([record.Call!.Reading.Usage.GetValueOrDefault()]));

    /// <summary>The keys of a call that may come again; none when nothing names it.</summary>
    public static UInt128[] Of(LogRecord record)
    {
        if (record.Call is not { } call)
        {
            return [];
        }

        CallIdentity identity = call.Identity;
        bool isOfResponse = record.Format is null or LogRecord.ResponseFormat;
        string scope = isOfResponse ? "" : $"{record.Format}\n{record.Tags.GetValueOrDefault("session")}";
        return
        [
            .. identity.ResponseId is { } response ? (ReadOnlySpan<UInt128>)[OfResponse(response)] : [],
            .. identity.RequestId is { } request ? (ReadOnlySpan<UInt128>)[Hash($"request\n{scope}\n{request}", default)] : [],
            .. record.Key is { } key ? (ReadOnlySpan<UInt128>)[Hash($"key\n{record.Format}\n{key}", default)] : [],
        ];
    }

    private static UInt128 OfResponse(string id) => Hash(id, UInt128.One);

    private static UInt128 Hash(string? text, UInt128 before) =>
        text is null ? unchecked(before + 1) : Hash(MemoryMarshal.AsBytes(text.AsSpan()), before);

    private static UInt128 Hash(ReadOnlySpan<byte> bytes, UInt128 before) =>
        XxHash128.HashToUInt128(bytes, unchecked((long)(ulong)before)) ^ (before << 64);
}
