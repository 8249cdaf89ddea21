using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.InMemory;

/// <summary>What an account has, counted anew from its single holds and calls.</summary>
internal sealed class Recount
{
    private readonly Account _account;
    private readonly AccountState _counted;
    private readonly long _heldByHolds;
    private readonly long? _settledByCalls;

    /// <summary>The windows that hold something else than their holds, and by how much that is more.</summary>
    private readonly (WindowCounter Window, long Missing)[] _wrong;

    private Recount(Account account, in AccountPeriod window, ReservationTable calls)
    {
        AccountCharge any = new() { Account = account.Name, Period = window, Amount = 0 };
        (_account, _counted) = (account, account.State(in any, in window));
        HashSet<WindowCounter> windows = [.. account.WindowsOf(window)];
        Dictionary<WindowCounter, long> held = [];
        foreach (Hold hold in account.Holds().Where(hold => windows.Contains(hold.Window)))
        {
            held[hold.Window] = held.GetValueOrDefault(hold.Window) + hold.Amount;
            _heldByHolds += hold.Amount;
        }

        _wrong = [.. windows.Select(one => (one, held.GetValueOrDefault(one) - one.Held)).Where(found => found.Item2 != 0)];
        if (window.Buckets > 0)
        {
            long oldest = window.Start - ((window.End - window.Start) * window.Buckets);
            windows.RemoveWhere(bucket => bucket.Start < oldest);
        }

        _settledByCalls = windows.Any(one => one.HasForgotten) ? null : Settled(windows, calls);
    }

    internal static Recount Of(Account account, in AccountPeriod window, ReservationTable calls) => new(account, in window, calls);

    /// <summary>Lets the windows hold what their holds do.</summary>
    /// <returns>Whether there was something to mend.</returns>
    internal bool Repair()
    {
        foreach ((WindowCounter window, long missing) in _wrong)
        {
            _account.Correct(window, missing);
        }

        return _wrong.Length > 0;
    }

    internal VerifyReply Reply(StoreStamp stamp, bool isRepaired) => VerifyReply.Create(
        stamp, _counted.Settled, _settledByCalls, _counted.Held, _heldByHolds, _wrong.Length, isRepaired);

    private static long Settled(HashSet<WindowCounter> windows, ReservationTable calls)
    {
        long settled = 0;
        foreach (Reservation call in calls.All)
        {
            for (int i = 0; i < call.Count; i++)
            {
                settled += call[i].IsLive || !windows.Contains(call[i].Window) ? 0 : call[i].Spent;
            }
        }

        return settled;
    }
}
