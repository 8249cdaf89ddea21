using System.Runtime.InteropServices;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Redis.Commands;

/// <summary>What was reserved or settled in 64 bits, whatever the order of the charges: to tell a repetition from another call of the same
/// caller under the same id. Nobody gains by two that are alike, so it need not withstand anyone; SHA-256 cost as much as a fifth of the
/// rest of a command.</summary>
internal static class Fingerprint
{
    private const ulong Basis = 14_695_981_039_346_656_037; // FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
    private const ulong Prime = 1_099_511_628_211;

    /// <summary>Of all charges.</summary>
    internal static string OfReserved(ReadOnlySpan<AccountCharge> charges) => Of(charges, skipsNothing: false);

    /// <summary>Of the charges that spent something: an account that is not named spent nothing.</summary>
    internal static string OfSettled(ReadOnlySpan<AccountCharge> charges) => Of(charges, skipsNothing: true);

    private static string Of(ReadOnlySpan<AccountCharge> charges, bool skipsNothing)
    {
        ulong all = 0;
        foreach (ref readonly AccountCharge charge in charges)
        {
            if (!skipsNothing || charge.Amount != 0)
            {
                all = unchecked(all + Mix(Hash(charge.Account) ^ Mix(unchecked((ulong)charge.Amount + Prime))));
            }
        }

        return Convert.ToBase64String(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in all)))[..^1]; // without the sign that fills it up
    }

    private static ulong Hash(string name)
    {
        ulong hash = Basis;
        foreach (char sign in name)
        {
            hash = unchecked((hash ^ sign) * Prime);
        }

        return hash;
    }

    /// <summary>Spreads every bit over all: the last step of MurmurHash3, https://github.com/aappleby/smhasher.</summary>
    private static ulong Mix(ulong bits)
    {
        bits ^= bits >> 33;
        bits = unchecked(bits * 0xFF51_AFD7_ED55_8CCD);
        bits ^= bits >> 33;
        bits = unchecked(bits * 0xC4CE_B9FE_1A85_EC53);
        return bits ^ (bits >> 33);
    }
}
