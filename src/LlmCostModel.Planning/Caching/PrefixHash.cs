using System.Numerics;
using System.Runtime.InteropServices;

namespace LlmCostModel.Planning;

/// <summary>Identifies a prefix by 128 bits, extended segment by segment.</summary>
/// <remarks>
/// The body of MurmurHash3 x64-128 (Austin Appleby, public domain, https://github.com/aappleby/smhasher). One step is a bijection of the
/// state for a given segment and of
/// the segment for a given state, so two prefixes that differ in one place never collide; among 10^9 others the chance that any two do is
/// 10^-21.
/// </remarks>
internal static class PrefixHash
{
    private const ulong C1 = 0x87c37b91114253d5;
    private const ulong C2 = 0x4cf5ad432745937f;

    internal static UInt128 Extend(UInt128 prefix, UInt128 segment)
    {
        unchecked
        {
            ulong h1 = (ulong)prefix;
            ulong h2 = (ulong)(prefix >> 64);
            h1 ^= BitOperations.RotateLeft((ulong)segment * C1, 31) * C2;
            h1 = ((BitOperations.RotateLeft(h1, 27) + h2) * 5) + 0x52dce729;
            h2 ^= BitOperations.RotateLeft((ulong)(segment >> 64) * C2, 33) * C1;
            h2 = ((BitOperations.RotateLeft(h2, 31) + h1) * 5) + 0x38495ab5;
            return new UInt128(h2, h1);
        }
    }

    internal static UInt128 OfText(ReadOnlySpan<char> text)
    {
        UInt128 hash = (UInt128)text.Length;
        Span<char> block = stackalloc char[8];
        for (; !text.IsEmpty; text = text[Math.Min(8, text.Length)..])
        {
            block.Clear();
            text[..Math.Min(8, text.Length)].CopyTo(block);
            hash = Extend(hash, MemoryMarshal.Read<UInt128>(MemoryMarshal.AsBytes(block)));
        }

        return hash;
    }
}
