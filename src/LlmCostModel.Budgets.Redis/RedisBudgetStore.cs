using System.Globalization;
using System.Runtime.CompilerServices;
using LlmCostModel.Budgets.Redis.Commands;
using LlmCostModel.Budgets.Redis.Configuration;
using LlmCostModel.Budgets.Redis.Scripts;
using LlmCostModel.Budgets.Redis.Server;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace LlmCostModel.Budgets;

/// <summary>Budgets in Redis: processes of many machines share them. Every command is one script, which the server runs as one step with
/// its own clock, on one server or on one shard of a cluster.</summary>
/// <remarks>
/// <para>What Redis promises is what the budgets have: without an append-only file a restart forgets, and a failover can lose what a
/// replica had not received. Every answer carries <see cref="StoreStamp"/>, whose epoch then differs or whose sequence is lower.</para>
/// <para>A command that gets no answer within <see cref="RedisBudgetStoreOptions.Deadline"/> throws <see cref="BudgetStoreException"/>; it
/// may have taken effect, and is repeated with the same id. The type is thread-safe.</para>
/// <para><see cref="BudgetStore.FindTopAsync"/> is for administration: it goes over all keys of the server that has the store, also those
/// of others, in steps that each have the deadline, and reads the sums of every account of the budget. The server does other things between
/// the steps; on one with millions of keys it takes seconds. While a cluster moves the store to another node, accounts can be
/// missing.</para>
/// </remarks>
public sealed partial class RedisBudgetStore : BudgetStore
{
    /// <summary>The largest whole number that a script of Redis has exactly: 2^53 - 1.</summary>
    private const long MostUnits = 9_007_199_254_740_991;

    private const int EntriesAtOnce = 256;

    private readonly IConnectionMultiplexer _connection;
    private readonly RedisBudgetStoreOptions _options;
    private readonly ILogger _logger;
    private readonly bool _ownsConnection;
    private readonly StoreKeys _keys;
    private readonly StoreSettings _settings;
    private readonly StoreScripts _scripts;
    private readonly ScriptRunner _runner;
    private readonly TopScan _top;
    private readonly Recount _recount;
    private readonly ConnectionCount _connections;
    private int _checked;
    private bool _disposed;

    /// <summary>Makes a store on a connection, which stays the caller's. It is best made with <c>AbortOnConnectFail = false</c> and
    /// <c>BacklogPolicy.FailFast</c>.</summary>
    /// <param name="connection">The connection to a server or a cluster.</param>
    /// <param name="options">Where the keys are, how long to wait, and how much to remember; <see langword="null"/> for the defaults. Later
    /// changes have no effect.</param>
    /// <param name="logger">Gets what the server may lose, as a warning, once; <see langword="null"/> for nobody.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the address of a server is not one, such as a URL.</exception>
    public RedisBudgetStore(
        IConnectionMultiplexer connection, RedisBudgetStoreOptions? options = null, ILogger<RedisBudgetStore>? logger = null)
        : this(connection, options, logger, ownsConnection: false)
    {
    }

    internal RedisBudgetStore(
        IConnectionMultiplexer connection, RedisBudgetStoreOptions? options, ILogger? logger, bool ownsConnection,
        TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ConnectionText.Check(connection.GetEndPoints(), nameof(connection));
        _connection = connection;
        _options = (options ?? new()).Checked();
        _logger = logger ?? NullLogger.Instance;
        _ownsConnection = ownsConnection;
        _keys = new StoreKeys(_options.Prefix, _options.Partition);
        _scripts = new StoreScripts(_options, givenTime: clock is not null);
        _runner = new ScriptRunner(connection, _options.Deadline);
        _top = new TopScan(connection, _keys, _options.Deadline);
        _recount = new Recount(connection, _keys, _options.Deadline);
        _connections = new ConnectionCount(connection);
        _settings = new StoreSettings(() => _connections.Now, clock);
        Traits = new()
        {
            IsDurable = true,
            IsShared = true,
            CanRollBack = true,
            KeepsEntries = _options.MaxEntries > 0,
            ListsAccounts = true,
            Retention = _options.Retention,
            MaxAmount = MostUnits,
        };
    }

    /// <inheritdoc/>
    public override BudgetStoreTraits Traits { get; }

