namespace LlmCostModel.Budgets.Stores;

/// <summary>Where budgets are counted: the contract of an engine. Integers only, no clock of the caller, and every command is one atomic
/// step that takes effect wholly or not at all.</summary>
/// <remarks>
/// <para>Two rules carry the rest. A reservation is admitted only if for <b>every</b> account <c>settled + held + amount &lt;= limit</c> at
/// one instant. What was spent is recorded whatever the state is: late, above what was held, above the limit, under an id that nobody
/// reserved; the answer says which.</para>
/// <para>A hold is a stored object with an amount, a window and a deadline. The sum of the live ones is what an account holds. A hold
/// past its deadline is given back by the next reservation or reading that touches its account, in the order of the deadlines, at most
/// <see cref="ReclaimedAtOnce"/> of an account at a time; then its floor counts as spent, until a settlement or a release says what was.
/// Those end a reservation alike in all its accounts, whichever were touched before.</para>
/// <para>Commands may be repeated for ever with the same id: the first one counts. An id is kept for as long as the store says after its
/// end. Stores are safe for concurrent calls. A store that cannot answer throws <see cref="BudgetStoreException"/>, and then the command
/// may have taken effect or not: repeat it with the same id.</para>
/// </remarks>
public abstract class BudgetStore : IAsyncDisposable, IDisposable
{
    /// <summary>How many holds past their deadline one command gives back of one account at most, so that no command takes long.</summary>
    public const int ReclaimedAtOnce = 8;

    /// <summary>Gets what the store promises.</summary>
    public abstract BudgetStoreTraits Traits { get; }

    /// <summary>Holds amounts in several accounts, all or none.</summary>
    /// <param name="command">What to hold.</param>
    /// <param name="cancellationToken">Stops waiting; the command may have taken effect.</param>
    /// <returns>Whether it is held, or which account has no room.</returns>
    /// <exception cref="BudgetStoreException">The store cannot answer.</exception>
    /// <exception cref="ArgumentException">The command is not one: an id, amount or time is out of its range, or an account is named
    /// twice.</exception>
    public ValueTask<ReserveReply> ReserveAsync(ReserveCommand command, CancellationToken cancellationToken = default)
    {
        CommandGuard.Check(in command, Traits.MaxAmount);
        cancellationToken.ThrowIfCancellationRequested();
        return ReserveCoreAsync(command, cancellationToken);
    }

    /// <summary>Records what was spent, and ends the hold. Never refused for want of room.</summary>
    /// <param name="command">What was spent, in which accounts.</param>
    /// <param name="cancellationToken">Stops waiting; the command may have taken effect.</param>
    /// <returns>How it was recorded.</returns>
    /// <exception cref="BudgetStoreException">The store cannot answer.</exception>
    /// <exception cref="ArgumentException">The command is not one: an id, amount or time is out of its range, or an account is named
    /// twice.</exception>
    public ValueTask<SettleReply> SettleAsync(SettleCommand command, CancellationToken cancellationToken = default)
    {
        CommandGuard.Check(in command, Traits.MaxAmount);
        cancellationToken.ThrowIfCancellationRequested();
        return SettleCoreAsync(command, cancellationToken);
    }

    /// <summary>Gives a hold back. An id that is not known is remembered, so that a reservation which arrives later is refused; not so when
    /// floors were to be charged, which whoever asked then settles.</summary>
    /// <param name="command">The reservation, and whether its floor is charged.</param>
    /// <param name="cancellationToken">Stops waiting; the command may have taken effect.</param>
    /// <returns>What the reservation was.</returns>
    /// <exception cref="BudgetStoreException">The store cannot answer.</exception>
    /// <exception cref="ArgumentException">The command is not one: an id, amount or time is out of its range, or an account is named
    /// twice.</exception>
    public ValueTask<ReleaseReply> ReleaseAsync(ReleaseCommand command, CancellationToken cancellationToken = default)
    {
        CommandGuard.Check(in command, Traits.MaxAmount);
        cancellationToken.ThrowIfCancellationRequested();
        return ReleaseCoreAsync(command, cancellationToken);
    }

    /// <summary>Moves the deadline of a hold.</summary>
    /// <param name="command">The reservation, and how long from now it lives at least.</param>
    /// <param name="cancellationToken">Stops waiting; the command may have taken effect.</param>
    /// <returns>Whether it is held.</returns>
    /// <exception cref="BudgetStoreException">The store cannot answer.</exception>
    /// <exception cref="ArgumentException">The command is not one: an id, amount or time is out of its range, or an account is named
    /// twice.</exception>
    public ValueTask<ExtendReply> ExtendAsync(ExtendCommand command, CancellationToken cancellationToken = default)
    {
        CommandGuard.Check(in command, Traits.MaxAmount);
        cancellationToken.ThrowIfCancellationRequested();
        return ExtendCoreAsync(command, cancellationToken);
    }

