using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.InMemory;

/// <summary>The rules of budgets as one state and five steps, without locks and clocks. Each step checks everything before it changes
/// anything.</summary>
internal sealed class BudgetBooks(long retention, long windowRetention, int maxAccounts, long epoch)
{
    /// <summary>A sweep looks at every account, so it is rare: a minute.</summary>
    private const long BetweenSweeps = 60_000;

    private readonly ReservationTable _reservations = new();
    private readonly AccountBook _accounts = new(windowRetention, maxAccounts);
    private readonly EndedReservations _ended = new();

    /// <summary>The accounts of the reservation at hand, so that they are looked up once; <see langword="null"/> for new ones.</summary>
    private Account?[] _touched = new Account?[4];
    private long _sequence;
    private long _sweptAt;

    internal ReserveReply Reserve(in ReserveCommand command, long now)
    {
        Forget(now);
        ReadOnlySpan<AccountCharge> charges = command.Charges.Span;
        if (_reservations.Find(command.Id) is { } known)
        {
            return Repeat(known, in command, now);
        }

        if (AccountBook.FindStale(charges, now) is >= 0 and var stale)
        {
            return ReserveReply.Create(ReserveOutcome.StaleWindow, Stamp(now), stale);
        }

        MakeRoom(charges, now);
        if (_touched.Length < charges.Length)
        {
            _touched = new Account?[charges.Length];
        }

        ulong observed = 0;
        for (int i = 0; i < charges.Length; i++)
        {
            Account? account = _touched[i] = _accounts.Find(charges[i].Account);
            AccountState state = Touch(account, in charges[i], now);
            if (charges[i].Amount == 0 || state.Remaining is not { } left || charges[i].Amount <= left)
            {
                continue;
            }

            if (!charges[i].IsObserved)
            {
                return ReserveReply.Create(ReserveOutcome.Denied, Stamp(now), i, state, observed);
            }

            observed |= i < 64 ? 1UL << i : 0;
        }

        Hold(in command, charges, now);
        _sequence++;
        States(charges, command.States.Span, now);
        return ReserveReply.Create(ReserveOutcome.Granted, Stamp(now), observed: observed);
    }

    internal SettleReply Settle(in SettleCommand command, long now)
    {
        Forget(now);
        ReadOnlySpan<AccountCharge> charges = command.Charges.Span;
        Reservation? known = _reservations.Find(command.Id);
        if (known is { State: HoldState.Settled })
        {
            bool same = Settlement.IsSame(known, charges);
            States(charges, command.States.Span, now);
            return SettleReply.Create(same ? SettleOutcome.Replayed : SettleOutcome.Conflict, Stamp(now), known.Remarks);
        }

        if (Settlement.IsStale(known, charges, now))
        {
            return SettleReply.Create(SettleOutcome.StaleWindow, Stamp(now));
        }

        Reservation settled = known ?? _reservations.Add(command.Id);
        settled.Remarks = Settlement.Apply(settled, charges, _accounts, now);
        End(settled, HoldState.Settled, now);
        _sequence++;
        States(charges, command.States.Span, now);
        return SettleReply.Create(SettleOutcome.Settled, Stamp(now), settled.Remarks);
    }

    internal ReleaseReply Release(in ReleaseCommand command, long now)
    {
        Forget(now);
        if (_reservations.Find(command.Id) is not { } known)
        {
            if (!command.ChargesFloor)
            {
                End(_reservations.Add(command.Id), HoldState.Released, now);
                _sequence++;
            }

            return ReleaseReply.Create(HoldState.Unknown, Stamp(now));
        }

        HoldState before = known.State;
        if (before is HoldState.Held or HoldState.Abandoned)
        {
            Settlement.Release(known, command.ChargesFloor);
            End(known, HoldState.Released, now);
            _sequence++;
        }

        return ReleaseReply.Create(before, Stamp(now));
    }

    internal ExtendReply Extend(in ExtendCommand command, long now)
    {
        Forget(now);
        if (_reservations.Find(command.Id) is not { } known)
        {
            return ExtendReply.Create(HoldState.Unknown, Stamp(now));
        }

        if (known.State == HoldState.Held)
        {
            for (int i = 0; i < known.Reserved; i++)
            {
                Hold hold = known[i];
                hold.Account.Move(hold, Math.Max(hold.Deadline, now + command.TimeToLive));
            }

            _sequence++;
        }

        return ExtendReply.Create(known.State, Stamp(now));
    }

    internal ReadReply Read(in ReadCommand command, long now)
    {
        Forget(now);
        ReadOnlySpan<AccountCharge> accounts = command.Accounts.Span;
        if (AccountBook.FindStale(accounts, now) >= 0)
        {
            return ReadReply.Create(true, Stamp(now));
        }

        for (int i = 0; i < accounts.Length; i++)
        {
            command.States.Span[i] = Touch(_accounts.Find(accounts[i].Account), in accounts[i], now);
        }

        return ReadReply.Create(false, Stamp(now));
    }

