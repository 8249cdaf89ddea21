using System.Globalization;
using LlmCostModel.Budgets.Redis.Scripts;
using LlmCostModel.Budgets.Stores;
using StackExchange.Redis;

namespace LlmCostModel.Budgets.Redis.Commands;

/// <summary>A script with the keys and values of one command, see <c>Books.lua</c>.</summary>
internal sealed class ScriptCall
{
    private const int Header = 6;

    /// <summary>Account, period, amount and limit; in full also floor, rollover and observed.</summary>
    private const int ValuesOfACharge = 4;
    private const int ValuesInFull = 7;

    private readonly StoreKeys _keys;
    private readonly bool _hasEntry;

    private ScriptCall(StoreKeys keys, Script script, RedisKey[] names, RedisValue[] values, bool hasEntry) =>
        (_keys, Script, Keys, Values, _hasEntry) = (keys, script, names, values, hasEntry);

    internal Script Script { get; }

    internal RedisKey[] Keys { get; }

    internal RedisValue[] Values { get; }

    internal static ScriptCall Of(
        StoreKeys keys, Script script, StoreSettings settings, string id, RedisValue first, RedisValue second,
        ReadOnlySpan<AccountCharge> charges = default, bool showsStates = false, ReadOnlyMemory<byte> entry = default)
    {
        bool hasEntry = !entry.IsEmpty, inFull = false;
        int more = hasEntry ? 1 : 0;
        RedisKey[] names = new RedisKey[2 + (2 * charges.Length) + more];
        string encoded = StoreKeys.Encode(id);
        (names[0], names[1]) = (keys.Head, keys.Call(encoded));
        string[] accounts = new string[charges.Length];
        for (int i = 0; i < charges.Length; i++)
        {
            ref readonly AccountCharge charge = ref charges[i];
            string account = accounts[i] = StoreKeys.Encode(charge.Account);
            (names[2 + (2 * i)], names[3 + (2 * i)]) = (keys.Sums(account), keys.Holds(account));
            inFull |= charge.Floor != 0 || charge.MaxRollover != 0 || charge.IsObserved || StoreKeys.IsHash(account);
        }

        int width = inFull ? ValuesInFull : ValuesOfACharge;
        RedisValue[] values = new RedisValue[Header + (width * charges.Length) + more];
        (values[0], values[1], values[2]) = (ReferenceEquals(encoded, id) ? id : StoreKeys.Bytes(id), first, second);
        (values[3], values[4], values[5]) = (charges.Length, Form(showsStates, inFull, hasEntry) + settings.Time, settings.Epoch);
        for (int i = 0; i < charges.Length; i++)
        {
            ref readonly AccountCharge charge = ref charges[i];
            Span<RedisValue> of = values.AsSpan(Header + (width * i), width);
            (of[0], of[1], of[2]) = (accounts[i], Period(charge.Period), charge.Amount);
            of[3] = charge.Limit is { } limit ? limit : RedisValue.EmptyString;
            if (inFull)
            {
                (of[4], of[5], of[6]) = (charge.Floor, charge.MaxRollover, Observed(in charge, accounts[i]));
            }
        }

        if (hasEntry)
        {
            (names[^1], values[^1]) = (keys.Log, entry);
        }

        return new ScriptCall(keys, script, names, values, hasEntry);
    }

    /// <summary>The same call with the keys of further accounts, which the call was reserved in.</summary>
    internal ScriptCall With(string[] encoded)
    {
        int more = _hasEntry ? 1 : 0; // the log and the entry stay at the end
        IEnumerable<RedisKey> further = encoded.SelectMany(account => new RedisKey[] { _keys.Sums(account), _keys.Holds(account) });
        RedisKey[] names = [.. Keys[..^more], .. further, .. Keys[^more..]];
        RedisValue[] values = [.. Values[..^more], .. encoded.Select(account => (RedisValue)account), .. Values[^more..]];
        return new ScriptCall(_keys, Script, names, values, _hasEntry);
    }

    /// <summary>The letters of what is there; mostly nothing.</summary>
    private static string Form(bool showsStates, bool inFull, bool hasEntry) => (showsStates, inFull, hasEntry) switch
    {
        (false, false, false) => "",
        (true, false, false) => "s",
        (false, true, false) => "x",
        (true, true, false) => "sx",
        _ => (showsStates ? "s" : "") + (inFull ? "x" : "") + "e",
    };

    /// <summary>Whether a charge is observed, and behind it the name of an account whose key does not say it.</summary>
    private static RedisValue Observed(in AccountCharge charge, string encoded) =>
        StoreKeys.IsHash(encoded) ? (charge.IsObserved ? "1" : "0") + charge.Account : charge.IsObserved ? 1 : 0;

    private static string Period(in AccountPeriod period) =>
        period.End == long.MaxValue ? "t"
        : period.Buckets > 0 ? string.Create(
            CultureInfo.InvariantCulture,
            $"{(period.IsChosen ? 'd' : 'r')}{period.End - period.Start}:{period.Buckets}:{(period.IsChosen ? period.Start : 0)}:0")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{(period.IsChosen ? 'c' : 'f')}{period.PreviousStart}:{period.Start}:{period.End}:{period.NextEnd}");
}
