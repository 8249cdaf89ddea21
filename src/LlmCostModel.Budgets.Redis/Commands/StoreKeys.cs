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

    private const char HashSign = '#';

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private readonly string _call = $"{prefix}:{{{partition}}}:c:";
    private readonly string _sums = $"{prefix}:{{{partition}}}:s:";
    private readonly string _holds = $"{prefix}:{{{partition}}}:h:";

    internal string Head { get; } = $"{prefix}:{{{partition}}}:head";

    internal string Log { get; } = $"{prefix}:{{{partition}}}:log";

    /// <summary>Gets the pattern of the keys of all sums; no sign that a prefix or a partition can have means something in it.</summary>
    internal string AnySums => _sums + "*";

    internal string Call(string encoded) => _call + encoded;

    internal string Sums(string encoded) => _sums + encoded;

    internal string Holds(string encoded) => _holds + encoded;

    /// <summary>A name of letters, digits and <c>._-%#</c> that is no other text's.</summary>
    internal static string Encode(string name)
    {
        if (name.Length <= LongestName && !name.AsSpan().ContainsAnyExcept(Plain))
        {
            return name;
        }

        if (name.Length > LongestName)
        {
            return Encode(Bytes(name));
        }

        Span<byte> text = stackalloc byte[LongestOf(name)];
        return Encode(text[..Write(name, text)]);
    }

    /// <summary>The name of the account of a key of sums; <see langword="null"/> where the key has its hash.</summary>
    internal string? NameOf(string sums) => IsHash(sums[_sums.Length..]) ? null : Uri.UnescapeDataString(sums[_sums.Length..]);

    /// <summary>Whether an encoded name is a hash, so that nobody can tell the name.</summary>
    internal static bool IsHash(string encoded) => encoded.StartsWith(HashSign);

    /// <summary>The most bytes that a text has.</summary>
    internal static int LongestOf(string name) => Strict.GetMaxByteCount(name.Length);

    /// <summary>Writes a text, and says how many bytes it has.</summary>
    internal static int Write(string name, Span<byte> bytes)
    {
        try
        {
            return Strict.GetBytes(name, bytes);
        }
        catch (EncoderFallbackException half)
        {
            throw IsHalf(half);
        }
    }

    internal static byte[] Bytes(string name)
    {
        try
        {
            return Strict.GetBytes(name);
        }
        catch (EncoderFallbackException half)
        {
            throw IsHalf(half);
        }
    }

    private static string Encode(ReadOnlySpan<byte> text)
    {
        Span<char> encoded = stackalloc char[LongestName + 2];
        int length = 0;
        for (int i = 0; i < text.Length && length <= LongestName; i++)
        {
            if (text[i] < 128 && Plain.Contains((char)text[i]))
            {
                encoded[length++] = (char)text[i];
                continue;
            }

            if (length > LongestName - 3)
            {
                length = LongestName + 1;
                break;
            }

            encoded[length] = '%';
            text[i].TryFormat(encoded[(length + 1)..], out _, "X2", CultureInfo.InvariantCulture);
            length += 3;
        }

        return length <= LongestName ? new string(encoded[..length]) : HashSign + Convert.ToHexString(SHA256.HashData(text));
    }

    private static ArgumentException IsHalf(EncoderFallbackException half) =>
        new("An id or the name of an account has half of a character (a lone surrogate). It has to be text.", half);
}
