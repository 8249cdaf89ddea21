using System.Runtime.CompilerServices;
using System.Text;
using static LlmCostModel.Logs.PlainJson;

namespace LlmCostModel.Logs;

/// <summary>Reads usage records as most of them are: texts without escapes, whole numbers, each member once. Of any other it reads nothing,
/// and <see cref="UsageRecordReader"/> does, with the same result.</summary>
/// <remarks>Logs have millions of these; without a document they are read several times as fast (LogReaderBenchmarks).</remarks>
/// <param name="asked">What is known of every call.</param>
/// <param name="requestedModel">The model that is said of the log.</param>
internal sealed class UsageLine(CallContext asked, string? requestedModel)
{
    private static readonly (byte[] Name, TokenBucket Bucket)[][] BucketsByLength = ByLength();

    private readonly TextCache _texts = new();
    private readonly long[] _counts = new long[TokenBuckets.All.Length];
    private string? _id;
    private string? _model;
    private string? _provider;
    private string? _region;
    private string? _tier;
    private DateTimeOffset? _at;
    private Dictionary<string, string>? _tags;

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
        (_id, _model, _provider, _region, _tier, _at, _tags) = (null, null, null, null, null, null, null);
        tags = null;
        if (!IsPlain(json)
            || !TryRead(json)
            || string.IsNullOrWhiteSpace(_model)
            || (_tier is not null && string.IsNullOrWhiteSpace(_tier)))
        {
            return null;
        }

        tags = _tags;
        return Build();
    }

    private bool TryRead(ReadOnlySpan<byte> json)
    {
        int at = 0;
        if (!Take(json, ref at, (byte)'{'))
        {
            return false;
        }

        uint seen = 0;
        do
        {
            if (!TakeText(json, ref at, out ReadOnlySpan<byte> name) || !Take(json, ref at, (byte)':'))
            {
                return false;
            }

            Field field = FieldOf(name);
            uint bit = 1u << (int)field;
            if (field == Field.Unknown || (seen & bit) != 0 || !TakeValue(json, ref at, field))
            {
                return false;
            }

            seen |= bit;
        }
        while (Take(json, ref at, (byte)','));
        return Take(json, ref at, (byte)'}') && IsEnd(json, at) && (seen & (1u << (int)Field.Usage)) != 0;
    }

    private bool TakeValue(ReadOnlySpan<byte> json, ref int at, Field field)
    {
        if (field == Field.Usage)
        {
            return TakeUsage(json, ref at);
        }

        if (field == Field.Tags)
        {
            return TakeTags(json, ref at);
        }

        if (!TakeText(json, ref at, out ReadOnlySpan<byte> text))
        {
            return false;
        }

        switch (field)
        {
            case Field.Id:
                _id = Encoding.ASCII.GetString(text);
                break;
            case Field.Model:
                _model = _texts.Get(text);
                break;
            case Field.Provider:
                _provider = _texts.Get(text);
                break;
            case Field.Region:
                _region = _texts.Get(text);
                break;
            case Field.Tier:
                _tier = _texts.Get(text);
                break;
            default:
                bool isInstant = TryInstant(text, out DateTimeOffset instant);
                _at = instant;
                return isInstant;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // The reading is large, and is made only when all is there.
    private ModelCall Build() => new()
    {
        Identity = new CallIdentity { ResponseId = _id },
        RequestedModel = requestedModel,
        Asked = asked,
        Reading = new UsageReading
        {
            Status = UsageStatus.Complete,
            Origin = UsageOrigin.Application,
            Model = _model,
            Usage = UsageOf(_counts),
            Served = new CallContext
            {
                Batch = _tier is null ? null : _tier.Equals("batch", StringComparison.OrdinalIgnoreCase),
                At = _at,
                Provider = _provider,
                Region = _region,
                Tier = _tier,
            },
        },
    };

    private static TokenUsage UsageOf(long[] counts)
    {
        TokenUsage usage = new()
        {
            Input = counts[(int)TokenBucket.Input],
            CacheRead = counts[(int)TokenBucket.CacheRead],
            Output = counts[(int)TokenBucket.Output],
            Reasoning = counts[(int)TokenBucket.Reasoning],
        };
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] != usage[(TokenBucket)i])
            {
                usage = usage.With((TokenBucket)i, counts[i]);
            }
        }

        return usage;
    }

    private static (byte[] Name, TokenBucket Bucket)[][] ByLength()
    {
        ILookup<int, (byte[], TokenBucket)> rows =
            TokenBuckets.All.ToLookup(row => row.JsonName.Length, row => (Encoding.ASCII.GetBytes(row.JsonName), row.Bucket));
        return [.. Enumerable.Range(0, rows.Max(row => row.Key) + 1).Select(length => rows[length].ToArray())];
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

    private bool TakeUsage(ReadOnlySpan<byte> json, ref int at)
    {
        if (!Take(json, ref at, (byte)'{'))
        {
            return false;
        }

        uint seen = 0;
        Array.Clear(_counts);
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
            _counts[(int)bucket] = count;
        }
        while (Take(json, ref at, (byte)','));
        return Take(json, ref at, (byte)'}');
    }

    private static TokenBucket? FindBucket(ReadOnlySpan<byte> name)
    {
        foreach ((byte[] known, TokenBucket bucket) in name.Length < BucketsByLength.Length ? BucketsByLength[name.Length] : [])
        {
            if (name.SequenceEqual(known))
            {
                return bucket;
            }
        }

        return null;
    }

    private bool TakeTags(ReadOnlySpan<byte> json, ref int at)
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
                || !(_tags ??= []).TryAdd(_texts.Get(name), _texts.Get(value)))
            {
                return false;
            }
        }
        while (Take(json, ref at, (byte)','));
        return Take(json, ref at, (byte)'}');
    }
}
