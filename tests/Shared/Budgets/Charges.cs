using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets;

/// <summary>Short ways to write commands of a store.</summary>
internal static class Charges
{
    internal const long Hour = 3_600_000;

    internal static AccountCharge Of(
        string account, long amount, long? limit = null, long floor = 0, AccountPeriod? period = null, bool observed = false) =>
        new()
        {
            Account = account,
            Amount = amount,
            Limit = limit,
            Floor = floor,
            Period = period ?? AccountPeriod.Always,
            IsObserved = observed,
        };

    /// <summary>The hour of an instant, and the next one.</summary>
    internal static AccountPeriod HourOf(long now)
    {
        long start = now - (now % Hour);
        return AccountPeriod.Fixed(start - Hour, start, start + Hour, start + (2 * Hour));
    }

    internal static ValueTask<ReserveReply> Reserve(this BudgetStore store, string id, params AccountCharge[] charges) =>
        store.ReserveAsync(new ReserveCommand { Id = id, Charges = charges, TimeToLive = 60_000 });

    internal static ValueTask<SettleReply> Settle(this BudgetStore store, string id, params AccountCharge[] charges) =>
        store.SettleAsync(new SettleCommand { Id = id, Charges = charges });

    internal static async ValueTask<HoldState> Release(this BudgetStore store, string id, bool floor = false) =>
        (await store.ReleaseAsync(new ReleaseCommand { Id = id, ChargesFloor = floor })).State;

    internal static async ValueTask<HoldState> Extend(this BudgetStore store, string id, long timeToLive) =>
        (await store.ExtendAsync(new ExtendCommand { Id = id, TimeToLive = timeToLive })).State;

    internal static async ValueTask<AccountState> Read(this BudgetStore store, AccountCharge account)
    {
        AccountState[] states = new AccountState[1];
        Assert.False((await store.ReadAsync(new ReadCommand { Accounts = new[] { account }, States = states })).IsStale);
        return states[0];
    }

    /// <summary>What an account without windows has spent and holds.</summary>
    internal static async ValueTask<(long Settled, long Held)> Read(this BudgetStore store, string account)
    {
        AccountState state = await store.Read(Of(account, 0));
        return (state.Settled, state.Held);
    }
}
