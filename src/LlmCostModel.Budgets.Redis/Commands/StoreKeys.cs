using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LlmCostModel.Budgets.Redis.Commands;

/// <summary>The names of keys. What users write is encoded, so that no name can move a key to another slot or be another one's.</summary>
internal sealed class StoreKeys(string prefix, string partition)
{
    /// <summary>Longer names are replaced by their hash, whose sign is in no other name.</summary>
    private const int LongestName = 96;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private readonly string _call = $"{prefix}:{{{partition}}}:c:";
    private readonly string _sums = $"{prefix}:{{{partition}}}:s:";
    private readonly string _holds = $"{prefix}:{{{partition}}}:h:";

    internal string Head { get; } = $"{prefix}:{{{partition}}}:head";

    internal string Log { get; } = $"{prefix}:{{{partition}}}:log";

    internal string Call(string id) => _call + Encode(id);

    internal string Sums(string encoded) => _sums + encoded;

    internal string Holds(string encoded) => _holds + encoded;

    /// <summary>A name of letters, digits and <c>._-%#</c> that is no other text's.</summary>
    internal static string Encode(string name)
    {
        if (name.Length <= LongestName && !name.AsSpan().ContainsAnyExcept(Plain))
        {
            return name;
        }

        byte[] text = Bytes(name);
        StringBuilder encoded = new();
        foreach (byte one in text)
        {
            if (one < 128 && Plain.Contains((char)one))
            {
                encoded.Append((char)one);
            }
            else
            {
                encoded.Append('%').Append(one.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return encoded.Length <= LongestName ? encoded.ToString() : "#" + Convert.ToHexString(SHA256.HashData(text));
    }

    internal static byte[] Bytes(string name)
    {
        try
        {
            return Strict.GetBytes(name);
        }
        catch (EncoderFallbackException half)
        {
            throw new ArgumentException(
                "An id or the name of an account has half of a character (a lone surrogate). It has to be text.", half);
        }
    }
}
