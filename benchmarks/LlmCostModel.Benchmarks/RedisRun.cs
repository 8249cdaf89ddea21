using System.Diagnostics;
using System.Globalization;
using LlmCostModel.Budgets;
using LlmCostModel.Budgets.Redis.Commands;
using LlmCostModel.Budgets.Redis.Scripts;
using LlmCostModel.Budgets.Stores;
using StackExchange.Redis;

namespace LlmCostModel.Benchmarks;

/// <summary>Pairs of a reservation and its settlement on a Redis server of this machine, beside the smallest script that there is and beside
/// calls of the same scripts written by hand. The ways take turns in every round, and medians are shown, because the machine may be
/// shared.</summary>
internal sealed class RedisRun(ConnectionMultiplexer connection)
{
    private const int Rounds = 7;
    private const int Calls = 20_000;
    private const string Increment = "return redis.call('INCRBY', KEYS[1], ARGV[1])";

    private readonly IDatabase _database = connection.GetDatabase();
    private int _run;

    /// <summary>Starts a server, measures, and kills it.</summary>
    internal static async Task RunAsync()
    {
        string folder = Directory.CreateTempSubdirectory("llmcost-redis-").FullName;
        string port = (20_000 + (Environment.ProcessId % 20_000)).ToString(CultureInfo.InvariantCulture);
        using Process server = Process.Start(new ProcessStartInfo("redis-server", ["--port", port, "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--enable-debug-command", "yes"]) { RedirectStandardOutput = true })!;
        try
        {
            await Task.Delay(500);
            await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port},allowAdmin=true");
            RedisRun run = new(connection);
            await run.ShowAsync(callers: 1);
            await run.ShowAsync(callers: 64);
            await run.ShowDecisionsAsync(server);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task ShowAsync(int callers)
    {
        byte[] increment = await connection.GetServers()[0].ScriptLoadAsync(Increment);
        (string Name, int CallsOfOne, Func<string, Task> One)[] ways =
        [
            ("INCRBY", 1, _ => _database.ScriptEvaluateAsync(increment, ["{all}:n"], [1])),
            ("pair, 1 budget", 2, PairOf(Store(), 1)),
            ("pair, 3 budgets", 2, PairOf(Store(), 3)),
            ("pair by hand, 1 budget", 2, ByHand(1)),
        ];
        double[][] speeds = [.. ways.Select(_ => new double[Rounds])];
        double[][] micros = [.. ways.Select(_ => new double[Rounds])];
        double[][] work = [.. ways.Select(_ => new double[Rounds])];
        List<double> waits = [];
        foreach ((_, _, Func<string, Task> one) in ways)
        {
            await RunAsync(one, callers, 2_000, []);
        }

        for (int round = 0; round < Rounds; round++)
        {
            for (int turn = 0; turn < ways.Length; turn++)
            {
                int way = (turn + round) % ways.Length; // none always comes after the same other
                int count = (callers == 1 ? Calls / 10 : Calls) / ways[way].CallsOfOne;
                await connection.GetServers()[0].ExecuteAsync("CONFIG", "RESETSTAT");
                TimeSpan worked = Environment.CpuUsage.TotalTime;
                TimeSpan took = await RunAsync(ways[way].One, callers, count, way == 1 ? waits : []);
                work[way][round] = (Environment.CpuUsage.TotalTime - worked).TotalMicroseconds / (count * ways[way].CallsOfOne);
                speeds[way][round] = count * ways[way].CallsOfOne / took.TotalSeconds;
                micros[way][round] = await ServerMicrosecondsAsync();
            }
        }

        for (int way = 0; way < ways.Length; way++)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{callers,2} callers, {ways[way].Name,-24} {Median(speeds[way]),9:N0} scripts/s {Median(speeds[way]) / Median(speeds[0]),6:N2} of INCRBY {Median(micros[way]),6:N1} us of the server and {Median(work[way]),6:N1} us of the client a script"));
        }

        waits.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{callers,2} callers, the library is {Median(speeds[1]) / Median(speeds[3]):N2} of by hand; a pair waits {waits[waits.Count / 2]:N0} us (p50), {waits[waits.Count * 99 / 100]:N0} us (p99)"));
    }

