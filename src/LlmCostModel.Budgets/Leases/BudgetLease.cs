using System.Collections.Immutable;

namespace LlmCostModel.Budgets;

/// <summary>The answer to a request: a denial is a value, not an exception. A lease that was granted ends with <see
/// cref="SettleAsync(PricedCall, CancellationToken)"/> when the call was made, with <see cref="ReleaseAsync"/> when it was not, and else
/// when it is disposed of or its time is over.</summary>
/// <remarks>The type is thread-safe. It ends once: what comes later is answered, and changes nothing but what a settlement has to
/// record.</remarks>
public sealed class BudgetLease : IAsyncDisposable
{
    private readonly BudgetLedger _ledger;
    private readonly BudgetClaim _claim;
    private readonly Exception? _failure;
    private int _ended;
    private Task<BudgetSettlement>? _counting;

    internal BudgetLease(
        BudgetLedger ledger, BudgetClaim claim, LeaseStatus status, ImmutableArray<BudgetStatus> budgets = default,
        BudgetDenial? denial = null, Exception? failure = null, bool isReplay = false)
    {
        (_ledger, _claim, Status, Denial, _failure, IsReplay) = (ledger, claim, status, denial, failure, isReplay);
        Budgets = budgets.IsDefault ? [] : budgets;
        _ended = status == LeaseStatus.Granted ? 0 : 1;
    }

    /// <summary>Gets how the request ended.</summary>
    public LeaseStatus Status { get; }

    /// <summary>Gets whether the call may be made.</summary>
    public bool IsAcquired => Status == LeaseStatus.Granted;

    /// <summary>Gets the id of the request.</summary>
    public string Id => _claim.Request.Id;

    /// <summary>Gets the request.</summary>
    public BudgetRequest Request => _claim.Request;

    /// <summary>Gets which budget denies the call; <see langword="null"/> unless <see cref="Status"/> is <see
    /// cref="LeaseStatus.Denied"/>.</summary>
    public BudgetDenial? Denial { get; }

    /// <summary>Gets what the budgets of the call have, and then its run and those above that, with what it holds; empty unless it was
    /// granted.</summary>
    public ImmutableArray<BudgetStatus> Budgets { get; }

    /// <summary>Gets the names of the budgets that would have denied the call but only observe.</summary>
    public ImmutableArray<string> WouldDeny { get; internal init; } = [];

    /// <summary>Gets whether this process admitted the call by itself, because the store did not answer. It counts in the store when that
    /// does.</summary>
    public bool IsLocal => IsAcquired && _claim.IsLocal;

    /// <summary>Gets whether the same request had been granted before; what it holds is held once.</summary>
    public bool IsReplay { get; }

    /// <summary>Throws when the call may not be made.</summary>
    /// <returns>This lease.</returns>
    /// <exception cref="BudgetExceededException">A budget has no room for it.</exception>
    /// <exception cref="BudgetStoreException">The store of budgets does not answer.</exception>
    /// <exception cref="InvalidOperationException">The id of the request belongs to another one.</exception>
    public BudgetLease ThrowIfNotAcquired() => Status switch
    {
        LeaseStatus.Granted => this,
        LeaseStatus.Denied => throw new BudgetExceededException(Denial!),
        LeaseStatus.Unavailable => throw new BudgetStoreException(_failure!.Message, _failure),
        _ => throw new InvalidOperationException(
            $"The id '{Id}' belongs to another request, or to a call that was settled or released. A new call has a new id."),
    };

    /// <summary>Counts what the call cost, and gives back what was held beyond it.</summary>
    /// <param name="call">The call. What it cost is counted as far as it is known, and what was held where it is not.</param>
    /// <param name="cancellationToken">Stops waiting; the call is counted all the same. The call's own token is the wrong one: money that
    /// was spent is spent.</param>
    /// <returns>How it was counted.</returns>
    /// <exception cref="BudgetStoreException">The store does not answer, and too many calls wait for it. Try again; the call counts
    /// once.</exception>
    /// <exception cref="InvalidOperationException">The lease was not granted.</exception>
    public ValueTask<BudgetSettlement> SettleAsync(PricedCall call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return SettleAsync(BudgetSpend.Of([call], null), cancellationToken);
    }

