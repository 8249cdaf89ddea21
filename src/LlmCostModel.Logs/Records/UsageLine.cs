using System.Buffers;
using System.Text;

namespace LlmCostModel.Logs;

/// <summary>Reads usage records as most of them are: texts without escapes, whole numbers, each member once. Of any other it reads nothing,
/// and <see cref="UsageRecordReader"/> does, with the same result.</summary>
/// <remarks>Logs have millions of these; without a document they are read several times as fast (LogReaderBenchmarks).</remarks>
/// <param name="asked">What is known of every call.</param>
/// <param name="requestedModel">The model that is said of the log.</param>
internal sealed class UsageLine(CallContext asked, string? requestedModel)
{
    private const int MostDigits = 15; // so that no sum of counts is too large

    /// <summary>What ends a text, or makes it unusual.</summary>
    private static readonly SearchValues<byte> EndOrUnusual = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Select(code => (byte)code).Where(code => code is < 0x20 or (byte)'"' or (byte)'\\' or >= 0x7F)]);

    private static readonly (byte[] Name, TokenBucket Bucket)[] Buckets =
        [.. TokenBuckets.All.Select(row => (Encoding.ASCII.GetBytes(row.JsonName), row.Bucket))];

    private readonly TextCache _texts = new();

    private enum Field
    {
        Unknown,
        Id,
        Model,
        At,
        Provider,
        Region,
        Tier,
        Usage,
        Tags,
    }

    /// <summary>Reads a record.</summary>
    /// <param name="json">The record.</param>
    /// <param name="tags">Whose call it is; <see langword="null"/> when it does not say.</param>
    /// <returns>The call; <see langword="null"/> when the record is not such a one.</returns>
    public ModelCall? Read(ReadOnlySpan<byte> json, out Dictionary<string, string>? tags)
    {
        tags = null;
        int at = 0;
        if (!Take(json, ref at, (byte)'{'))
        {
            return null;
        }

        uint seen = 0;
        TokenUsage usage = default;
        DateTimeOffset instant = default;
        (string? id, string? model, string? provider, string? region, string? tier) = (null, null, null, null, null);
        do
        {
            if (!TakeText(json, ref at, out ReadOnlySpan<byte> name) || !Take(json, ref at, (byte)':'))
            {
                return null;
            }

            Field field = FieldOf(name);
            uint bit = 1u << (int)field;
            if (field == Field.Unknown || (seen & bit) != 0)
            {
                return null;
            }

            seen |= bit;
            if (field is Field.Usage or Field.Tags)
            {
                if (field == Field.Usage ? !TakeUsage(json, ref at, ref usage) : !TakeTags(json, ref at, ref tags))
                {
                    return null;
                }

                continue;
            }

            if (!TakeText(json, ref at, out ReadOnlySpan<byte> text))
            {
                return null;
            }

            switch (field)
            {
                case Field.Id:
                    id = Encoding.ASCII.GetString(text);
                    break;
                case Field.Model:
                    model = _texts.Get(text);
                    break;
                case Field.Provider:
                    provider = _texts.Get(text);
                    break;
                case Field.Region:
                    region = _texts.Get(text);
                    break;
                case Field.Tier:
                    tier = _texts.Get(text);
                    break;
                default:
                    if (!TryInstant(text, out instant))
                    {
                        return null;
                    }

                    break;
            }
        }
        while (Take(json, ref at, (byte)','));
        if (!Take(json, ref at, (byte)'}')
            || !IsEnd(json, at)
            || (seen & (1u << (int)Field.Usage)) == 0
            || string.IsNullOrWhiteSpace(model)
            || (tier is not null && string.IsNullOrWhiteSpace(tier)))
        {
            return null;
        }

        return new ModelCall
        {
            Identity = new CallIdentity { ResponseId = id },
            RequestedModel = requestedModel,
            Asked = asked,
            Reading = new UsageReading
            {
                Status = UsageStatus.Complete,
                Origin = UsageOrigin.Application,
                Model = model,
                Usage = usage,
                Served = new CallContext
                {
                    Batch = tier is null ? null : tier.Equals("batch", StringComparison.OrdinalIgnoreCase),
                    At = (seen & (1u << (int)Field.At)) == 0 ? null : instant,
                    Provider = provider,
                    Region = region,
                    Tier = tier,
                },
            },
        };
    }

    private static Field FieldOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => name.SequenceEqual("id"u8) ? Field.Id : name.SequenceEqual("at"u8) ? Field.At : Field.Unknown,
        4 => name.SequenceEqual("tier"u8) ? Field.Tier : name.SequenceEqual("tags"u8) ? Field.Tags : Field.Unknown,
        5 => name.SequenceEqual("model"u8) ? Field.Model : name.SequenceEqual("usage"u8) ? Field.Usage : Field.Unknown,
        6 => name.SequenceEqual("region"u8) ? Field.Region : Field.Unknown,
        8 => name.SequenceEqual("provider"u8) ? Field.Provider : Field.Unknown,
        _ => Field.Unknown,
    };

    private static bool TakeUsage(ReadOnlySpan<byte> json, ref int at, ref TokenUsage usage)
    {
        if (!Take(json, ref at, (byte)'{'))
        {
            return false;
        }

        uint seen = 0;
        do
        {
            if (!TakeText(json, ref at, out ReadOnlySpan<byte> name)
                || !Take(json, ref at, (byte)':')
                || FindBucket(name) is not { } bucket
                || (seen & (1u << (int)bucket)) != 0
                || !TakeCount(json, ref at, out long count))
            {
                return false;
            }

            seen |= 1u << (int)bucket;
            usage = usage.With(bucket, count);
        }
        while (Take(json, ref at, (byte)','));
        return Take(json, ref at, (byte)'}');
    }

    private static TokenBucket? FindBucket(ReadOnlySpan<byte> name)
    {
        foreach ((byte[] known, TokenBucket bucket) in Buckets)
        {
            if (name.SequenceEqual(known))
            {
                return bucket;
            }
        }

        return null;
    }

    private bool TakeTags(ReadOnlySpan<byte> json, ref int at, ref Dictionary<string, string>? tags)
    {
        if (!Take(json, ref at, (byte)'{'))
        {
            return false;
        }

        do
        {
            if (!TakeText(json, ref at, out ReadOnlySpan<byte> name)
                || !Take(json, ref at, (byte)':')
                || !TakeText(json, ref at, out ReadOnlySpan<byte> value)
                || !(tags ??= []).TryAdd(_texts.Get(name), _texts.Get(value)))
            {
                return false;
            }
        }
        while (Take(json, ref at, (byte)','));
        return Take(json, ref at, (byte)'}');
    }

    private static bool TakeText(ReadOnlySpan<byte> json, ref int at, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!Take(json, ref at, (byte)'"'))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = json[at..];
        int end = rest.IndexOfAny(EndOrUnusual);
        if (end < 0 || rest[end] != '"')
        {
            return false;
        }

        text = rest[..end];
        at += end + 1;
        return true;
    }

    private static bool TakeCount(ReadOnlySpan<byte> json, ref int at, out long count)
    {
        SkipBlanks(json, ref at);
        int start = at;
        count = 0;
        while (at < json.Length && json[at] is >= (byte)'0' and <= (byte)'9' && at - start <= MostDigits)
        {
            count = (count * 10) + (json[at++] - '0');
        }

        int digits = at - start;
        bool isEnd = at < json.Length && json[at] is (byte)',' or (byte)'}' or (byte)' ';
        return isEnd && digits is > 0 and <= MostDigits && (digits == 1 || json[start] != '0');
    }

    /// <summary>Takes a mark, with what is blank before it.</summary>
    private static bool Take(ReadOnlySpan<byte> json, ref int at, byte mark)
    {
        SkipBlanks(json, ref at);
        if (at >= json.Length || json[at] != mark)
        {
            return false;
        }

        at++;
        return true;
    }

    private static void SkipBlanks(ReadOnlySpan<byte> json, ref int at)
    {
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }
    }

    private static bool IsEnd(ReadOnlySpan<byte> json, int at)
    {
        SkipBlanks(json, ref at);
        return at == json.Length;
    }

    /// <summary>An instant: by hand as most are written, with seconds and in UTC.</summary>
    private static bool TryInstant(ReadOnlySpan<byte> text, out DateTimeOffset instant)
    {
        if (text.Length == "2026-01-01T00:00:00Z".Length
            && (text[4], text[7], text[10], text[13], text[16], text[19]) == ('-', '-', 'T', ':', ':', 'Z')
            && TryTwo(text, 0, out int century)
            && TryTwo(text, 2, out int year)
            && TryTwo(text, 5, out int month)
            && TryTwo(text, 8, out int day)
            && TryTwo(text, 11, out int hour)
            && TryTwo(text, 14, out int minute)
            && TryTwo(text, 17, out int second)
            && (century * 100) + year is > 0 and var full
            && month is >= 1 and <= 12
            && day >= 1
            && day <= DateTime.DaysInMonth(full, month)
            && hour < 24
            && minute < 60
            && second < 60)
        {
            instant = new DateTimeOffset(full, month, day, hour, minute, second, TimeSpan.Zero);
            return true;
        }

        return InstantFormat.TryParse(Encoding.ASCII.GetString(text), out instant);
    }

    private static bool TryTwo(ReadOnlySpan<byte> text, int at, out int number)
    {
        (int tens, int ones) = (text[at] - '0', text[at + 1] - '0');
        number = (tens * 10) + ones;
        return tens is >= 0 and <= 9 && ones is >= 0 and <= 9;
    }
}
