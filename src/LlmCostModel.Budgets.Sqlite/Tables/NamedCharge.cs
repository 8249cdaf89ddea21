using System.Text;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Sqlite.Tables;

/// <summary>A charge with the name of its account as the file has it.</summary>
internal sealed class NamedCharge(AccountCharge charge)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal readonly AccountCharge Charge = charge;
    internal readonly byte[] Account = Encode(charge.Account);

    /// <summary>Copies charges: the caller may change them while a command waits.</summary>
    internal static NamedCharge[] Of(ReadOnlyMemory<AccountCharge> charges)
    {
        NamedCharge[] named = new NamedCharge[charges.Length];
        for (int i = 0; i < named.Length; i++)
        {
            named[i] = new NamedCharge(charges.Span[i]);
        }

        return named;
    }

    internal static byte[] Encode(string name)
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

    /// <summary>Finds the first charge whose windows do not have the instant; -1 for none.</summary>
    internal static int FindStale(NamedCharge[] charges, long now) =>
        Array.FindIndex(charges, charge => !charge.Charge.Period.TryFind(now, out _));

    internal static NamedCharge? Find(NamedCharge[] charges, byte[] account)
    {
        foreach (NamedCharge charge in charges)
        {
            if (account.AsSpan().SequenceEqual(charge.Account))
            {
                return charge;
            }
        }

        return null;
    }
}
