using System.Text;
using static LlmCostModel.Logs.PlainJson;

namespace LlmCostModel.Logs;

/// <summary>Finds what a usage record states that is written as most are: texts without escapes, whole numbers, each member once. Makes
/// nothing of it: of texts it keeps where they stand.</summary>
internal sealed class UsageScan : LineScan
{
    private const int MostTags = 16;

    private static readonly (byte[] Name, TokenBucket Bucket)[][] BucketsByLength = ByLength();

    private readonly (TextRange Name, TextRange Value)[] _tags = new (TextRange, TextRange)[MostTags];
    private readonly UsageTemplate _template = new();
    private int _tagCount;

    /// <inheritdoc/>
    public override int TagCount => _tagCount;

    /// <inheritdoc/>
    public override bool TryRead(ReadOnlySpan<byte> line) =>
        IsPlain(line) && (_template.TryMatch(line) ? TakeMatched(line) : TryReadMembers(line));

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> TagName(int tag, ReadOnlySpan<byte> line) => _tags[tag].Name.In(line);

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> TagValue(int tag, ReadOnlySpan<byte> line) => _tags[tag].Value.In(line);

    /// <summary>Takes the values of a record that has the same members as the one before.</summary>
    private bool TakeMatched(ReadOnlySpan<byte> json)
    {
        // What the record before has not is still not there, and its tags have the same names.
        int tag = 0;
        foreach (ref readonly UsageTemplate.Value value in _template.Values)
        {
            if (value.Field == LineField.Usage)
            {
                Values[value.Bucket] = value.Count;
            }
            else if (value.Field == LineField.Tags)
            {
                ref (TextRange Name, TextRange Value) own = ref _tags[tag++];
                own = (new(value.Text.Start - value.ToName, own.Name.Length), value.Text);
            }
            else if (!TrySet(value.Field, value.Text, json))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryReadMembers(ReadOnlySpan<byte> json)
    {
        (Id, Model, Provider, Region, Tier, At, _tagCount) = (default, default, default, default, default, null, 0);
        _template.Clear();
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

            LineField field = FieldOf(name);
            uint bit = 1u << (int)field;
            if (field == LineField.Unknown || (seen & bit) != 0 || !TakeValue(json, ref at, field))
            {
                return false;
            }

            seen |= bit;
        }
        while (Take(json, ref at, (byte)','));
        if (!Take(json, ref at, (byte)'}') || !IsEnd(json, at) || (seen & (1u << (int)LineField.Usage)) == 0)
        {
            return false;
        }

        _template.End(json);
        return true;
    }

    private bool TakeValue(ReadOnlySpan<byte> json, ref int at, LineField field)
    {
        if (field == LineField.Usage)
        {
            return TakeUsage(json, ref at);
        }

        if (field == LineField.Tags)
        {
            return TakeTags(json, ref at);
        }

        if (!TakeText(json, ref at, out ReadOnlySpan<byte> text))
        {
            return false;
        }

        TextRange range = new(at - 1 - text.Length, text.Length);
        _template.Add(field, range, bucket: 0, toName: 0);
        return TrySet(field, range, json);
    }

    private bool TrySet(LineField field, TextRange range, ReadOnlySpan<byte> json)
    {
        if (TrySetText(field, range))
        {
            return true;
        }

        bool isInstant = TryInstant(range.In(json), out DateTimeOffset instant);
        At = instant;
        return isInstant;
    }

    private bool TakeUsage(ReadOnlySpan<byte> json, ref int at)
    {
        if (!Take(json, ref at, (byte)'{'))
        {
            return false;
        }

        uint seen = 0;
        Values.Clear();
        do
        {
            if (!TakeText(json, ref at, out ReadOnlySpan<byte> name)
                || !Take(json, ref at, (byte)':')
                || FindBucket(name) is not (>= 0 and var bucket)
                || (seen & (1u << bucket)) != 0
                || !TakeCount(json, ref at, out long count))
            {
                return false;
            }

            seen |= 1u << bucket;
            Values[bucket] = count;
            _template.Add(LineField.Usage, PlainJson.LastCount(json, at), bucket, toName: 0);
        }
        while (Take(json, ref at, (byte)','));
        return Take(json, ref at, (byte)'}');
    }

    private bool TakeTags(ReadOnlySpan<byte> json, ref int at)
    {
        if (!Take(json, ref at, (byte)'{'))
        {
            return false;
        }

        do
        {
            if (_tagCount == MostTags
                || !TakeText(json, ref at, out ReadOnlySpan<byte> name)
                || IsTag(json, name))
            {
                return false;
            }

            TextRange named = new(at - 1 - name.Length, name.Length);
            if (!Take(json, ref at, (byte)':') || !TakeText(json, ref at, out ReadOnlySpan<byte> value))
            {
                return false;
            }

            TextRange valued = new(at - 1 - value.Length, value.Length);
            _tags[_tagCount++] = (named, valued);
            _template.Add(LineField.Tags, valued, bucket: 0, toName: valued.Start - named.Start);
        }
        while (Take(json, ref at, (byte)','));
        return Take(json, ref at, (byte)'}');
    }

    private bool IsTag(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        foreach ((TextRange known, _) in _tags.AsSpan(0, _tagCount))
        {
            if (known.In(json).SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    private static (byte[] Name, TokenBucket Bucket)[][] ByLength()
    {
        ILookup<int, (byte[], TokenBucket)> rows =
            TokenBuckets.All.ToLookup(row => row.JsonName.Length, row => (Encoding.ASCII.GetBytes(row.JsonName), row.Bucket));
        return [.. Enumerable.Range(0, rows.Max(row => row.Key) + 1).Select(length => rows[length].ToArray())];
    }

    private static LineField FieldOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => name.SequenceEqual("id"u8) ? LineField.Id : name.SequenceEqual("at"u8) ? LineField.At : LineField.Unknown,
        4 => name.SequenceEqual("tier"u8) ? LineField.Tier : name.SequenceEqual("tags"u8) ? LineField.Tags : LineField.Unknown,
        5 => name.SequenceEqual("model"u8) ? LineField.Model : name.SequenceEqual("usage"u8) ? LineField.Usage : LineField.Unknown,
        6 => name.SequenceEqual("region"u8) ? LineField.Region : LineField.Unknown,
        8 => name.SequenceEqual("provider"u8) ? LineField.Provider : LineField.Unknown,
        _ => LineField.Unknown,
    };

    private static int FindBucket(ReadOnlySpan<byte> name)
    {
        if (name.Length < BucketsByLength.Length)
        {
            foreach ((byte[] known, TokenBucket bucket) in BucketsByLength[name.Length])
            {
                if (name.SequenceEqual(known))
                {
                    return (int)bucket;
                }
            }
        }

        return -1;
    }
}
