using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace LlmCostModel.Budgets.Redis;

/// <summary>Looks at the servers when the application starts. A server that is away does not stop it; one that is refused does.</summary>
internal sealed partial class CheckAtStart(BudgetStore store, ILogger<RedisBudgetStore>? logger = null) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (store is not RedisBudgetStore redis)
        {
            return; // another store was registered afterwards
        }

        try
        {
            await redis.CheckAndReportAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (BudgetStoreException away) when (away.InnerException is RedisException or TimeoutException)
        {
            if (logger is not null)
            {
                LogAway(logger, away.Message);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Nobody knows yet what the store of the budgets can lose. {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);
}
