using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets;

/// <summary>The budgets of an application: a lease before a call, what it cost afterwards, and what is left.</summary>
/// <remarks>
/// <para>A lease is granted only if every budget of the call has room for it at one instant; then that much is held everywhere, else
/// nothing is. What was spent is counted whatever the state is, each id once. So a limit is passed by no more than what calls cost above
/// what was held for them.</para>
/// <para>The type is thread-safe.</para>
/// </remarks>
public sealed class BudgetLedger
{
    /// <summary>A window can end between asking and answering, once; the second time something is wrong with a clock.</summary>
    private const int Tries = 3;

    private static readonly TimeSpan OldestRecord = TimeSpan.FromDays(35), NewestRecord = TimeSpan.FromMinutes(5);

    private readonly BudgetStore _store;
    private readonly ImmutableArray<Budget> _budgets;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _timeToLive;

    /// <summary>Makes a ledger.</summary>
    /// <param name="store">Where budgets are counted.</param>
    /// <param name="options">The budgets.</param>
    /// <param name="clock">The clock, from which the windows of calendars are found; <see langword="null"/> for that of the system. What
    /// decides is the clock of the store.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The options are not valid; every fault is
    /// named.</exception>
    public BudgetLedger(BudgetStore store, BudgetsOptions options, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        (_store, _clock) = (store, clock ?? TimeProvider.System);
        _budgets = BudgetReader.Read(options, store.Traits);
        _timeToLive = options.TimeToLive;
    }

    /// <summary>Asks whether a call may be made, and holds what it can cost.</summary>
    /// <param name="request">The call.</param>
    /// <param name="cancellationToken">Stops waiting; what may have been held is given back.</param>
    /// <returns>The answer; dispose of it when the call ended, whichever way.</returns>
    /// <exception cref="ArgumentException">The request lacks a tag that a budget is kept per, or takes more than can be
    /// counted.</exception>
    public async ValueTask<BudgetLease> ReserveAsync(BudgetRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        BudgetClaim claim = BudgetClaim.Of(request, _budgets);
        if (claim.Denial is { } denial)
        {
            return new BudgetLease(this, claim, LeaseStatus.Denied, denial: denial);
        }

        AccountState[] states = new AccountState[claim.Budgets.Length];
        try
        {
            return Lease(claim, await HoldAsync(claim, states, cancellationToken).ConfigureAwait(false), states);
        }
        catch (BudgetStoreException failure)
        {
            return new BudgetLease(this, claim, LeaseStatus.Unavailable, failure: failure);
        }
        catch (OperationCanceledException)
        {
            _ = GiveBackAsync(claim); // in the background: who gives up does not wait
            throw;
        }
    }