    /// <summary>Reads what accounts have in the windows that are running.</summary>
    /// <param name="command">The accounts.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The store's time.</returns>
    /// <exception cref="BudgetStoreException">The store cannot answer.</exception>
    /// <exception cref="ArgumentException">The command is not one: an id, amount or time is out of its range, or an account is named
    /// twice.</exception>
    public ValueTask<ReadReply> ReadAsync(ReadCommand command, CancellationToken cancellationToken = default)
    {
        CommandGuard.Check(in command, Traits.MaxAmount);
        cancellationToken.ThrowIfCancellationRequested();
        return ReadCoreAsync(command, cancellationToken);
    }

    /// <summary>Finds the accounts that spent most in the window that is running; of those that spent the same, by their names.</summary>
    /// <param name="command">Which accounts, and how many.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The accounts.</returns>
    /// <exception cref="BudgetStoreException">The store cannot answer.</exception>
    /// <exception cref="ArgumentException">The command is not one: the prefix is empty, or the count is out of its range.</exception>
    /// <exception cref="NotSupportedException">The store does not list its accounts, see <see
    /// cref="BudgetStoreTraits.ListsAccounts"/>.</exception>
    public ValueTask<TopReply> FindTopAsync(TopCommand command, CancellationToken cancellationToken = default)
    {
        CommandGuard.Check(in command);
        cancellationToken.ThrowIfCancellationRequested();
        return FindTopCoreAsync(command, cancellationToken);
    }

    /// <summary>Counts anew what an account holds and has spent, from its single holds and calls, and says whether that is what the store
    /// counts. It changes nothing unless it is asked to. It takes longer than other commands, in proportion to what it counts.</summary>
    /// <param name="command">Which account, and whether it is repaired.</param>
    /// <param name="cancellationToken">Stops waiting; a repair may have taken effect.</param>
    /// <returns>Both counts.</returns>
    /// <exception cref="BudgetStoreException">The store cannot answer.</exception>
    /// <exception cref="ArgumentException">The command is not one: the account has no name or no window.</exception>
    /// <exception cref="NotSupportedException">The store does not count anew.</exception>
    public ValueTask<VerifyReply> VerifyAsync(VerifyCommand command, CancellationToken cancellationToken = default)
    {
        CommandGuard.Check(in command);
        cancellationToken.ThrowIfCancellationRequested();
        return VerifyCoreAsync(command, cancellationToken);
    }

    /// <summary>Does what <see cref="ReserveAsync"/> says, with a command that was checked.</summary>
    /// <inheritdoc cref="ReserveAsync"/>
    protected abstract ValueTask<ReserveReply> ReserveCoreAsync(ReserveCommand command, CancellationToken cancellationToken);

    /// <summary>Does what <see cref="SettleAsync"/> says, with a command that was checked.</summary>
    /// <inheritdoc cref="SettleAsync"/>
    protected abstract ValueTask<SettleReply> SettleCoreAsync(SettleCommand command, CancellationToken cancellationToken);

    /// <summary>Does what <see cref="ReleaseAsync"/> says, with a command that was checked.</summary>
    /// <inheritdoc cref="ReleaseAsync"/>
    protected abstract ValueTask<ReleaseReply> ReleaseCoreAsync(ReleaseCommand command, CancellationToken cancellationToken);

    /// <summary>Does what <see cref="ExtendAsync"/> says, with a command that was checked.</summary>
    /// <inheritdoc cref="ExtendAsync"/>
    protected abstract ValueTask<ExtendReply> ExtendCoreAsync(ExtendCommand command, CancellationToken cancellationToken);

    /// <summary>Does what <see cref="ReadAsync"/> says, with a command that was checked.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    protected abstract ValueTask<ReadReply> ReadCoreAsync(ReadCommand command, CancellationToken cancellationToken);

    /// <summary>Does what <see cref="FindTopAsync"/> says, with a command that was checked. A store that cannot list its accounts leaves
    /// it as it is.</summary>
    /// <inheritdoc cref="FindTopAsync"/>
    protected virtual ValueTask<TopReply> FindTopCoreAsync(TopCommand command, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{GetType().Name} does not list its accounts. Ask for the accounts that you know.");

    /// <summary>Does what <see cref="VerifyAsync"/> says, with a command that was checked. A store that keeps nothing but sums leaves it as
    /// it is.</summary>
    /// <inheritdoc cref="VerifyAsync"/>
    protected virtual ValueTask<VerifyReply> VerifyCoreAsync(VerifyCommand command, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{GetType().Name} does not count anew what its accounts hold.");

    /// <summary>Ends the use of the store, for containers that are disposed of without waiting.</summary>
    public void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the use of the store.</summary>
    /// <returns>The end of it.</returns>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }
}