    /// <summary>How long a decision takes while the server is frozen, and when it is dead.</summary>
    private async Task ShowDecisionsAsync(Process server)
    {
        await using RedisBudgetStore store = new(connection);
        await store.ReadAsync(new ReadCommand { Accounts = Array.Empty<AccountCharge>(), States = default });
        await KillAsync("-STOP", server);
        await ShowSlowestAsync(store, "frozen");
        await KillAsync("-CONT", server);
        await Task.Delay(500);
        server.Kill();
        await server.WaitForExitAsync();
        await ShowSlowestAsync(store, "dead");
    }

    private static async Task ShowSlowestAsync(RedisBudgetStore store, string server)
    {
        double slowest = 0;
        for (int i = 0; i < 20; i++)
        {
            Stopwatch clock = Stopwatch.StartNew();
            try
            {
                await store.ReserveAsync(new ReserveCommand { Id = $"late-{i}", Charges = Charges(1, 1), TimeToLive = 1_000 });
            }
            catch (BudgetStoreException)
            {
                slowest = Math.Max(slowest, clock.Elapsed.TotalMilliseconds);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{server} server: a decision within {slowest:N0} ms, of a deadline of 250"));
    }

    private static async Task KillAsync(string signal, Process server)
    {
        using Process kill = Process.Start("kill", [signal, server.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private RedisBudgetStore Store() => new(connection, new() { Deadline = TimeSpan.FromSeconds(30), Prefix = $"run{_run++}" });

    private static Func<string, Task> PairOf(RedisBudgetStore store, int budgets)
    {
        AccountCharge[] held = Charges(budgets, 100), spent = Charges(budgets, 70);
        return async id =>
        {
            await store.ReserveAsync(new ReserveCommand { Id = id, Charges = held, TimeToLive = 600_000 });
            await store.SettleAsync(new SettleCommand { Id = id, Charges = spent });
        };
    }

    /// <summary>The least that a caller who knows the scripts would write.</summary>
    private Func<string, Task> ByHand(int budgets)
    {
        StoreKeys keys = new($"run{_run++}", "all");
        StoreSettings settings = new(() => 0, null);
        StoreScripts scripts = new(new(), givenTime: false);
        string epoch = "0";
        AccountCharge[] held = Charges(budgets, 100), spent = Charges(budgets, 70);
        ScriptCall reserve = ScriptCall.Of(keys, scripts.Reserve, settings, "", Fingerprint.OfReserved(held), 600_000 + scripts.CallKnownBeyondHold, held);
        ScriptCall settle = ScriptCall.Of(keys, scripts.Settle, settings, "", Fingerprint.OfSettled(spent), RedisValue.EmptyString, spent);
        return async id =>
        {
            await SendAsync(reserve, id);
            await SendAsync(settle, id);
        };

        async Task SendAsync(ScriptCall call, string id)
        {
            RedisKey[] names = [.. call.Keys];
            RedisValue[] values = [.. call.Values];
            (names[1], values[0], values[5]) = (keys.Call(id), id, epoch);
            RedisResult answer = await _database.ScriptEvaluateAsync(call.Script.Hash, names, values);
            if (epoch == "0")
            {
                epoch = ((string)answer!).Split(' ')[1];
            }
        }
    }

    private async Task<TimeSpan> RunAsync(Func<string, Task> one, int callers, int count, List<double> waits)
    {
        int run = _run++;
        double[][] times = [.. Enumerable.Range(0, callers).Select(_ => new double[count / callers])];
        Stopwatch clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (int i = 0; i < times[caller].Length; i++)
            {
                long begun = Stopwatch.GetTimestamp();
                await one(string.Create(CultureInfo.InvariantCulture, $"{run}-{caller}-{i:x8}"));
                times[caller][i] = Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
            }
        })));
        TimeSpan took = clock.Elapsed;
        waits.AddRange(times.SelectMany(own => own));
        return took;
    }

    private async Task<double> ServerMicrosecondsAsync()
    {
        string says = (string)(await connection.GetServers()[0].ExecuteAsync("INFO", "commandstats"))!;
        string line = says.Split('\n').Single(line => line.StartsWith("cmdstat_evalsha:", StringComparison.Ordinal));
        string text = line.Split("usec_per_call=")[1].Split(',')[0];
        return double.Parse(text, CultureInfo.InvariantCulture);
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static AccountCharge[] Charges(int budgets, long amount) =>
        [.. Enumerable.Range(0, budgets).Select(i => new AccountCharge { Account = $"budget/contoso-{i}", Period = AccountPeriod.Always, Amount = amount, Limit = 1L << 50 })];
}
