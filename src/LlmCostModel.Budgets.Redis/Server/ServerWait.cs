using StackExchange.Redis;

namespace LlmCostModel.Budgets.Redis.Server;

/// <summary>Waits for the server within a deadline, and says what its errors mean.</summary>
internal static class ServerWait
{
    /// <exception cref="BudgetStoreException">The server cannot answer, or not in time.</exception>
    internal static async Task<T> ForAsync<T>(
        Func<Task<T>> ask, IConnectionMultiplexer connection, TimeSpan deadline, CancellationToken cancellationToken)
    {
        Task<T>? sent = null;
        try
        {
            sent = ask();
            return await sent.WaitAsync(deadline, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsOfTheServer(failure))
        {
            Forget(sent);
            throw ServerFaults.Explain(failure, connection);
        }
        catch (OperationCanceledException)
        {
            Forget(sent);
            throw;
        }
    }

    internal static bool IsOfTheServer(Exception failure) =>
        failure is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException;

    /// <summary>Nobody waits for it any more, so its failure is nobody's.</summary>
    internal static void Forget(Task? sent) =>
        sent?.ContinueWith(
            static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
