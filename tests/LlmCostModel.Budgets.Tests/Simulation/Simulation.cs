using LlmCostModel.Budgets.Runs;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Tests.Simulation;

/// <summary>Processes, a network and a server of budgets, all of which fail, and what has to be true after every step.</summary>
internal sealed class Simulation
{
    private const int MostCalls = 100;

    private readonly int _seed;
    private readonly SimulatedWorld _world;
    private readonly SimulatedFaults _faults;
    private readonly SimulatedServer _server;
    private readonly SimulatedClock _serverClock;
    private readonly List<SimulatedProcess> _processes = [];
    private readonly List<SimulatedCall> _calls = [];
    private readonly List<Task> _works = [];
    private readonly Budget[] _budgets;
    private readonly SimulatedRuns? _runs;
    private readonly string _shown;
    private long _counted;

    private Simulation(int seed)
    {
        _seed = seed;
        _world = new SimulatedWorld(seed);
        _faults = SimulatedFaults.Of(_world.Random);
        _shown = _faults.ToString();
        _serverClock = new SimulatedClock(_world, 0);
        _server = new SimulatedServer(_serverClock);
        _budgets = [.. BudgetReader.Read(SimulatedProcess.Options(_faults), _server.Traits)];
        _runs = seed % 5 == 0 ? new(isTight: seed % 10 == 0) : null;
        for (int i = 0; i < 3; i++)
        {
            _processes.Add(Start());
        }
    }

