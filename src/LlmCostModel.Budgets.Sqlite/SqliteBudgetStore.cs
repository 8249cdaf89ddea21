using System.Runtime.CompilerServices;
using LlmCostModel.Budgets.Sqlite.Database;
using LlmCostModel.Budgets.Sqlite.Steps;
using LlmCostModel.Budgets.Sqlite.Tables;
using LlmCostModel.Budgets.Sqlite.Writing;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets;

/// <summary>Budgets in a SQLite file: they survive the process, and several processes of one machine share them. It keeps the entries of
/// settled calls.</summary>
/// <remarks>
/// <para>Commands that wait are written together, in one transaction, by a thread of the store; a command is answered when it is in the
/// file. The processes have one clock, that of the machine.</para>
/// <para>The constructor throws <see cref="BudgetStoreException"/> when something is wrong with the file, and a command when something goes
/// wrong later. The type is thread-safe. Dispose of it to have all that waits written.</para>
/// </remarks>
public sealed class SqliteBudgetStore : BudgetStore
{
    /// <summary>The same as in memory: a thousand of them add up without an overflow.</summary>
    private const long MostUnits = 9_007_199_254_740_991;

    private const int EntriesAtOnce = 256;

    private readonly SqliteBudgetStoreOptions _options;
    private readonly TimeProvider _clock;
    private readonly Writer _writer;

    /// <summary>Opens a file, and makes it when it is not there.</summary>
    /// <param name="options">Where the file is, and how much it remembers. Later changes of the options have no effect.</param>
    /// <param name="clock">The clock; <see langword="null"/> for that of the system.</param>
    /// <exception cref="ArgumentException">An option is not set or out of its range.</exception>
    /// <exception cref="BudgetStoreException">The path cannot be a file of budgets, or the file is not one; the message says
    /// why.</exception>
    public SqliteBudgetStore(SqliteBudgetStoreOptions options, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Checked();
        Traits = new()
        {
            IsDurable = true,
            IsShared = true,
            KeepsEntries = true,
            ListsAccounts = true,
            Retention = _options.Retention,
            MaxAmount = MostUnits,
        };
        _clock = clock ?? TimeProvider.System;
        _writer = new Writer(this, _options, _clock);
    }

    /// <inheritdoc/>
    public override BudgetStoreTraits Traits { get; }

    /// <summary>Reads the entries of calls that were settled in a time, in the order of their instants.</summary>
    /// <param name="from">The first instant, inclusive.</param>
    /// <param name="to">The end, exclusive.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The entries as they were given, a line of JSON each.</returns>
    /// <exception cref="BudgetStoreException">The file cannot be read.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadEntriesAsync(
        DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        EntryPages pages = new(_options, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
        while (true)
        {
            // Reading waits for the disk, so not on the caller's thread; a page at a time, because the log cannot be cut during a reading.
            List<byte[]> page = await Task.Run(() => pages.Read(EntriesAtOnce), cancellationToken).ConfigureAwait(false);
            foreach (byte[] line in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return line;
            }

            if (page.Count < EntriesAtOnce)
            {
                yield break;
            }
        }
    }

    /// <summary>Reads the entries of a file without opening it for changes, in the order of their instants: for programs that only look at
    /// it, while others write.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The entries as they were given, a line of JSON each, as they are enumerated.</returns>
    /// <exception cref="BudgetStoreException">When it is enumerated: the file is not there, is not one of budgets, or cannot be
    /// read.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> ReadEntries(string path)
    {
        SqliteBudgetStoreOptions options = new SqliteBudgetStoreOptions { Path = path }.Checked();
        return ReadEntries(new EntryPages(options, long.MinValue, long.MaxValue));
    }

    private static IEnumerable<ReadOnlyMemory<byte>> ReadEntries(EntryPages pages)
    {
        pages.CheckFile();
        for (List<byte[]> page = pages.Read(EntriesAtOnce); page.Count > 0; page = pages.Read(EntriesAtOnce))
        {
            foreach (byte[] line in page)
            {
                yield return line;
            }
        }
    }

    /// <summary>Writes what waits, and closes the file.</summary>
    /// <returns>The end of it.</returns>
    public override async ValueTask DisposeAsync()
    {
        await _writer.CloseAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async ValueTask<ReserveReply> ReserveCoreAsync(ReserveCommand command, CancellationToken cancellationToken)
    {
        ReserveStep step = new(command);
        await _writer.RunAsync(step, cancellationToken).ConfigureAwait(false);
        Show(step.States, command.States);
        return step.Reply;
    }

    /// <inheritdoc/>
    protected override async ValueTask<SettleReply> SettleCoreAsync(SettleCommand command, CancellationToken cancellationToken)
    {
        SettleStep step = new(command);
        await _writer.RunAsync(step, cancellationToken).ConfigureAwait(false);
        Show(step.States, command.States);
        return step.Reply;
    }

    /// <inheritdoc/>
    protected override async ValueTask<ReleaseReply> ReleaseCoreAsync(ReleaseCommand command, CancellationToken cancellationToken)
    {
        ReleaseStep step = new(command);
        await _writer.RunAsync(step, cancellationToken).ConfigureAwait(false);
        return step.Reply;
    }

    /// <inheritdoc/>
    protected override async ValueTask<ExtendReply> ExtendCoreAsync(ExtendCommand command, CancellationToken cancellationToken)
    {
        ExtendStep step = new(command);
        await _writer.RunAsync(step, cancellationToken).ConfigureAwait(false);
        return step.Reply;
    }

    /// <inheritdoc/>
    protected override async ValueTask<ReadReply> ReadCoreAsync(ReadCommand command, CancellationToken cancellationToken)
    {
        ReadStep step = new(command);
        await _writer.RunAsync(step, cancellationToken).ConfigureAwait(false);
        Show(step.States, command.States);
        return step.Reply;
    }

    /// <inheritdoc/>
    protected override ValueTask<TopReply> FindTopCoreAsync(TopCommand command, CancellationToken cancellationToken) =>
        new(Task.Run(() => TopRows.Find(_options, command, _clock.GetUtcNow().ToUnixTimeMilliseconds()), cancellationToken));

    /// <summary>What only looks does so beside the writer, because it goes over all calls that are known.</summary>
    /// <inheritdoc/>
    protected override async ValueTask<VerifyReply> VerifyCoreAsync(VerifyCommand command, CancellationToken cancellationToken)
    {
        if (!command.RepairsHeld)
        {
            long now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
            return await Task.Run(() => Recount.Read(_options, command, now), cancellationToken).ConfigureAwait(false);
        }

        VerifyStep step = new(command);
        await _writer.RunAsync(step, cancellationToken).ConfigureAwait(false);
        return step.Reply;
    }

    /// <summary>Here, and not by the writer, so that nothing is written into memory of a caller who has stopped waiting.</summary>
    private static void Show(AccountState[] states, Memory<AccountState> to)
    {
        if (!to.IsEmpty)
        {
            states.CopyTo(to);
        }
    }
}