    internal TopReply FindTop(in TopCommand command, long now) => command.Period.TryFind(now, out AccountPeriod window)
        ? TopReply.Create(false, Stamp(now), _accounts.FindTop(command.Prefix, in window, command.Count))
        : TopReply.Create(true, Stamp(now), []);

    internal VerifyReply Verify(in VerifyCommand command, long now)
    {
        if (!command.Period.TryFind(now, out AccountPeriod window))
        {
            return VerifyReply.Stale(Stamp(now));
        }

        Recount counted = Recount.Of(_accounts.Find(command.Account) ?? Account.None, window, _reservations);
        bool repairs = command.RepairsHeld && counted.Repair();
        _sequence += repairs ? 1 : 0;
        return counted.Reply(Stamp(now), repairs);
    }

    /// <summary>An account, for tests that damage it.</summary>
    internal Account? Find(string account) => _accounts.Find(account);

    private ReserveReply Repeat(Reservation known, in ReserveCommand command, long now)
    {
        if (known.State is HoldState.Settled or HoldState.Released || !known.IsReserved)
        {
            return ReserveReply.Create(ReserveOutcome.Ended, Stamp(now));
        }

        ReadOnlySpan<AccountCharge> charges = command.Charges.Span;
        if (!Settlement.IsReservedAs(known, charges))
        {
            return ReserveReply.Create(ReserveOutcome.Conflict, Stamp(now));
        }

        States(charges, command.States.Span, now);
        return ReserveReply.Create(ReserveOutcome.Replayed, Stamp(now));
    }

    private void Hold(in ReserveCommand command, ReadOnlySpan<AccountCharge> charges, long now)
    {
        Reservation reservation = _reservations.Add(command.Id);
        reservation.State = HoldState.Held;
        reservation.Reserved = charges.Length;
        for (int i = 0; i < charges.Length; i++)
        {
            Account account = _touched[i] ?? _accounts.Open(charges[i].Account);
            Hold hold = reservation.Add(_accounts.Window(account, in charges[i], now), charges[i].Amount, charges[i].Floor);
            account.Add(hold, now + command.TimeToLive);
        }
    }

    /// <summary>Gives back what is due of an account, and says what it has then.</summary>
    private AccountState Touch(Account? account, in AccountCharge charge, long now)
    {
        charge.Period.TryFind(now, out AccountPeriod window);
        if (account is null)
        {
            return Account.None.State(in charge, in window);
        }

        GiveBack(account, now, BudgetStore.ReclaimedAtOnce);
        return account.State(in charge, in window);
    }

    private void GiveBack(Account account, long now, int most)
    {
        for (int given = 0; given < most && account.FirstDue(now) is { } due; given++)
        {
            account.Remove(due, due.Spent);
            Reservation owner = due.Owner;
            owner.State = HoldState.Abandoned;
            _sequence++;
            if (!owner.HasLiveHold)
            {
                End(owner, HoldState.Abandoned, now);
            }
        }
    }

    /// <summary>Makes room for accounts that are new: at the bound, forgets what nobody has used since its window ended.</summary>
    private void MakeRoom(ReadOnlySpan<AccountCharge> charges, long now)
    {
        if (_accounts.HasRoom(charges))
        {
            return;
        }

        Sweep(now);
        if (!_accounts.HasRoom(charges))
        {
            throw new BudgetStoreException(
                $"The store in memory has {_accounts.Count} accounts, which is its bound, and cannot open another one. Raise "
                + $"{nameof(InMemoryBudgetStoreOptions)}.{nameof(InMemoryBudgetStoreOptions.MaxAccounts)}, or give fewer keys a budget.")
            {
                IsOutage = false,
            };
        }
    }

    /// <summary>A method of its own, because what its closure needs is allocated where it begins.</summary>
    private void Sweep(long now)
    {
        if (now - _sweptAt >= BetweenSweeps || now < _sweptAt)
        {
            _sweptAt = now;
            _accounts.Sweep(now, account => GiveBack(account, now, int.MaxValue));
        }
    }

    private void States(ReadOnlySpan<AccountCharge> charges, Span<AccountState> states, long now)
    {
        for (int i = 0; i < charges.Length && i < states.Length; i++)
        {
            states[i] = !charges[i].Period.TryFind(now, out AccountPeriod window)
                ? default // settled in the window of its hold, which is over
                : (_accounts.Find(charges[i].Account) ?? Account.None).State(in charges[i], in window);
        }
    }

    /// <summary>Ends a reservation; it is known for a while yet. What ends a second time is known from then on.</summary>
    private void End(Reservation reservation, HoldState state, long now)
    {
        bool wasEnded = reservation.EndedAt != 0;
        reservation.State = state;
        reservation.EndedAt = now;
        if (!wasEnded)
        {
            _ended.Add(reservation);
        }
    }

    /// <summary>Forgets two of what ended long ago: as many as a command can add, and one more.</summary>
    private void Forget(long now)
    {
        for (int i = 0; i < 2 && _ended.Take(now - retention) is { } first; i++)
        {
            first.LeaveWindows();
            _reservations.Remove(first);
        }
    }

    private StoreStamp Stamp(long now) => StoreStamp.Create(epoch, _sequence, now);
}
