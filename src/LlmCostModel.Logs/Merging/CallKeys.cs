using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace LlmCostModel.Logs;

/// <summary>By what a call is known again, as hashes of 128 bits: two that are not the same are not met by chance.</summary>
internal static class CallKeys
{
    private const ulong Odd = 0x9E3779B97F4A7C15;

    /// <summary>The id of a call of the caller's own, and all that is said of the call; <see langword="null"/> for other records and those
    /// without an id.</summary>
    public static (UInt128 Id, UInt128 Content)? OwnOf(LogRecord record)
    {
        if (record is not { Key: null, Call: { Reading.Origin: UsageOrigin.Application, Identity.Id: { } id } call })
        {
            return null;
        }

        ulong tags = 0;
        foreach ((string name, string value) in record.Tags)
        {
            tags = TagIn(tags, OfText(name), OfText(value));
        }

        string? meters = call.Reading.Meters.Count == 0 ? null : call.Reading.Meters.ToString();
        UInt128 said = SaidOf(call.Reading.Model, call.RequestedModel, call.Asked, meters);
        UInt128 key = OfResponse(id);
        return (key, ContentOf(key, said, (call.Context.At ?? default).UtcTicks, tags, UsageOf(record)));
    }

    /// <summary>What is said of a call of the caller's own by words.</summary>
    public static UInt128 SaidOf(string? model, string? requestedModel, CallContext asked, string? meters) =>
        Hash(meters, Hash(asked.ToString(), Hash(requestedModel, Hash(model, default))));

    /// <summary>What was said of whose call it is, and one thing more.</summary>
    public static ulong TagIn(ulong tags, ulong name, ulong value)
    {
        ulong high = Math.BigMul(BitOperations.RotateLeft(tags, 17) ^ name, value | 1, out ulong low);
        return unchecked(high ^ low ^ (value * Odd) ^ (tags * Odd));
    }

    /// <summary>A name or a value of a tag in ASCII.</summary>
    public static ulong OfText(ReadOnlySpan<byte> ascii) => XxHash3.HashToUInt64(ascii);

    /// <summary>All that is said of a call of the caller's own.</summary>
    public static UInt128 ContentOf(UInt128 id, UInt128 said, long utcTicks, ulong tags, ulong usage)
    {
        UInt128 other = new((ulong)utcTicks, tags);
        return new UInt128(XxHash3.HashToUInt64(MemoryMarshal.AsBytes<UInt128>([id, said, other])), usage);
    }

    /// <summary>Whether a call of the caller's own consumed the same as another: the lower half of its content.</summary>
    public static bool IsUsageOf(UInt128 content, LogRecord record) => unchecked((ulong)content) == UsageOf(record);

    /// <summary>What a call consumed, by the values of the buckets.</summary>
    public static ulong UsageOf(ReadOnlySpan<long> counts)
    {
        ulong usage = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            usage = counts[i] == 0 ? usage : TagIn(usage, (ulong)i, unchecked((ulong)counts[i] * Odd));
        }

        return usage;
    }

    private static ulong UsageOf(LogRecord record)
    {
        TokenUsage usage = record.Call!.Reading.Usage.GetValueOrDefault();
        Span<long> counts = stackalloc long[TokenBuckets.All.Length];
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            counts[(int)row.Bucket] = usage[row.Bucket];
        }

        return UsageOf(counts);
    }

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

    /// <summary>The key of a call by the id of its response, in ASCII.</summary>
    public static UInt128 OfResponse(ReadOnlySpan<byte> ascii) => XxHash128.HashToUInt128(ascii, seed: 1);

    /// <summary>The key of a call by the id of its response.</summary>
    public static UInt128 OfResponse(string id) =>
        Ascii.IsValid(id) ? OfResponse(Encoding.ASCII.GetBytes(id)) : Hash(id, UInt128.One);

    /// <summary>A name or a value of a tag.</summary>
    public static ulong OfText(string text) =>
        Ascii.IsValid(text) ? OfText(Encoding.ASCII.GetBytes(text)) : (ulong)(Hash(text, UInt128.One) & ulong.MaxValue);

    private static UInt128 Hash(string? text, UInt128 before) =>
        text is null ? unchecked(before + 1) : Hash(MemoryMarshal.AsBytes(text.AsSpan()), before);

    private static UInt128 Hash(ReadOnlySpan<byte> bytes, UInt128 before) =>
        XxHash128.HashToUInt128(bytes, unchecked((long)(ulong)before)) ^ (before << 64);
}
