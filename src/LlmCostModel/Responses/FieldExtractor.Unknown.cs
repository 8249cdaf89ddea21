using System.Text;
using System.Text.Json;

namespace LlmCostModel;

/// <content>What is not listed: skipped, unless it stands in a usage block and may be a count.</content>
internal ref partial struct FieldExtractor
{
    /// <summary>Goes behind the value of a name that is not listed. In a usage block, a number other than zero under a name like that of a
    /// count is kept, because it may be billed.</summary>
    private void SkipUnknown(JsonScope scope, string inside, ref RawUsage raw)
    {
        ReadOnlySpan<byte> name = Name();
        if (LikelyCounts.AreOfLibrary(scope, name))
        {
            _json.Read();
            if (_json.TokenType == JsonTokenType.Number && IsNumberButZero())
            {
                Keep(inside, name, default, ref raw);
            }

            _json.Skip();
            return;
        }

        bool areAll = LikelyCounts.AreAllCounted(scope);
        if (!LikelyCounts.AreCounted(scope) || (!areAll && LikelyCounts.HaveNoPrice(name)))
        {
            _json.Skip();
            return;
        }

        bool isCount = areAll || LikelyCounts.LooksLikeCount(name) || (LikelyCounts.AreTokens(scope) && !LikelyCounts.IsMoney(name));
        _json.Read();
        if (_json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            ScanUnknown(inside, name, isCount, areAll, ref raw);
        }
        else if (isCount && IsNumberButZero())
        {
            Keep(inside, name, default, ref raw);
        }
    }

    /// <summary>Looks for counts in an object or a list that is not listed.</summary>
    private void ScanUnknown(string inside, ReadOnlySpan<byte> outer, bool isCount, bool areAll, ref RawUsage raw)
    {
        ReadOnlySpan<byte> name = default;
        bool isNameOfCount = false;
        bool isPriced = true;
        int end = _json.CurrentDepth;
        while (_json.Read() && _json.CurrentDepth > end)
        {
            if (_json.TokenType == JsonTokenType.PropertyName)
            {
                name = _json.ValueSpan;
                isNameOfCount = LikelyCounts.LooksLikeCount(name);
                isPriced = areAll || !LikelyCounts.HaveNoPrice(name);
                if (!isPriced)
                {
                    _json.Skip();
                }
            }
            else if (isPriced && (isCount || isNameOfCount) && IsNumberButZero())
            {
                Keep(inside, outer, name, ref raw);
            }
        }
    }

    private readonly ReadOnlySpan<byte> Name() => _json.ValueSpan;

    private readonly bool IsNumberButZero() =>
        _json.TokenType == JsonTokenType.Number
            ? _json.ValueSpan.IndexOfAnyInRange((byte)'1', (byte)'9') >= 0
            : _json.TokenType == JsonTokenType.String
                && _json.ValueSpan.Length is > 0 and < 20
                && !_json.ValueSpan.ContainsAnyExceptInRange((byte)'.', (byte)'9')
                && _json.ValueSpan.IndexOfAnyInRange((byte)'1', (byte)'9') >= 0;

    private readonly void Keep(string inside, ReadOnlySpan<byte> outer, ReadOnlySpan<byte> inner, ref RawUsage raw)
    {
        StringBuilder path = new(inside);
        Append(path, outer);
        Append(path, inner);
        (raw.Unknown ??= new()).Add(path.ToString(), Encoding.UTF8.GetString(_json.ValueSpan));

        static void Append(StringBuilder path, ReadOnlySpan<byte> name)
        {
            if (!name.IsEmpty)
            {
                const int Longest = 60;
                path.Append(path.Length == 0 ? "" : ".").Append(Encoding.UTF8.GetString(name[..Math.Min(name.Length, Longest)]));
            }
        }
    }
}
