using System.Buffers.Binary;
using System.Security.Cryptography;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Redis.Commands;

/// <summary>What was reserved or settled in 64 bits, whatever the order of the charges: to tell a repetition from another call.</summary>
internal static class Fingerprint
{
    private const int Size = 8;

    /// <summary>Of all charges.</summary>
    internal static string OfReserved(ReadOnlySpan<AccountCharge> charges) => Of(charges, skipsNothing: false);

    /// <summary>Of the charges that spent something: an account that is not named spent nothing.</summary>
    internal static string OfSettled(ReadOnlySpan<AccountCharge> charges) => Of(charges, skipsNothing: true);

    private static string Of(ReadOnlySpan<AccountCharge> charges, bool skipsNothing)
    {
        int[] order = new int[charges.Length];
        int count = 0;
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
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> numbers = stackalloc byte[2 * sizeof(long)];
        for (int i = 0; i < count; i++)
        {
            ref readonly AccountCharge charge = ref charges[order[i]];
            byte[] name = StoreKeys.Bytes(charge.Account);
            BinaryPrimitives.WriteInt64LittleEndian(numbers, name.Length);
            BinaryPrimitives.WriteInt64LittleEndian(numbers[sizeof(long)..], charge.Amount);
            hash.AppendData(numbers);
            hash.AppendData(name);
        }

        return Convert.ToBase64String(hash.GetHashAndReset().AsSpan(0, Size)).TrimEnd('=');
    }
}
