using System.Globalization;
using LlmCostModel.Budgets;
using LlmCostModel.Budgets.Stores;
using StackExchange.Redis;

// PATH LOG CALLERS CALLS LIMIT LIFE: so many callers reserve 10 of the account 'a' for LIFE milliseconds and settle 7, CALLS times each.
// The log, LOG-PROCESS, has a line for what is tried, 'T 7', before it is, and one for what was acknowledged, 'A 7', after it was; a caller that is
// denied stops. 'E' is an error of the store. PATH is a file of SQLite or redis:ADDRESS; a command that Redis does not answer is repeated with its id.
string[] given = args;
(string path, string log, int callers, int calls, long limit, long life) =
    (given[0], given[1], (int)Number(2), (int)Number(3), Number(4), Number(5));
const string Redis = "redis:";
await using BudgetStore store = path.StartsWith(Redis, StringComparison.Ordinal)
    ? new RedisBudgetStore(await ConnectionMultiplexer.ConnectAsync(path[Redis.Length..], Configure), new() { Deadline = TimeSpan.FromSeconds(1) })
    : new SqliteBudgetStore(new SqliteBudgetStoreOptions { Path = path, Durability = SqliteDurability.Normal });
await using FileStream file = new($"{log}-{Environment.ProcessId}", FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
Lock gate = new();
await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller))));
return 0;

async Task CallAsync(int caller)
{
    for (int i = 0; i < calls; i++)
    {
        string id = $"{Environment.ProcessId}-{caller}-{i}";
        try
        {
            ReserveReply reply = await RepeatAsync(() => store.ReserveAsync(new ReserveCommand { Id = id, Charges = Charge(10), TimeToLive = life }));
            if (reply.Outcome == ReserveOutcome.Denied)
            {
                return;
            }

            Write("T 7");
            await RepeatAsync(() => store.SettleAsync(new SettleCommand { Id = id, Charges = Charge(7) }));
            Write("A 7");
        }
        catch (BudgetStoreException failure)
        {
            Write($"E {failure.Message}");
        }
    }
}

async Task<T> RepeatAsync<T>(Func<ValueTask<T>> command)
{
    for (int i = 0; ; i++)
    {
        try
        {
            return await command();
        }
        catch (BudgetStoreException) when (store is RedisBudgetStore && i < 3_000)
        {
            await Task.Delay(20);
        }
    }
}

void Configure(ConfigurationOptions options) => (options.AbortOnConnectFail, options.BacklogPolicy) = (false, BacklogPolicy.FailFast);

AccountCharge[] Charge(long amount) => [new() { Account = "a", Period = AccountPeriod.Always, Amount = amount, Limit = limit }];

void Write(string line)
{
    lock (gate)
    {
        file.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
    }
}

long Number(int place) => long.Parse(given[place], CultureInfo.InvariantCulture);
