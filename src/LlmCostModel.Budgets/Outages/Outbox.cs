using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Outages;

/// <summary>What a store has yet to hear of.</summary>
/// <param name="most">How many settlements wait at most, and how many holds to give back.</param>
/// <param name="gate">The lock of its owner, who decides together with it.</param>
internal sealed class Outbox(int most, Lock gate)
{
    private const int AtOnce = 64;

    private readonly List<SettleCommand> _settlements = [];

    /// <summary>What may be held for requests that got no answer, and when to give it back: not at once, since the same request may be
    /// made again.</summary>
    private readonly Dictionary<string, (ReleaseCommand Command, long Due)> _returns = [];

    internal int Pending
    {
        get
        {
            lock (gate)
            {
                return _settlements.Count;
            }
        }
    }

    /// <summary>When the first hold is to be given back; <see langword="null"/> for none.</summary>
    internal long? NextReturn
    {
        get
        {
            lock (gate)
            {
                return _returns.Count == 0 ? null : _returns.Values.Min(entry => entry.Due);
            }
        }
    }

    internal bool TryAdd(SettleCommand command)
    {
        lock (gate)
        {
            if (_settlements.Count >= most)
            {
                return false;
            }

            _settlements.Add(command);
            BudgetMeter.Pending.Add(1);
            return true;
        }
    }

    /// <summary>More than the bound are left to end by themselves.</summary>
    internal void Return(ReleaseCommand command, long due)
    {
        lock (gate)
        {
            if (_returns.Count < most)
            {
                _returns[command.Id] = (command, due);
            }
        }
    }

    internal bool Withdraw(string id)
    {
        lock (gate)
        {
            return _returns.Remove(id);
        }
    }

    /// <summary>Tells the store of the settlements, in their order; those that it did not acknowledge wait on.</summary>
    internal async Task DeliverAsync(StoreTeller teller)
    {
        while (true)
        {
            SettleCommand[] first;
            lock (gate)
            {
                first = [.. _settlements.Take(AtOnce)];
            }

            if (first.Length == 0)
            {
                return;
            }

            List<(SettleCommand Command, BudgetStoreException Failure)> failed =
                await StoreTeller.TryAllAsync(first, teller.DeliverAsync).ConfigureAwait(false);
            lock (gate)
            {
                _settlements.RemoveRange(0, first.Length);
                _settlements.InsertRange(0, failed.Select(one => one.Command));
            }

            BudgetMeter.Pending.Add(failed.Count - first.Length);
            if (failed.Count > 0)
            {
                throw failed[0].Failure;
            }
        }
    }

    /// <summary>Gives back what is due.</summary>
    internal async Task ReturnAsync(StoreTeller teller, long now)
    {
        while (true)
        {
            ReleaseCommand[] due;
            lock (gate)
            {
                due = [.. _returns.Values.Where(entry => entry.Due <= now).Take(AtOnce).Select(entry => entry.Command)];
                Array.ForEach(due, command => _returns.Remove(command.Id));
            }

            if (due.Length == 0)
            {
                return;
            }

            List<(ReleaseCommand Command, BudgetStoreException Failure)> failed =
                await StoreTeller.TryAllAsync(due, teller.ReturnAsync).ConfigureAwait(false);
            failed.ForEach(one => Return(one.Command, now));
            if (failed.Count > 0)
            {
                throw failed[0].Failure;
            }
        }
    }
}
