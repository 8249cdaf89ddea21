using System.Globalization;
using LlmCostModel.Budgets;
using LlmCostModel.Budgets.Stores;

// PATH LOG CALLERS CALLS LIMIT LIFE: so many callers reserve 10 of the account 'a' for LIFE milliseconds and settle 7, CALLS times each.
// The log, LOG-PROCESS, has a line for what is tried, 'T 7', before it is, and one for what was acknowledged, 'A 7', after it was; a caller that is
// denied stops. 'E' is an error of the store.
string[] given = args;
(string path, string log, int callers, int calls, long limit, long life) =
    (given[0], given[1], (int)Number(2), (int)Number(3), Number(4), Number(5));
await using SqliteBudgetStore store = new(new SqliteBudgetStoreOptions { Path = path, Durability = SqliteDurability.Normal });
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
            ReserveReply reply = await store.ReserveAsync(new ReserveCommand { Id = id, Charges = Charge(10), TimeToLive = life });
            if (reply.Outcome == ReserveOutcome.Denied)
            {
                return;
            }

            Write("T 7");
            await store.SettleAsync(new SettleCommand { Id = id, Charges = Charge(7) });
            Write("A 7");
        }
        catch (BudgetStoreException failure)
        {
            Write($"E {failure.Message}");
        }
    }
}

AccountCharge[] Charge(long amount) => [new() { Account = "a", Period = AccountPeriod.Always, Amount = amount, Limit = limit }];

void Write(string line)
{
    lock (gate)
    {
        file.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
    }
}

long Number(int place) => long.Parse(given[place], CultureInfo.InvariantCulture);