    /// <summary>Asks the servers whether they may lose what they acknowledge: by eviction, by a restart, or because they are
    /// replicas.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What was found, with what it costs and what to do; empty when nothing was.</returns>
    /// <exception cref="BudgetStoreException">No server can be asked.</exception>
    public async Task<IReadOnlyList<RedisServerFinding>> CheckAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return await ServerWait.ForAsync(() => ServerCheck.FindAsync(_connection), _connection, _options.Deadline, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Reads the entries of calls that were settled in a time, in the order of their instants: those that are kept.</summary>
    /// <param name="from">The first instant, inclusive.</param>
    /// <param name="to">The end, exclusive.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The entries as they were given, a line of JSON each.</returns>
    /// <exception cref="BudgetStoreException">The server cannot answer.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadEntriesAsync(
        DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        long first = Math.Max(0, from.ToUnixTimeMilliseconds()), last = to.ToUnixTimeMilliseconds() - 1;
        if (last < first)
        {
            yield break;
        }

        string after = string.Create(CultureInfo.InvariantCulture, $"{first}");
        while (true)
        {
            StreamEntry[] page = await ReadPageAsync(after, last, cancellationToken).ConfigureAwait(false);
            foreach (StreamEntry entry in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return (ReadOnlyMemory<byte>)entry["e"];
            }

            if (page.Length < EntriesAtOnce)
            {
                yield break;
            }

            after = "(" + page[^1].Id;
        }
    }

    /// <summary>Ends the use of the store. The connection stays, unless the store was registered with a configuration.</summary>
    /// <returns>The end of it.</returns>
    public override async ValueTask DisposeAsync()
    {
        _connections.Dispose();
        if (!_disposed && _ownsConnection)
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }

        _disposed = true;
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The key of the holds of an account, for tests.</summary>
    internal string HoldsKey(string account) => _keys.Holds(StoreKeys.Encode(account));

    /// <summary>The key of the sums of an account, for tests.</summary>
    internal string SumsKey(string account) => _keys.Sums(StoreKeys.Encode(account));

    /// <summary>Looks at the servers, and logs what they may lose.</summary>
    /// <exception cref="BudgetStoreException">The servers are refused, see <see
    /// cref="RedisBudgetStoreOptions.RequireSafeServer"/>.</exception>
    internal async Task CheckAndReportAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<RedisServerFinding> findings = await CheckAsync(cancellationToken).ConfigureAwait(false);
        if (_options.RequireSafeServer && findings.Count > 0)
        {
            throw new BudgetStoreException(
                $"{ServerFaults.Where(_connection)} is refused, because {nameof(RedisBudgetStoreOptions.RequireSafeServer)} is set: "
                + string.Join(' ', findings.Select(finding => finding.Message)));
        }

