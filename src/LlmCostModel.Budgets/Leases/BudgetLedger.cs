using System.Collections.Immutable;
using System.Globalization;
using LlmCostModel.Budgets.Outages;
using LlmCostModel.Budgets.Runs;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlmCostModel.Budgets;

/// <summary>The budgets of an application: a lease before a call, what it cost afterwards, and what is left.</summary>
/// <remarks>
/// <para>A lease is granted only if every budget of the call has room for it at one instant; then that much is held everywhere, else
/// nothing is. What was spent is counted whatever the state is, each id once. So a limit is passed by no more than what calls cost above
/// what was held for them, and what was admitted while the store was away, if that is allowed.</para>
/// <para>The type is thread-safe.</para>
/// </remarks>
public sealed partial class BudgetLedger : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan OldestRecord = TimeSpan.FromDays(35);
    private static readonly TimeSpan NewestRecord = TimeSpan.FromMinutes(5);

    private readonly BudgetStore _store;
    private readonly ImmutableArray<Budget> _budgets;
    private readonly TimeProvider _clock;
    private readonly BudgetDesk _desk;
    private readonly TimeSpan _longestLife;
    private volatile bool _hasEnded;
    private readonly RunRules _runs;
    private readonly ILogger _log;
    private readonly TagHash? _hash;

    /// <summary>Makes a ledger.</summary>
    /// <param name="store">Where budgets are counted.</param>
    /// <param name="options">The budgets.</param>
    /// <param name="clock">The clock, from which the windows of calendars are found; <see langword="null"/> for that of the system. What
    /// decides is the clock of the store.</param>
    /// <param name="log">Where it is logged what the budgets do, and what becomes of their store; <see langword="null"/> for
    /// nowhere.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The options are not valid; every fault is
    /// named.</exception>
    public BudgetLedger(BudgetStore store, BudgetsOptions options, TimeProvider? clock = null, ILogger<BudgetLedger>? log = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        (_store, _clock) = (store, clock ?? TimeProvider.System);
        _budgets = BudgetReader.Read(options, store.Traits);
        _log = (ILogger?)log ?? NullLogger.Instance;
        StoreLink link = new(store, OutageReader.Rules(options), _clock, _log);
        _runs = new(store.Traits.MaxAmount, options.LocalShare ?? 1);
        _hash = TagHashReader.Of(options);
        EntryWriter entries = new(store.Traits.KeepsEntries, _hash);
        _desk = new(link, entries, new AlertBell(link, options.OnAlert, _log), _clock, options.TimeToLive);
        _longestLife = store.Traits.Retention / 2;
        LedgerLog.Opened(_log, _budgets, options.WhenStoreIsAway, store);
    }

    /// <summary>Gets whether the store of budgets answers, and what waits for it.</summary>
    public BudgetStoreHealth Health => new(_desk.Link.Outage, _desk.Link.Pending, _desk.Link.Rollbacks);

    /// <summary>Asks whether a call may be made, and holds what it can cost: in its budgets, and in the run that is entered (<see
    /// cref="BudgetRun.Enter"/>).</summary>
    /// <param name="request">The call.</param>
    /// <param name="cancellationToken">Stops waiting; what may have been held is given back.</param>
    /// <returns>The answer; dispose of it when the call ended, whichever way.</returns>
    /// <exception cref="ArgumentException">The request lacks a tag that a budget is kept per, takes more than can be counted, or lives for
    /// more than half of the time for which the store knows an id.</exception>
    /// <exception cref="ObjectDisposedException">The ledger has ended.</exception>
    public ValueTask<BudgetLease> ReserveAsync(BudgetRequest request, CancellationToken cancellationToken = default) =>
        ReserveAsync(request, BudgetRun.CurrentOf(this)?.Run, cancellationToken);

    /// <summary>Starts a run of its own, such as a job or an agent: limits for this one piece of work, beside the budgets. Dispose of it
    /// where the work ends.</summary>
    /// <param name="options">What it may spend; <see langword="null"/> for no limits.</param>
    /// <returns>The run. It is not a child of the one that is entered: <see cref="BudgetRun.StartChild"/> starts those.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public BudgetRun StartRun(BudgetRunOptions? options = null) =>
        BudgetRun.Start(this, RunPlan.Of(options ?? new(), null, _runs, _clock.GetUtcNow()), null);

    /// <summary>Takes part in a run of another process, which counts in the same store.</summary>
    /// <param name="token">The <see cref="BudgetRun.Token"/> of the run there.</param>
    /// <returns>The run. What it spends counts in the run there and in those above it; its end in this process is not an end
    /// there.</returns>
    /// <exception cref="FormatException">The text is not the token of a run.</exception>
    public BudgetRun JoinRun(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return BudgetRun.Join(this, RunToken.Read(token, BudgetRun.MostDeep, _runs));
    }

    /// <summary>Counts a call for which there is no lease, also in the run that is entered.</summary>
    /// <param name="call">The call; its instant chooses the window.</param>
    /// <param name="tags">Who and what it was for.</param>
    /// <param name="id">What makes it one call; <see langword="null"/> for the id of its response. Without either, every repetition
    /// counts.</param>
    /// <param name="cancellationToken">Stops waiting; the call is counted all the same.</param>
    /// <returns>How it was counted.</returns>
    /// <exception cref="ArgumentException">A tag is missing, or the call was made more than 35 days ago or more than 5 minutes from
    /// now.</exception>
    /// <exception cref="BudgetStoreException">The store does not answer. Try again; the call counts once.</exception>
    public ValueTask<BudgetSettlement> RecordAsync(
        PricedCall call, IReadOnlyDictionary<string, string> tags, string? id = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(tags);
        ObjectDisposedException.ThrowIf(_hasEnded, this);
        TimeSpan age = _clock.GetUtcNow() - call.At;
        if (age > OldestRecord || age < -NewestRecord)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The call was made at {call.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC. ")
                    + "A call is counted up to 35 days after it was made, and 5 minutes before.",
                nameof(call));
        }

        string name = id ?? BudgetRequest.IdOf(call.Call.Identity.ResponseId) ?? Guid.NewGuid().ToString("N");
        BudgetClaim claim = BudgetClaim.Of(new BudgetRequest { Id = name, Tags = tags }, _budgets, BudgetRun.CurrentOf(this)?.Run);
        return _desk.CountAsync(claim, BudgetSpend.Of([call], null), call.At.ToUnixTimeMilliseconds(), cancellationToken);
    }

    /// <summary>Changes what was spent, to correct a mistake: a refund, or a bill that says otherwise. Only budgets of the currency
    /// change, and no run.</summary>
    /// <param name="id">What makes it one correction, however often it is repeated: an id of its own, 1 to 128 characters.</param>
    /// <param name="tags">Whose.</param>
    /// <param name="amount">What is added; negative for what is taken back.</param>
    /// <param name="cancellationToken">Stops waiting; it is counted all the same.</param>
    /// <returns>How it was counted.</returns>
    /// <exception cref="ArgumentException">A tag is missing.</exception>
    /// <exception cref="BudgetStoreException">The store does not answer. Try again; it counts once.</exception>
    public ValueTask<BudgetSettlement> CorrectAsync(
        string id, IReadOnlyDictionary<string, string> tags, Money amount, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tags);
        ObjectDisposedException.ThrowIf(_hasEnded, this);
        return _desk.CountAsync(
            BudgetClaim.Of(new BudgetRequest { Id = id, Tags = tags }, _budgets, run: null),
            BudgetSpend.Correction(amount),
            null,
            cancellationToken);
    }

    /// <summary>Waits until the store has heard of every call that was made.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The end of it. While the store does not answer, there is none.</returns>
    /// <exception cref="ObjectDisposedException">The ledger has ended.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_hasEnded, this);
        return _desk.Link.FlushAsync(cancellationToken);
    }

    /// <summary>Ends the ledger, for containers that are disposed of without waiting.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Tells the store of the calls that it was not told of yet, in the time that <see cref="BudgetsOptions.FlushTime"/> gives.
    /// How many it did not hear of is logged. The store itself is not disposed of. Leases that are open can still be settled while the
    /// store answers; nothing waits for it any more.</summary>
    /// <returns>The end of it.</returns>
    public async ValueTask DisposeAsync()
    {
        _hasEnded = true;
        await _desk.Link.DisposeAsync().ConfigureAwait(false);
    }

    internal TimeProvider Clock => _clock;

    internal RunRules Runs => _runs;

    internal async ValueTask<BudgetLease> ReserveAsync(BudgetRequest request, Run? run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(_hasEnded, this);
        CheckLife(request.TimeToLive);
        BudgetClaim claim = BudgetClaim.Of(request, _budgets, run);
        if ((run?.Look() is { } stop ? Denials.Stopped(run.Plan.Id, stop) : claim.Denial) is { } denial)
        {
            return new BudgetLease(this, claim, LeaseStatus.Denied, denial: denial);
        }

        AccountState[] states = new AccountState[claim.Budgets.Length];
        try
        {
            return Lease(claim, await _desk.HoldAsync(claim, states, cancellationToken).ConfigureAwait(false), states);
        }
        catch (BudgetStoreException failure)
        {
            return new BudgetLease(this, claim, LeaseStatus.Unavailable, failure: failure);
        }
        catch (OperationCanceledException)
        {
            _ = _desk.GiveBackAsync(claim); // in the background: who gives up does not wait
            throw;
        }
    }

    /// <summary>Reads what a run has, and what those above it leave it.</summary>
    internal async ValueTask<ImmutableArray<BudgetStatus>> GetStatusAsync(Run run, CancellationToken cancellationToken)
    {
        BudgetClaim claim = BudgetClaim.Of(new BudgetRequest(), [], run);
        AccountState[] states = new AccountState[claim.Budgets.Length];
        StoreStamp answered = await _desk.ReadAsync(claim.Budgets, states, cancellationToken).ConfigureAwait(false);
        claim.See(states, in answered);
        return RunStatuses.Of(claim.Budgets, states, run.Limits.Length);
    }

    internal ValueTask<BudgetSettlement> SettleAsync(BudgetClaim claim, BudgetSpend spend, CancellationToken cancellationToken) =>
        _desk.CountAsync(claim, spend, null, cancellationToken);

    internal ValueTask ReleaseAsync(BudgetClaim claim, bool chargesFloor, CancellationToken cancellationToken) =>
        _desk.ReleaseAsync(claim, chargesFloor, cancellationToken);

    internal ValueTask<bool> ExtendAsync(BudgetClaim claim, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        CheckLife(timeToLive);
        return _desk.ExtendAsync(claim, timeToLive, cancellationToken);
    }

    private BudgetLease Lease(BudgetClaim claim, ReserveReply reply, AccountState[] states)
    {
        switch (reply.Outcome)
        {
            case ReserveOutcome.Granted or ReserveOutcome.Replayed:
                return new BudgetLease(
                    this,
                    claim,
                    LeaseStatus.Granted,
                    BudgetDesk.Statuses(claim.Budgets, states),
                    isReplay: reply.Outcome == ReserveOutcome.Replayed)
                {
                    WouldDeny =
                    [
                        .. claim.WouldDeny,
                        .. claim.Budgets.Where((_, place) => place < 64 && (reply.Observed & (1UL << place)) != 0)
                            .Select(claimed => claimed.Budget.Name),
                    ],
                };
            case ReserveOutcome.Denied when claim.IsLocal:
                return new BudgetLease(
                    this, claim, LeaseStatus.Unavailable, failure: Denials.Away(claim.Budgets[reply.Account], reply.State));
            case ReserveOutcome.Denied:
                return new BudgetLease(
                    this, claim, LeaseStatus.Denied, denial: Denials.Of(claim.Budgets[reply.Account], reply.State, reply.Stamp.Now));
            default:
                return new BudgetLease(this, claim, LeaseStatus.Conflict);
        }
    }

    /// <summary>The same rule as that of the options: what is repeated while the lease lives has to be recognized.</summary>
    private void CheckLife(TimeSpan? life)
    {
        if (life > _longestLife)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"A lease cannot live for {life:c}, which is more than half of the time for which the store knows an id "
                + $"({2 * _longestLife:c}): a call could be counted twice. Shorten it, or let the store remember ids for longer."));
        }
    }
}
