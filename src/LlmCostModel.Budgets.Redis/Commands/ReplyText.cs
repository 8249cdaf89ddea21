using System.Globalization;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Redis.Commands;

/// <summary>The answer of a script, word by word.</summary>
internal struct ReplyText(string text)
{
    private const string Need = "need ";
    private int _at;

    /// <summary>The accounts whose keys were missing; <see langword="null"/> when the script was carried out.</summary>
    internal static string[]? Missing(string text) =>
        text.StartsWith(Need, StringComparison.Ordinal) ? text[Need.Length..].Split(' ') : null;

    internal int Word() => int.Parse(Next(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>The epoch, the sequence, and the time as the server says it, in seconds and microseconds.</summary>
    internal StoreStamp Stamp(StoreSettings settings)
    {
        ReadOnlySpan<char> epoch = Next();
        long sequence = Number(Next()), seconds = Number(Next());
        return settings.Stamp(epoch, sequence, (seconds * 1000) + (Number(Next()) / 1000));
    }

    /// <summary>Places of accounts as bits.</summary>
    internal ulong Places()
    {
        ReadOnlySpan<char> places = Next();
        ulong bits = 0;
        while (places.IndexOf(',') is > 0 and var comma)
        {
            int place = int.Parse(places[..comma], NumberStyles.None, CultureInfo.InvariantCulture);
            bits |= place < 64 ? 1UL << place : 0;
            places = places[(comma + 1)..];
        }

        return bits;
    }

    internal bool TryState(out AccountState state)
    {
        ReadOnlySpan<char> one = Next();
        if (one.Length < 2)
        {
            state = default;
            return one.Length == 1;
        }

        long settled = Sum(Cut(ref one, ':')), held = Sum(Cut(ref one, ':'));
        ReadOnlySpan<char> limit = Cut(ref one, ':');
        state = AccountState.Create(settled, held, limit.IsEmpty ? null : Number(limit), Number(one));
        return true;
    }

    internal void States(Span<AccountState> states)
    {
        for (int i = 0; i < states.Length && TryState(out AccountState state); i++)
        {
            states[i] = state;
        }
    }

    internal static long Number(ReadOnlySpan<char> number) =>
        long.Parse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private ReadOnlySpan<char> Next()
    {
        ReadOnlySpan<char> rest = text.AsSpan(Math.Min(_at, text.Length));
        ReadOnlySpan<char> word = Cut(ref rest, ' ');
        _at += word.Length + 1;
        return word;
    }

    /// <summary>A sum that is too large for the numbers of a script comes as its parts.</summary>
    private static long Sum(ReadOnlySpan<char> parts)
    {
        long sum = 0;
        while (!parts.IsEmpty)
        {
            sum += Number(Cut(ref parts, '+'));
        }

        return sum;
    }

    private static ReadOnlySpan<char> Cut(scoped ref ReadOnlySpan<char> text, char at)
    {
        int place = text.IndexOf(at);
        ReadOnlySpan<char> word = place < 0 ? text : text[..place];
        text = place < 0 ? [] : text[(place + 1)..];
        return word;
    }
}