    /// <summary>Counts a call for which there is no lease.</summary>
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
        TimeSpan age = _clock.GetUtcNow() - call.At;
        if (age > OldestRecord || age < -NewestRecord)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The call was made at {call.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC. ")
                    + "A call is counted up to 35 days after it was made, and 5 minutes before.",
                nameof(call));
        }

        string name = id ?? Name(call.Call.Identity.ResponseId) ?? Guid.NewGuid().ToString("N");
        BudgetClaim claim = BudgetClaim.Of(new BudgetRequest { Id = name, Tags = tags }, _budgets);
        return CountAsync(claim, BudgetSpend.Of([call], null), call.At.ToUnixTimeMilliseconds(), cancellationToken);
    }

    /// <summary>Reads what the budgets of some tags have.</summary>
    /// <param name="tags">Whose; budgets kept per a tag that is not among them are left out.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The budgets, in the order of configuration.</returns>
    /// <exception cref="BudgetStoreException">The store does not answer.</exception>
    public async ValueTask<ImmutableArray<BudgetStatus>> GetStatusAsync(
        IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tags);
        ImmutableArray<ClaimedBudget> known =
        [
            .. from budget in _budgets
               let account = budget.AccountOf(tags, out _)
               where account is not null
               select ClaimedBudget.Of(budget, account, 0, 0),
        ];
        AccountState[] states = new AccountState[known.Length];
        long now = Now();
        for (int i = 0; i < Tries; i++)
        {
            ReadCommand command = new() { Accounts = known.Select(claimed => claimed.Charge(now)).ToArray(), States = states };
            ReadReply reply = await _store.ReadAsync(command, cancellationToken).ConfigureAwait(false);
            if (!reply.IsStale)
            {
                return Statuses(known, states);
            }

            now = reply.Stamp.Now;
        }

        throw ClockRuns();
    }

    /// <summary>Finds whose budget is used most in the window that is running.</summary>
    /// <param name="budget">The name of the budget.</param>
    /// <param name="count">How many to find at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Those that spent something, the one that spent most first; of a budget of all calls, that one.</returns>
    /// <exception cref="ArgumentException">There is no such budget.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of its range.</exception>
    /// <exception cref="NotSupportedException">The store does not list its accounts, see <see
    /// cref="BudgetStoreTraits.ListsAccounts"/>.</exception>
    /// <exception cref="BudgetStoreException">The store does not answer.</exception>
    public async ValueTask<ImmutableArray<BudgetAccount>> GetTopAsync(
        string budget, int count = 10, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(budget);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1_000);
        TopAccounts top = TopAccounts.Of(_store, _budgets, budget, Now());
        return await top.FindAsync(count, cancellationToken).ConfigureAwait(false) ?? throw ClockRuns();
    }

    /// <summary>Changes what was spent, to correct a mistake: a refund, or a bill that says otherwise. Only budgets of the currency
    /// change.</summary>
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
        return CountAsync(
            BudgetClaim.Of(new BudgetRequest { Id = id, Tags = tags }, _budgets), BudgetSpend.Correction(amount), null, cancellationToken);
    }

    internal async ValueTask<BudgetSettlement> SettleAsync(BudgetClaim claim, BudgetSpend spend, CancellationToken cancellationToken) =>
        await CountAsync(claim, spend, null, cancellationToken).ConfigureAwait(false);

    internal async ValueTask ReleaseAsync(BudgetClaim claim, bool chargesFloor, CancellationToken cancellationToken) =>
        await _store.ReleaseAsync(new ReleaseCommand { Id = claim.Request.Id, ChargesFloor = chargesFloor }, CancellationToken.None)
            .AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);

    internal async ValueTask<bool> ExtendAsync(BudgetClaim claim, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        ExtendCommand command = new() { Id = claim.Request.Id, TimeToLive = (long)timeToLive.TotalMilliseconds };
        return (await _store.ExtendAsync(command, cancellationToken).ConfigureAwait(false)).State == HoldState.Held;
    }

    private async ValueTask<ReserveReply> HoldAsync(BudgetClaim claim, AccountState[] states, CancellationToken cancellationToken)
    {
        long now = Now();
        for (int i = 0; i < Tries; i++)
        {
            ReserveCommand command = new()
            {
                Id = claim.Request.Id,
                Charges = claim.Charges(now),
                TimeToLive = (long)(claim.Request.TimeToLive ?? _timeToLive).TotalMilliseconds,
                States = states,
            };
            ReserveReply reply = await _store.ReserveAsync(command, cancellationToken).ConfigureAwait(false);
            if (reply.Outcome != ReserveOutcome.StaleWindow)
            {
                return reply;
            }

            now = reply.Stamp.Now;
        }

        throw ClockRuns();
    }

    private async ValueTask<BudgetSettlement> CountAsync(
        BudgetClaim claim, BudgetSpend spend, long? at, CancellationToken cancellationToken)
    {
        AccountState[] states = new AccountState[claim.Budgets.Length];
        long now = at ?? Now();
        for (int i = 0; i < Tries; i++)
        {
            SettlementRemarks remarks = SettlementRemarks.None;
            AccountCharge[] charges = new AccountCharge[states.Length];
            for (int place = 0; place < charges.Length; place++)
            {
                charges[place] = claim.Budgets[place].Charge(spend, now, ref remarks);
                charges[place] = at is null ? charges[place] : charges[place] with { Period = charges[place].Period.Chosen() };
            }

            SettleCommand command = new()
            {
                Id = claim.Request.Id,
                Charges = charges,
                States = states,
                IsCorrection = spend.IsCorrection,
                Entry = EntryWriter.Write(_store, claim, spend, charges, remarks, DateTimeOffset.FromUnixTimeMilliseconds(now)),
            };

            // Money that was spent is spent, whoever has stopped waiting.
            SettleReply reply = await _store.SettleAsync(command, CancellationToken.None)
                .AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            if (reply.Outcome != SettleOutcome.StaleWindow)
            {
                return new BudgetSettlement(remarks | Remarks(reply), Statuses(claim.Budgets, states));
            }

            now = reply.Stamp.Now;
        }

        throw ClockRuns();
    }

    private BudgetLease Lease(BudgetClaim claim, ReserveReply reply, AccountState[] states) => reply.Outcome switch
    {
        ReserveOutcome.Granted or ReserveOutcome.Replayed => new BudgetLease(
            this, claim, LeaseStatus.Granted, Statuses(claim.Budgets, states), isReplay: reply.Outcome == ReserveOutcome.Replayed)
        {
            WouldDeny =
            [
                .. claim.WouldDeny,
                .. claim.Budgets.Where((_, place) => place < 64 && (reply.Observed & (1UL << place)) != 0)
                    .Select(claimed => claimed.Budget.Name),
            ],
        },
        ReserveOutcome.Denied => new BudgetLease(
            this, claim, LeaseStatus.Denied, denial: Denials.Of(claim.Budgets[reply.Account], reply.State, reply.Stamp.Now)),
        _ => new BudgetLease(this, claim, LeaseStatus.Conflict),
    };

    /// <summary>A reservation whose answer nobody waited for may have been granted; it may even arrive after this.</summary>
    private async Task GiveBackAsync(BudgetClaim claim)
    {
        try
        {
            await ReleaseAsync(claim, chargesFloor: false, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is BudgetStoreException or ObjectDisposedException)
        {
            // The hold ends by itself.
        }
    }

    /// <summary>Ids of responses that gateways make may be longer than a store takes.</summary>
    private static string? Name(string? responseId) => responseId is { Length: > BudgetRequest.LongestId }
        ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(responseId)))
        : responseId;

    private long Now() => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static ImmutableArray<BudgetStatus> Statuses(ImmutableArray<ClaimedBudget> claimed, AccountState[] states) =>
        [.. claimed.Select((budget, place) => budget.Status(states[place]))];

    private static SettlementRemarks Remarks(SettleReply reply) =>
        (SettlementRemarks)(int)reply.Remarks | reply.Outcome switch
        {
            SettleOutcome.Replayed => SettlementRemarks.Repeated,
            SettleOutcome.Conflict => SettlementRemarks.Conflict,
            _ => SettlementRemarks.None,
        };

    private static BudgetStoreException ClockRuns() =>
        new("The store's clock is in another window of a budget each time it is asked. Look at the clocks of the store and of this "
            + "machine.");
}
