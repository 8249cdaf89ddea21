using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Redis.Commands;

/// <summary>What was reserved or settled in 64 bits, whatever the order of the charges: to tell a repetition from another call.</summary>
internal static class Fingerprint
{
    private const int Size = 8;

    /// <summary>How many characters it has: in Base64 without the sign that fills it up.</summary>
    private const int Shown = 11;

    private const int Numbers = 2 * sizeof(long);
    private const int OnTheStack = 16;

    /// <summary>Of all charges.</summary>
    internal static string OfReserved(ReadOnlySpan<AccountCharge> charges) => Of(charges, skipsNothing: false);

    /// <summary>Of the charges that spent something: an account that is not named spent nothing.</summary>
    internal static string OfSettled(ReadOnlySpan<AccountCharge> charges) => Of(charges, skipsNothing: true);

    private static string Of(ReadOnlySpan<AccountCharge> charges, bool skipsNothing)
    {
        Span<int> order = charges.Length <= OnTheStack ? stackalloc int[OnTheStack] : new int[charges.Length];
        int count = 0, longest = 0;
        for (int i = 0; i < charges.Length; i++)
        {
            if (skipsNothing && charges[i].Amount == 0)
            {
                continue;
            }

            int place = count++;
            for (; place > 0 && string.CompareOrdinal(charges[order[place - 1]].Account, charges[i].Account) > 0; place--)
            {
                order[place] = order[place - 1];
            }

            order[place] = i;
            longest += Numbers + StoreKeys.LongestOf(charges[i].Account);
        }

        // In one piece: a hash that is fed piece by piece costs several times as much.
        byte[] text = ArrayPool<byte>.Shared.Rent(longest);
        try
        {
            int length = 0;
            foreach (int place in order[..count])
            {
                int name = StoreKeys.Write(charges[place].Account, text.AsSpan(length + Numbers));
                BinaryPrimitives.WriteInt64LittleEndian(text.AsSpan(length), name);
                BinaryPrimitives.WriteInt64LittleEndian(text.AsSpan(length + sizeof(long)), charges[place].Amount);
                length += Numbers + name;
            }

            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(text.AsSpan(0, length), hash);
            Span<char> shown = stackalloc char[Shown + 1];
            Convert.TryToBase64Chars(hash[..Size], shown, out _);
            return new string(shown[..Shown]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }
}
