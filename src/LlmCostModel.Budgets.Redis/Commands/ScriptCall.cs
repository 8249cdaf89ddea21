using System.Globalization;
using LlmCostModel.Budgets.Redis.Scripts;
using LlmCostModel.Budgets.Stores;
using StackExchange.Redis;

namespace LlmCostModel.Budgets.Redis.Commands;

/// <summary>A script with the keys and values of one command, see <c>Books.lua</c>.</summary>
internal sealed class ScriptCall
{
    private const int Header = 9;
    private const int ValuesOfACharge = 7;

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
        RedisKey[] names = new RedisKey[2 + (2 * charges.Length) + (entry.IsEmpty ? 0 : 1)];
        RedisValue[] values = new RedisValue[Header + (ValuesOfACharge * charges.Length)];
        (names[0], names[1]) = (keys.Head, keys.Call(id));
        (values[0], values[1], values[2]) = (settings.NextEpoch(), settings.Retention, settings.WindowRetention);
        (values[3], values[4], values[5]) = (StoreKeys.Bytes(id), first, second);
        (values[6], values[7], values[8]) = (charges.Length, showsStates ? 1 : 0, entry.IsEmpty ? RedisValue.EmptyString : entry);
        for (int i = 0; i < charges.Length; i++)
        {
            ref readonly AccountCharge charge = ref charges[i];
            string account = StoreKeys.Encode(charge.Account);
            names[2 + (2 * i)] = keys.Sums(account);
            names[3 + (2 * i)] = keys.Holds(account);
            Span<RedisValue> of = values.AsSpan(Header + (ValuesOfACharge * i), ValuesOfACharge);
            (of[0], of[1], of[2], of[3]) = (account, Period(charge.Period), charge.Amount, charge.Floor);
            of[4] = charge.Limit is { } limit ? limit : RedisValue.EmptyString;
            (of[5], of[6]) = (charge.MaxRollover, Observed(in charge, account));
        }

        if (!entry.IsEmpty)
        {
            names[^1] = keys.Log;
        }

        return new ScriptCall(keys, script, names, values, !entry.IsEmpty);
    }

    /// <summary>The same call with the keys of further accounts, which the call was reserved in.</summary>
    internal ScriptCall With(string[] encoded)
    {
        int before = Keys.Length - (_hasEntry ? 1 : 0);
        RedisKey[] names = new RedisKey[Keys.Length + (2 * encoded.Length)];
        Keys.AsSpan(0, before).CopyTo(names);
        for (int i = 0; i < encoded.Length; i++)
        {
            names[before + (2 * i)] = _keys.Sums(encoded[i]);
            names[before + (2 * i) + 1] = _keys.Holds(encoded[i]);
        }

        if (_hasEntry)
        {
            names[^1] = Keys[^1];
        }

        return new ScriptCall(_keys, Script, names, [.. Values, .. encoded.Select(account => (RedisValue)account)], _hasEntry);
    }

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