    /// <summary>Counts what several calls cost that were made under this lease, such as those of a tool loop.</summary>
    /// <param name="calls">The calls, at least one. What they cost is counted as far as it is known, and what was held where it is not and
    /// that is more.</param>
    /// <param name="duration">How long they took; <see langword="null"/> when that is not known.</param>
    /// <param name="cancellationToken">Stops waiting; they are counted all the same.</param>
    /// <returns>How they were counted.</returns>
    /// <exception cref="ArgumentException">There is no call: release the lease.</exception>
    /// <exception cref="BudgetStoreException">The store does not answer, and too many calls wait for it. Try again; the calls count
    /// once.</exception>
    /// <exception cref="InvalidOperationException">The lease was not granted.</exception>
    public ValueTask<BudgetSettlement> SettleAsync(
        IReadOnlyCollection<PricedCall> calls, TimeSpan? duration = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(calls);
        return calls.Count > 0
            ? SettleAsync(BudgetSpend.Of(calls, duration), cancellationToken)
            : throw new ArgumentException("There is no call. Release the lease of a call that was not made.", nameof(calls));
    }

    /// <summary>Counts what the call cost, and gives back what was held beyond it.</summary>
    /// <param name="cost">What it cost; <see langword="null"/> when that is not known, and then what was held is counted.</param>
    /// <param name="tokens">The tokens it took; <see langword="null"/> when they are not known.</param>
    /// <param name="duration">How long it took; <see langword="null"/> when that is not known.</param>
    /// <param name="cancellationToken">Stops waiting; the call is counted all the same.</param>
    /// <returns>How it was counted.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    /// <exception cref="ArgumentException">An amount is more than can be counted; nothing was counted.</exception>
    /// <exception cref="BudgetStoreException">The store does not answer, and too many calls wait for it. Try again; the call counts
    /// once.</exception>
    /// <exception cref="InvalidOperationException">The lease was not granted.</exception>
    public ValueTask<BudgetSettlement> SettleAsync(
        Money? cost = null, long? tokens = null, TimeSpan? duration = null, CancellationToken cancellationToken = default) =>
        SettleAsync(BudgetSpend.Of(cost, tokens, duration), cancellationToken);

    /// <summary>Gives everything back: the call was not made, or the provider refused it.</summary>
    /// <param name="cancellationToken">Stops waiting; it is given back all the same.</param>
    /// <returns>The end of it.</returns>
    public async ValueTask ReleaseAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            await _ledger.ReleaseAsync(_claim, chargesFloor: false, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Lets the lease live longer, for a stream that takes its time.</summary>
    /// <param name="timeToLive">How long it lives from now at least, 1 second to 7 days, and at most half of the time for which the store
    /// knows an id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns><see langword="false"/> when the lease has ended; what the call costs is counted all the same when it is
    /// settled.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is out of its range.</exception>
    /// <exception cref="ArgumentException">The time is more than half of that for which the store knows an id.</exception>
    /// <exception cref="BudgetStoreException">The store does not answer.</exception>
    public async ValueTask<bool> ExtendAsync(TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeToLive, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeToLive, TimeSpan.FromDays(7));
        return Volatile.Read(ref _ended) == 0
            && await _ledger.ExtendAsync(_claim, timeToLive, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends a lease that was neither settled nor released: the call's <see cref="BudgetRequest.Floor"/> is counted and the rest
    /// given back. A settlement that is on its way is waited for. It never throws.</summary>
    /// <returns>The end of it.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Volatile.Read(ref _counting) is { } counting)
        {
            await ((Task)counting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!counting.IsFaulted)
            {
                return; // it is counted, or will be though nobody waits for it any more
            }
        }

        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

        try
        {
            await _ledger.ReleaseAsync(_claim, chargesFloor: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is BudgetStoreException or ObjectDisposedException)
        {
            // The hold ends by itself, and its floor is counted then.
        }
    }

    private async ValueTask<BudgetSettlement> SettleAsync(BudgetSpend spend, CancellationToken cancellationToken)
    {
        if (!IsAcquired)
        {
            throw new InvalidOperationException($"The lease '{Id}' was not granted ({Status}). Record a call that was made all the same "
                + $"with {nameof(BudgetLedger)}.{nameof(BudgetLedger.RecordAsync)}.");
        }

        Task<BudgetSettlement> counting = _ledger.SettleAsync(_claim, spend, cancellationToken).AsTask();
        Volatile.Write(ref _counting, counting);
        BudgetSettlement settled = await counting.ConfigureAwait(false);
        Volatile.Write(ref _ended, 1); // not before: a settlement that failed is tried again, or disposed of
        return settled;
    }
}
