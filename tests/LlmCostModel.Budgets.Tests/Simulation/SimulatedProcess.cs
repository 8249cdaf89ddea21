using Microsoft.Extensions.Logging;

namespace LlmCostModel.Budgets.Tests.Simulation;

/// <summary>A process with a ledger and many callers.</summary>
internal sealed class SimulatedProcess
{
    private readonly SimulatedWorld _world;
    private readonly SimulatedFaults _faults;
    private readonly SimulatedClock _clock;
    private readonly RemoteStore _store;

    internal SimulatedProcess(SimulatedWorld world, SimulatedServer server, RemoteStore store, SimulatedFaults faults)
    {
        (_world, _faults, _store) = (world, faults, store);
        _clock = new SimulatedClock(world, world.Random.Next(-5_000, 5_000));
        Ledger = Make(_store, Options(faults), _clock, new Diary(server));
    }

    internal BudgetLedger Ledger { get; }

    internal bool IsDead => _store.IsDead;

    internal static BudgetsOptions Options(SimulatedFaults faults)
    {
        BudgetsOptions options = new()
        {
            TimeToLive = TimeSpan.FromMinutes(10),
            WhenStoreIsAway = faults.Policy,
            MaxOpenTime = faults.Policy == StoreOutage.Open ? TimeSpan.FromSeconds(5) : null,
            LocalShare = faults.Policy == StoreOutage.LocalShare ? 0.1m : null,
            ReplayHorizon = TimeSpan.FromMinutes(30),
        };
        options.Budgets["user"] = Budget(faults, 1m, BudgetWindow.Every(TimeSpan.FromMinutes(1)));
        options.Budgets["user"].Per.Add("user");
        options.Budgets["rolling"] = Budget(faults, 1.5m, BudgetWindow.Rolling(TimeSpan.FromSeconds(30), 10));
        options.Budgets["cap"] = Budget(faults, 8m, BudgetWindow.Total);
        options.Budgets["call"] = Budget(faults, null, BudgetWindow.Total);
        options.Budgets["call"].Per.Add("call");
        options.Budgets["count"] = Budget(faults, null, BudgetWindow.Total);
        return options;
    }

    /// <summary>Nothing of the process happens any more.</summary>
    internal void Kill() => _store.IsDead = _clock.IsDead = true;

    internal async Task CallAsync(SimulatedCall call)
    {
        BudgetRequest request = new()
        {
            Id = call.Id,
            Tags = new Dictionary<string, string> { ["user"] = call.User, ["call"] = call.Id },
            Ceiling = new Money(call.Ceiling, "USD"),
            Floor = new Money(call.Floor, "USD"),
            TimeToLive = _faults.ShortLives ? TimeSpan.FromSeconds(1) : null,
        };
        BudgetLease lease = null!;
        for (int tries = 0; tries < 3 && lease is null or { Status: LeaseStatus.Unavailable }; tries++)
        {
            call.IsBetween(0, call.Floor);
            await SleepAsync(tries * _world.Random.Next(500));
            lease = await (call.Run is { } run ? run.ReserveAsync(request) : Ledger.ReserveAsync(request));
        }

        _world.Note((int)lease.Status);
        call.MayStayHeld = () => IsDead; // an early try may be held, and a process that was killed does not give it back
        if (!lease.IsAcquired)
        {
            call.Is(0);
            call.Ends = $"{lease.Status}";
            return;
        }

        call.IsBetween(lease.IsLocal ? 0 : call.Floor, call.Floor);
        long begun = _world.Now;
        await SleepAsync(_world.Random.Next(1, 1_500));
        if (_world.Chance(0.1) && !_faults.ShortLives)
        {
            await ExtendAsync(lease);
        }

        int end = _world.Random.Next(10);
        call.IsBetween(end == 0 ? 0 : lease.IsLocal ? 0 : call.Floor, end < 3 ? call.Floor : call.Actual);
        call.Ends = $"{end}{(lease.IsLocal ? ", local" : "")}";
        switch (end)
        {
            case 0:
                await lease.ReleaseAsync();
                call.Is(0);
                break;
            case 1 when !lease.IsLocal:
                call.IsBetween(_faults.Rollbacks ? 0 : call.Floor, call.Floor); // nobody says anything: its time is over some day
                break;
            case <= 2:
                await lease.DisposeAsync();
                call.Is(call.Floor);
                call.IsForgotten = lease.IsLocal ? () => IsDead : null;
                call.BeyondHold += lease.IsLocal ? call.Floor : 0;
                break;
            default:
                BudgetSettlement settled = await lease.SettleAsync(new Money(call.Actual, "USD"));
                call.Is(call.Actual);
                call.IsForgotten = settled.Remarks.HasFlag(SettlementRemarks.Pending) ? () => IsDead : null;
                call.BeyondHold += lease.IsLocal || _world.Now - begun >= 1_000 && _faults.ShortLives || settled.Remarks.HasFlag(SettlementRemarks.Late)
                    ? call.Actual
                    : Math.Max(0, call.Actual - call.Ceiling);
                _world.Note((int)settled.Remarks);
                break;
        }
    }

    private static BudgetLedger Make(RemoteStore store, BudgetsOptions options, SimulatedClock clock, Diary diary) =>
        new(store, options, clock, diary);

    /// <summary>Work of a process that was killed meanwhile never goes on.</summary>
    private async Task SleepAsync(long milliseconds)
    {
        await _world.Sleep(milliseconds);
        if (IsDead)
        {
            await new TaskCompletionSource().Task;
        }
    }

    private static async Task ExtendAsync(BudgetLease lease)
    {
        try
        {
            await lease.ExtendAsync(TimeSpan.FromMinutes(11));
        }
        catch (BudgetStoreException)
        {
            // Its life is long enough.
        }
    }

    private static BudgetOptions Budget(SimulatedFaults faults, decimal? limit, BudgetWindow window) => new()
    {
        Limit = limit,
        Currency = "USD",
        Window = window,
        MaxWhileOpen = faults.Policy == StoreOutage.Open && limit is not null ? 0.5m : null,
    };

    private sealed class Diary(SimulatedServer server) : ILogger<BudgetLedger>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            server.Say($"{formatter(state, exception)} {exception?.Message}");
    }
}
