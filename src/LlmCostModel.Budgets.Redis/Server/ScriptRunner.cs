using LlmCostModel.Budgets.Redis.Commands;
using StackExchange.Redis;

namespace LlmCostModel.Budgets.Redis.Server;

/// <summary>Runs scripts within a deadline.</summary>
internal sealed class ScriptRunner(IConnectionMultiplexer connection, TimeSpan deadline)
{
    /// <summary>A call whose accounts change under its hands needs a third look, and once more where the script is not known; there is no
    /// reason for a sixth.</summary>
    private const int MostRounds = 5;

    private readonly IDatabase _database = connection.GetDatabase();

    /// <summary>Runs a script, with the keys of the accounts that it turns out to need.</summary>
    /// <returns>What it answers.</returns>
    /// <exception cref="BudgetStoreException">The server cannot answer, or not in time.</exception>
    internal async Task<string> RunAsync(ScriptCall call, CancellationToken cancellationToken)
    {
        Task<RedisResult>? sent = null;
        try
        {
            long begun = TimeProvider.System.GetTimestamp();
            bool isKnown = true;
            for (int round = 0; round < MostRounds; round++)
            {
                TimeSpan left = round == 0 ? deadline : deadline - TimeProvider.System.GetElapsedTime(begun);
                left = left > TimeSpan.Zero ? left : TimeSpan.Zero;
                sent = isKnown
                    ? _database.ScriptEvaluateAsync(call.Script.Hash, call.Keys, call.Values, CommandFlags.DemandMaster)
                    : _database.ScriptEvaluateAsync(
                        call.Script.Text, call.Keys, call.Values, CommandFlags.DemandMaster | CommandFlags.NoScriptCache);
                string answer;
                try
                {
                    answer = (string?)await sent.WaitAsync(left, cancellationToken).ConfigureAwait(false) ?? "";
                }
                catch (RedisServerException unknown) when (isKnown && unknown.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
                {
                    isKnown = false; // not yet, or not any more: it is sent with its text
                    continue;
                }

                if (ReplyText.Missing(answer) is not { } missing)
                {
                    return answer;
                }

                call = call.With(missing);
            }

            throw new BudgetStoreException($"{ServerFaults.Where(connection)} names other accounts of one call every time.");
        }
        catch (Exception failure) when (ServerWait.IsOfTheServer(failure))
        {
            ServerWait.Forget(sent);
            throw ServerFaults.Explain(failure, connection);
        }
        catch (OperationCanceledException)
        {
            ServerWait.Forget(sent);
            throw;
        }
    }
}