        if (Interlocked.Exchange(ref _checked, 1) == 0)
        {
            foreach (RedisServerFinding finding in findings)
            {
                LogFinding(_logger, finding.Server, finding.Message);
            }
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask<ReserveReply> ReserveCoreAsync(ReserveCommand command, CancellationToken cancellationToken)
    {
        ReadOnlySpan<AccountCharge> charges = command.Charges.Span;
        string answer = await RunAsync(
            ScriptCall.Of(
                _keys, _scripts.Reserve, _settings, command.Id, Fingerprint.OfReserved(charges),
                command.TimeToLive + _scripts.CallKnownBeyondHold, charges, !command.States.IsEmpty),
            cancellationToken).ConfigureAwait(false);
        return Replies.Reserved(answer, _settings, command.States.Span);
    }

    /// <inheritdoc/>
    protected override async ValueTask<SettleReply> SettleCoreAsync(SettleCommand command, CancellationToken cancellationToken)
    {
        ReadOnlySpan<AccountCharge> charges = command.Charges.Span;
        string answer = await RunAsync(
            ScriptCall.Of(
                _keys, _scripts.Settle, _settings, command.Id, Fingerprint.OfSettled(charges), RedisValue.EmptyString, charges,
                !command.States.IsEmpty, Traits.KeepsEntries ? command.Entry : default),
            cancellationToken).ConfigureAwait(false);
        return Replies.Settled(answer, _settings, command.States.Span);
    }

    /// <inheritdoc/>
    protected override async ValueTask<ReleaseReply> ReleaseCoreAsync(ReleaseCommand command, CancellationToken cancellationToken)
    {
        ScriptCall call = ScriptCall.Of(_keys, _scripts.Release, _settings, command.Id, command.ChargesFloor ? 1 : 0, 0);
        (int state, StoreStamp stamp) = Replies.Head(await RunAsync(call, cancellationToken).ConfigureAwait(false), _settings);
        return ReleaseReply.Create((HoldState)state, stamp);
    }

    /// <inheritdoc/>
    protected override async ValueTask<ExtendReply> ExtendCoreAsync(ExtendCommand command, CancellationToken cancellationToken)
    {
        ScriptCall call = ScriptCall.Of(_keys, _scripts.Extend, _settings, command.Id, 0, command.TimeToLive);
        (int state, StoreStamp stamp) = Replies.Head(await RunAsync(call, cancellationToken).ConfigureAwait(false), _settings);
        return ExtendReply.Create((HoldState)state, stamp);
    }

    /// <inheritdoc/>
    protected override async ValueTask<ReadReply> ReadCoreAsync(ReadCommand command, CancellationToken cancellationToken)
    {
        ScriptCall call = ScriptCall.Of(_keys, _scripts.Read, _settings, "", 0, 0, command.Accounts.Span, showsStates: true);
        string answer = await RunAsync(call, cancellationToken).ConfigureAwait(false);
        return Replies.Shown(answer, _settings, command.States.Span);
    }

    /// <inheritdoc/>
    protected override async ValueTask<TopReply> FindTopCoreAsync(TopCommand command, CancellationToken cancellationToken)
    {
        StoreStamp stamp = await AskTimeAsync(cancellationToken).ConfigureAwait(false);
        return command.Period.TryFind(stamp.Now, out AccountPeriod window)
            ? TopReply.Create(false, stamp, await _top.FindAsync(command, window, cancellationToken).ConfigureAwait(false))
            : TopReply.Create(true, stamp, []);
    }

    /// <inheritdoc/>
    protected override async ValueTask<VerifyReply> VerifyCoreAsync(VerifyCommand command, CancellationToken cancellationToken)
    {
        StoreStamp stamp = await AskTimeAsync(cancellationToken).ConfigureAwait(false);
        return command.Period.TryFind(stamp.Now, out AccountPeriod window)
            ? await _recount.RunAsync(command, window, stamp, cancellationToken).ConfigureAwait(false)
            : VerifyReply.Stale(stamp);
    }

    [LoggerMessage(
        EventId = 1, Level = LogLevel.Warning,
        Message = "The Redis server {Server} of the budgets can lose what it acknowledged. {Finding}")]
    private static partial void LogFinding(ILogger logger, string server, string finding);

    /// <summary>A command without accounts: it says the store's time.</summary>
    private async Task<StoreStamp> AskTimeAsync(CancellationToken cancellationToken)
    {
        ScriptCall call = ScriptCall.Of(_keys, _scripts.Read, _settings, "", 0, 0);
        return Replies.Head(await RunAsync(call, cancellationToken).ConfigureAwait(false), _settings).Stamp;
    }

    private Task<string> RunAsync(ScriptCall call, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Volatile.Read(ref _checked) == 1)
        {
            return _runner.RunAsync(call, cancellationToken);
        }

        return CheckAndRunAsync(call, cancellationToken);
    }

    /// <summary>Before the first command that succeeds.</summary>
    private async Task<string> CheckAndRunAsync(ScriptCall call, CancellationToken cancellationToken)
    {
        if (_options.RequireSafeServer)
        {
            await CheckAndReportAsync(cancellationToken).ConfigureAwait(false);
            return await _runner.RunAsync(call, cancellationToken).ConfigureAwait(false);
        }

        string answer = await _runner.RunAsync(call, cancellationToken).ConfigureAwait(false);
        try
        {
            await CheckAndReportAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (BudgetStoreException)
        {
            // the command has its answer; the next one asks again
        }

        return answer;
    }

    private Task<StreamEntry[]> ReadPageAsync(string after, long last, CancellationToken cancellationToken) => ServerWait.ForAsync(
        () => _connection.GetDatabase()
            .StreamRangeAsync(_keys.Log, after, last, EntriesAtOnce, flags: CommandFlags.DemandMaster),
        _connection, _options.Deadline, cancellationToken);
}
