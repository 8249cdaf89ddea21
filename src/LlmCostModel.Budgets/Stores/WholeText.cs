using System.Buffers;

namespace LlmCostModel.Budgets.Stores;

/// <summary>Whether a text is one that every store can keep: half of a character has no bytes of its own, so two names could become
/// one.</summary>
internal static class WholeText
{
    private static readonly SearchValues<char> Surrogates =
        SearchValues.Create([.. Enumerable.Range('\ud800', 0x800).Select(code => (char)code)]);

    internal static bool Is(string text)
    {
        for (int i = FirstSurrogate(text, 0); i >= 0; i = FirstSurrogate(text, i + 2))
        {
            if (!char.IsSurrogatePair(text, i))
            {
                return false;
            }
        }

        return true;
    }

    private static int FirstSurrogate(string text, int from)
    {
        int found = text.AsSpan(from).IndexOfAny(Surrogates);
        return found < 0 ? -1 : from + found;
    }
}
