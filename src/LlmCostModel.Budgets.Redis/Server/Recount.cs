using System.Globalization;
using LlmCostModel.Budgets.Redis.Commands;
using LlmCostModel.Budgets.Redis.Scripts;
using LlmCostModel.Budgets.Stores;
using StackExchange.Redis;

namespace LlmCostModel.Budgets.Redis.Server;

/// <summary>Counts anew what an account holds, in a script of its own. What was spent cannot be: of a settled call the server keeps that it
/// was, and nothing more.</summary>
internal sealed class Recount(IConnectionMultiplexer connection, StoreKeys keys, TimeSpan deadline)
{
    private readonly IDatabase _database = connection.GetDatabase();

    /// <param name="command">Which account, and whether it is repaired.</param>
    /// <param name="window">The window that is running.</param>
    /// <param name="asked">The stamp of the answer that said the time.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="BudgetStoreException">The server cannot answer, or not in time.</exception>
    internal async Task<VerifyReply> RunAsync(
        VerifyCommand command, AccountPeriod window, StoreStamp asked, CancellationToken cancellationToken)
    {
        string account = StoreKeys.Encode(command.Account);
        RedisKey[] names = [keys.Head, keys.Sums(account), keys.Holds(account)];
        RedisResult answer = await ServerWait.ForAsync(
            () => _database.ScriptEvaluateAsync(
                Script.Verify, names, Values(window, command.RepairsHeld), CommandFlags.DemandMaster | CommandFlags.NoScriptCache),
            connection, deadline, cancellationToken).ConfigureAwait(false);
        string[] words = ((string)answer!).Split(' ');
        return VerifyReply.Create(
            StoreStamp.Create((long)Number(words[0]), (long)Number(words[1]), asked.Now, asked.Connection),
            Sum(words[2]),
            settledByCalls: null,
            Sum(words[3]),
            Sum(words[4]),
            (int)Number(words[5]),
            words[6] == "1");
    }

    private static RedisValue[] Values(AccountPeriod window, bool repairs) =>
    [
        window.Buckets > 0 ? RedisValue.EmptyString : window.End == long.MaxValue ? "t" : Text(window.Start),
        window.Buckets > 0 ? Text(window.Start - ((window.End - window.Start) * window.Buckets)) : RedisValue.EmptyString,
        repairs ? "1" : "0",
    ];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Sum(string parts)
    {
        Int128 sum = 0;
        foreach (string part in parts.Split('+'))
        {
            sum += Number(part);
        }

        return (long)sum;
    }

    private static Int128 Number(string text) => Int128.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
