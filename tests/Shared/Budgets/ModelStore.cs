using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets;

/// <summary>The rules of budgets written down again, as plainly as they can be: a list of everything that was ever held or spent, of which
/// every answer is a sum. Nothing is forgotten, nothing is fast.</summary>
internal sealed class ModelStore(TimeProvider clock) : BudgetStore
{
    private readonly List<Call> _calls = [];
    private long _sequence;

    public override BudgetStoreTraits Traits { get; } =
        new() { IsDurable = false, IsShared = false, KeepsEntries = false, Retention = TimeSpan.MaxValue, MaxAmount = 9_007_199_254_740_991 };

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private StoreStamp Stamp => StoreStamp.Create(0, _sequence, Now);

    protected override ValueTask<ReserveReply> ReserveCoreAsync(ReserveCommand command, CancellationToken cancellationToken)
    {
        AccountCharge[] charges = command.Charges.ToArray();
        if (_calls.Find(call => call.Id == command.Id) is { } known)
        {
            bool same = known.Items.Count(item => item.WasReserved) == charges.Length
                && charges.All(charge => known.Items.Exists(item => item.WasReserved && item.Account == charge.Account && item.Reserved == charge.Amount));
            ReserveOutcome outcome = known.State is HoldState.Settled or HoldState.Released || !known.IsReserved ? ReserveOutcome.Ended
                : same ? ReserveOutcome.Replayed
                : ReserveOutcome.Conflict;
            if (outcome == ReserveOutcome.Replayed)
            {
                Show(charges, command.States);
            }

            return new(ReserveReply.Create(outcome, Stamp));
        }

        if (Array.FindIndex(charges, charge => !charge.Period.TryFind(Now, out _)) is >= 0 and var stale)
        {
            return new(ReserveReply.Create(ReserveOutcome.StaleWindow, Stamp, stale));
        }

        ulong observed = 0;
        for (int i = 0; i < charges.Length; i++)
        {
            GiveBack(charges[i].Account);
            AccountState state = State(charges[i]);
            if (charges[i].Amount > 0 && state.Limit is { } limit && state.Settled + state.Held + charges[i].Amount > limit)
            {
                if (!charges[i].IsObserved)
                {
                    return new(ReserveReply.Create(ReserveOutcome.Denied, Stamp, i, state, observed));
                }

                observed |= 1UL << i;
            }
        }

        Call call = new(command.Id) { IsReserved = true, State = HoldState.Held };
        call.Items.AddRange(charges.Select(charge => new Item(charge.Account, WindowOf(charge), charge.Amount, charge.Floor)
        {
            WasReserved = true,
            IsLive = true,
            Deadline = Now + command.TimeToLive,
        }));
        _calls.Add(call);
        _sequence++;
        Show(charges, command.States);
        return new(ReserveReply.Create(ReserveOutcome.Granted, Stamp, observed: observed));
    }

    protected override ValueTask<SettleReply> SettleCoreAsync(SettleCommand command, CancellationToken cancellationToken)
    {
        AccountCharge[] charges = command.Charges.ToArray();
        Call? known = _calls.Find(call => call.Id == command.Id);
        if (known?.State == HoldState.Settled)
        {
            bool same = known.Items.TrueForAll(item => item.Spent == charges.FirstOrDefault(charge => charge.Account == item.Account).Amount)
                && charges.All(charge => charge.Amount == (known.Items.Find(item => item.Account == charge.Account)?.Spent ?? 0));
            Show(charges, command.States);
            return new(SettleReply.Create(same ? SettleOutcome.Replayed : SettleOutcome.Conflict, Stamp, known.Remarks));
        }

        AccountCharge[] unheld = [.. charges.Where(charge => known is null || !known.Items.Exists(item => item.Account == charge.Account))];
        if (unheld.Any(charge => !charge.Period.TryFind(Now, out _)))
        {
            return new(SettleReply.Create(SettleOutcome.StaleWindow, Stamp));
        }

        if (known is null)
        {
            _calls.Add(known = new(command.Id));
        }

        bool late = known.State is HoldState.Released or HoldState.Abandoned;
        bool above = known.IsReserved
            && charges.Any(charge => charge.Amount > (known.Items.Find(item => item.Account == charge.Account)?.Reserved ?? 0));
        foreach (Item item in known.Items)
        {
            item.IsLive = false;
            item.Spent = charges.FirstOrDefault(charge => charge.Account == item.Account).Amount;
        }

        known.Items.AddRange(unheld.Select(charge => new Item(charge.Account, WindowOf(charge), 0, 0) { Spent = charge.Amount }));
        known.State = HoldState.Settled;
        bool over = charges.Any(charge => IsOver(charge, known.Items.Find(item => item.Account == charge.Account)!.Window));
        known.Remarks = (late ? SettleRemarks.Late : 0) | (known.IsReserved ? 0 : SettleRemarks.Unreserved)
            | (above ? SettleRemarks.AboveHold : 0) | (over ? SettleRemarks.AboveLimit : 0);
        _sequence++;
        Show(charges, command.States);
        return new(SettleReply.Create(SettleOutcome.Settled, Stamp, known.Remarks));
    }