    /// <summary>Runs a world to its end.</summary>
    /// <returns>How many steps it took, and its trace.</returns>
    internal static (long Steps, ulong Trace) Run(int seed)
    {
        SynchronizationContext? around = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null); // nothing goes on in another thread
        try
        {
            return new Simulation(seed).Run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(around);
        }
    }

    private (long Steps, ulong Trace) Run()
    {
        long steps = 0;
        _world.After(0, Drive);
        for (; _world.Step(); steps++)
        {
            Check();
        }

        (_faults.Lost, _faults.Doubled, _faults.Late, _server.IsDown) = (0, 0, 0, false);
        for (int round = 0; round < 3; round++) // the first answer says that something was lost, the second that it is known again
        {
            foreach (SimulatedProcess process in _processes.Where(process => !process.IsDead))
            {
                _ = process.Ledger.GetStatusAsync(new Dictionary<string, string>()).AsTask();
            }

            for (; _world.Step(); steps++)
            {
                Check();
            }
        }

        _world.After(40_000_000, () => { }); // longer than any lease lives, whatever was done to the clock
        _world.Step();
        CheckEnd();
        return (steps, _world.Trace);
    }

    private SimulatedProcess Start()
    {
        SimulatedProcess started = new(_world, _server, new RemoteStore(_world, _server, _faults), _faults);
        _runs?.Join(started);
        return started;
    }

    /// <summary>Begins a call, or breaks something, and comes again.</summary>
    private void Drive()
    {
        if (_world.Chance(0.06))
        {
            Break();
        }

        SimulatedProcess process = _processes[_world.Random.Next(_processes.Count)];
        decimal ceiling = _world.Random.Next(5, 61) / 100m;
        decimal floor = Math.Round(ceiling * _world.Random.Next(0, 40) / 100, 2, MidpointRounding.ToZero);
        SimulatedCall call = new()
        {
            Id = $"{_calls.Count}",
            User = _world.Random.Next(2) == 0 ? "ann" : "bob",
            Run = _runs?.Choose(process, _calls.Count),
            Ceiling = ceiling,
            Floor = floor,
            Actual = floor + Math.Round((ceiling - floor) * _world.Random.Next(0, _faults.Overruns ? 150 : 101) / 100, 2, MidpointRounding.ToZero),
        };
        _calls.Add(call);
        _works.Add(process.CallAsync(call));
        if (_calls.Count < MostCalls)
        {
            _world.After(_world.Random.Next(1, _world.Chance(0.05) ? 20_000 : 400), Drive);
        }
    }

    private void Break()
    {
        switch (_world.Random.Next(4))
        {
            case 0 when _faults.Crashes:
                int place = _world.Random.Next(_processes.Count);
                _processes[place].Kill();
                _processes[place] = Start();
                break;
            case 1 when _faults.Outages:
                _server.IsDown = true;
                _world.After(_world.Random.Next(_world.Chance(0.1) ? 90_000 : 10_000), () => _server.IsDown = false);
                break;
            case 2 when _faults.Rollbacks && _world.Chance(0.3):
                _server.RestartEmpty();
                _counted = 0;
                break;
            case 2 when _faults.Rollbacks:
                _server.FailOver(_world.Random.Next(200)); // among them the looks of this test
                _counted = 0;
                break;
            case 3 when _faults.ClockSteps:
                _serverClock.Skew += _world.Random.Next(-90_000, 90_000);
                break;
        }
    }

    private void Check()
    {
        foreach (RunLimit limit in _faults.HoldsLimits && _runs is { IsTight: true } ? _runs.Limits : [])
        {
            AccountState state = Look(limit);
            Require(state.Settled + state.Held <= state.Limit, () => Story(limit.Budget, state, "is above its limit"));
        }

        foreach (RunLimit limit in _faults.HoldsLimitsOfOneProcess && _runs is { IsTight: true } ? _runs.OfOneProcess : [])
        {
            AccountState state = Look(limit);
            Require(state.Settled <= state.Limit, () => Story(limit.Budget, state, "spent more than its limit"));
        }

        foreach (Budget budget in _budgets)
        {
            foreach (string user in budget.Per.Count == 0 ? [""] : budget.Per[0] == "user" ? ["ann", "bob"] : (string[])[])
            {
                AccountState state = Look(budget, user);
                Require(state.Settled >= 0 && state.Held >= 0, () => Story(budget, state, "is less than nothing"));

                // A clock that is set back brings spent money back into a window that moves with it.
                if (_faults.HoldsLimits && state.Limit is { } limit && !(_faults.ClockSteps && budget.Name == "rolling"))
                {
                    Require(state.Settled + state.Held <= limit, () => Story(budget, state, "is above its limit"));
                }

                if (budget.Name == "count")
                {
                    Require(state.Settled >= _counted || _server.TookBack, () => Story(budget, state, $"had {_counted} before"));
                    (_counted, _server.TookBack) = (state.Settled, false);
                }
            }
        }
    }

    private void CheckEnd()
    {
        Assert.All(_works, work => Assert.Null(work.Exception));
        foreach (Budget budget in _budgets)
        {
            foreach (string key in budget.Per is ["call"] ? _calls.Take(3).Select(made => made.Id) : ["ann", "bob"])
            {
                VerifyReply recount = _server.Recount(Charge(budget, key));
                Require(recount.IsRight, () => Story(budget, Look(budget, key), $"is not what was counted anew: {recount}"));
            }
        }

        Budget call = _budgets[^2], cap = _budgets[^3];
        foreach (SimulatedCall made in _calls)
        {
            AccountState state = Look(call, made.Id);
            bool mayBeForgotten = _faults is { Crashes: true, Rollbacks: true } || made.IsForgotten?.Invoke() == true;
            decimal spent = call.FromUnits(state.Settled), least = mayBeForgotten ? 0 : made.Least;
            Require(state.Held == 0, () => Story(call, state, $"still holds something of {made.Id}"));
            Require(
                spent >= least && spent <= Math.Max(made.Most, made.MayStayHeld?.Invoke() == true ? made.Floor : 0),
                () => Story(call, state, $"of {made.Id} is not {least} to {made.Most} ({made.Ends})") + History(made.Id));
        }

        foreach (RunLimit limit in _runs?.Limits ?? [])
        {
            long spent = _calls.Where(made => made.Run?.Run.Chain.SelectMany(run => run.Limits).Any(one => one.Account == limit.Account) == true)
                .Sum(made => Look(call, made.Id).Settled);
            AccountState state = Look(limit);
            Require((state.Settled, state.Held) == (spent, 0), () => Story(limit.Budget, state, $"is not the sum of its calls, {spent}"));
        }

        if (!_faults.Rollbacks)
        {
            decimal above = cap.FromUnits(Look(cap, "").Settled) - cap.FromUnits(cap.Limit!.Value);
            Require(above <= _calls.Sum(made => made.BeyondHold), () => Story(cap, Look(cap, ""), $"is above its limit by {above}"));
        }
    }

    private AccountState Look(Budget budget, string key) => _server.Look(Charge(budget, key));

    private AccountCharge Charge(Budget budget, string key)
    {
        string account = budget.AccountOf(new Dictionary<string, string> { ["user"] = key, ["call"] = key }, out _)!;
        return budget.Charge(account, 0, 0, _serverClock.GetUtcNow().ToUnixTimeMilliseconds());
    }

    private AccountState Look(RunLimit limit) => _server.Look(limit.Budget.Charge(limit.Account, 0, 0, 0));

    private static void Require(bool isTrue, Func<string> story)
    {
        if (!isTrue)
        {
            Assert.Fail(story());
        }
    }

    private string History(string id) => string.Concat(
        _server.Told.Where(told => told[12..].StartsWith($" {id} ", StringComparison.Ordinal) || told[12..].StartsWith(" !", StringComparison.Ordinal))
            .Select(told => $"\n    {told}"));

    private string Story(Budget budget, AccountState state, string what) =>
        $"Seed {_seed}, {_world.Now} ms, {_calls.Count} calls: {budget.Name} {state} {what}. {_shown}";
}