    protected override ValueTask<ReleaseReply> ReleaseCoreAsync(ReleaseCommand command, CancellationToken cancellationToken)
    {
        Call? known = _calls.Find(call => call.Id == command.Id);
        HoldState before = known?.State ?? HoldState.Unknown;
        if (before is HoldState.Held or HoldState.Abandoned || (before == HoldState.Unknown && !command.ChargesFloor))
        {
            if (known is null)
            {
                _calls.Add(known = new(command.Id));
            }

            foreach (Item item in known.Items)
            {
                item.IsLive = false;
                item.Spent = command.ChargesFloor ? item.Floor : 0;
            }

            known.State = HoldState.Released;
            _sequence++;
        }

        return new(ReleaseReply.Create(before, Stamp));
    }

    protected override ValueTask<ExtendReply> ExtendCoreAsync(ExtendCommand command, CancellationToken cancellationToken)
    {
        Call? known = _calls.Find(call => call.Id == command.Id);
        if (known?.State == HoldState.Held)
        {
            known.Items.ForEach(item => item.Deadline = Math.Max(item.Deadline, Now + command.TimeToLive));
            _sequence++;
        }

        return new(ExtendReply.Create(known?.State ?? HoldState.Unknown, Stamp));
    }

    protected override ValueTask<ReadReply> ReadCoreAsync(ReadCommand command, CancellationToken cancellationToken)
    {
        AccountCharge[] accounts = command.Accounts.ToArray();
        if (accounts.Any(account => !account.Period.TryFind(Now, out _)))
        {
            return new(ReadReply.Create(true, Stamp));
        }

        for (int i = 0; i < accounts.Length; i++)
        {
            GiveBack(accounts[i].Account);
            command.States.Span[i] = State(accounts[i]);
        }

        return new(ReadReply.Create(false, Stamp));
    }

    /// <summary>It has no sums that could be wrong.</summary>
    protected override ValueTask<VerifyReply> VerifyCoreAsync(VerifyCommand command, CancellationToken cancellationToken)
    {
        AccountCharge any = new() { Account = command.Account, Period = command.Period, Amount = 0 };
        if (!command.Period.TryFind(Now, out _))
        {
            return new(VerifyReply.Stale(Stamp));
        }

        AccountState state = State(any);
        return new(VerifyReply.Create(Stamp, state.Settled, state.Settled, state.Held, state.Held, 0, false));
    }

    private AccountPeriod WindowOf(AccountCharge charge) => charge.Period.TryFind(Now, out AccountPeriod window) ? window : default;

    private void GiveBack(string account)
    {
        foreach ((Call call, Item item) in _calls
            .SelectMany(call => call.Items, (call, item) => (call, item))
            .Where(held => held.item.Account == account && held.item.IsLive && held.item.Deadline <= Now)
            .OrderBy(held => held.item.Deadline).ThenBy(held => held.call.Id, StringComparer.Ordinal)
            .Take(ReclaimedAtOnce)
            .ToArray())
        {
            (item.IsLive, item.Spent, call.State) = (false, item.Floor, HoldState.Abandoned);
            _sequence++;
        }
    }

    private void Show(AccountCharge[] charges, Memory<AccountState> states)
    {
        for (int i = 0; i < charges.Length && i < states.Length; i++)
        {
            states.Span[i] = charges[i].Period.TryFind(Now, out _) ? State(charges[i]) : default;
        }
    }

    private AccountState State(AccountCharge charge) => State(charge, WindowOf(charge));

    private AccountState State(AccountCharge charge, AccountPeriod window)
    {
        Item[] items = [.. _calls.SelectMany(call => call.Items).Where(item => item.Account == charge.Account)];
        if (window.Buckets > 0)
        {
            long length = window.End - window.Start;
            Item[] counted = [.. items.Where(item => item.Window.Start >= window.Start - (window.Buckets * length))];
            long[] spent = [.. counted.GroupBy(item => item.Window.Start).Where(bucket => bucket.Sum(item => item.Spent) > 0).Select(bucket => bucket.Key)];
            long end = spent.Length == 0 ? window.End : spent.Min() + (length * (window.Buckets + 1));
            return AccountState.Create(counted.Sum(item => item.Spent), items.Sum(item => item.Holding), charge.Limit, end);
        }

        long left = (charge.Limit ?? 0) - items.Where(item => item.Window.Start == window.PreviousStart).Sum(item => item.Spent + item.Holding);
        bool rolls = charge.MaxRollover > 0 && window.PreviousStart < window.Start;
        Item[] inside = [.. items.Where(item => item.Window.Start == window.Start)];
        return AccountState.Create(
            inside.Sum(item => item.Spent),
            inside.Sum(item => item.Holding),
            charge.Limit + (rolls ? Math.Max(0, Math.Min(left, charge.MaxRollover)) : 0),
            window.End);
    }

    private bool IsOver(AccountCharge charge, AccountPeriod charged)
    {
        AccountState state = State(charge, charge.Period.Buckets > 0 ? WindowOf(charge) : charged);
        return state.Settled > state.Limit;
    }

    private sealed class Call(string id)
    {
        internal string Id { get; } = id;

        internal List<Item> Items { get; } = [];

        internal bool IsReserved { get; init; }

        internal HoldState State { get; set; }

        internal SettleRemarks Remarks { get; set; }
    }

    private sealed class Item(string account, AccountPeriod window, long reserved, long floor)
    {
        internal string Account { get; } = account;

        internal AccountPeriod Window { get; } = window;

        internal long Reserved { get; } = reserved;

        internal long Floor { get; } = floor;

        internal bool WasReserved { get; init; }

        internal bool IsLive { get; set; }

        internal long Deadline { get; set; }

        internal long Spent { get; set; }

        internal long Holding => IsLive ? Reserved : 0;
    }
}
