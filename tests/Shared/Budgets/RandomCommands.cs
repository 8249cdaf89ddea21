using System.Globalization;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Budgets;

/// <summary>Random commands over few ids and accounts, so that they meet: what one store answers, another has to.</summary>
internal sealed class RandomCommands(int seed)
{
    private const int BetweenRecounts = 40;
    private const long Start = 1_795_773_600_000; // 2026-11-27, 10:00 UTC
    private static readonly string[] Accounts = ["a", "b", "c", "d"];
    private readonly Random _random = new(seed);
    private long _id;
    private int _recounted;
    private (string Id, AccountCharge[] Charges)? _last;

    /// <summary>What comes in a few thousand commands: a run without one of these has not tried it.</summary>
    internal static string[] Outcomes { get; } =
    [
        "Granted", "Granted observed", "Denied", "Replayed", "Conflict", "Ended", "StaleWindow", "StaleWindow None",
        "Settled None", "Settled Late", "Settled AboveHold", "Settled AboveLimit", "Settled Unreserved",
        "Release Held", "Release Settled", "Release Unknown", "Extend Held", "Read False", "Read True",
    ];

    /// <summary>How often the calls said what was spent, of stores that know them: one that forgets nothing says so for ever.</summary>
    internal int Recounted => _recounted;

    internal FakeTimeProvider Clock { get; } = new(DateTimeOffset.FromUnixTimeMilliseconds(Start));

    private long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Gives both stores the same commands, and compares what they answer.</summary>
    /// <returns>How often each outcome came.</returns>
    internal async Task<Dictionary<string, int>> CompareAsync(BudgetStore one, BudgetStore other, int commands)
    {
        Dictionary<string, int> outcomes = [];
        for (int i = 0; i < commands; i++)
        {
            Step step = Next();
            string first = await step(one);
            string second = await step(other);
            Assert.True(first == second, $"Command {i} of seed {seed}:\n{first}\n{second}");
            string outcome = first.Split('|')[0];
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            if (i % BetweenRecounts == BetweenRecounts - 1 || i == commands - 1)
            {
                await RecountAsync(one, other, $"after command {i} of seed {seed}");
            }
        }

        return outcomes;
    }

    /// <summary>What the single holds and calls say is what the stores count; looking, also to repair, changes nothing.</summary>
    private async Task RecountAsync(BudgetStore one, BudgetStore other, string when)
    {
        foreach (string account in Accounts)
        {
            VerifyCommand command = new() { Account = account, Period = PeriodOf(account, Now), RepairsHeld = Now % 2 == 0 };
            VerifyReply first = await one.VerifyAsync(command), second = await other.VerifyAsync(command);
            Assert.True(Show(first) == Show(second), $"The recount of {account} {when}:\n{Show(first)}\n{Show(second)}");
            Assert.True(second is { IsRight: true, IsRepaired: false }, $"The recount of {account} {when}: {second}");
            _recounted += second.SettledByCalls is null ? 0 : 1;
        }
    }

    private delegate Task<string> Step(BudgetStore store);

    private Step Next()
    {
        if (_random.Next(4) == 0)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(_random.Next(10) == 0 ? _random.Next(3_000_000) : _random.Next(20_000)));
        }

        string id = Id();
        int kind = _random.Next(100);
        return kind switch
        {
            < 45 => Reserve(id),
            < 75 => Settle(id),
            < 84 => Release(id),
            < 90 => Extend(id),
            _ => Read(),
        };
    }

    /// <summary>Mostly one of the last ids, sometimes an old or a new one.</summary>
    private string Id()
    {
        int kind = _random.Next(20);
        long number = kind < 9 ? ++_id : kind < 19 ? Math.Max(0, _id - _random.Next(12)) : _random.NextInt64(_id + 1);
        return number.ToString("x8", CultureInfo.InvariantCulture);
    }

    private Step Reserve(string id)
    {
        AccountCharge[] charges = Some(reserves: true);
        if (_random.Next(8) == 0)
        {
            (id, charges) = _last ?? (id, charges); // word for word, as a client repeats what was not answered
        }

        _last = (id, charges);
        long life = _random.Next(1, 60_000);
        return async store =>
        {
            AccountState[] states = new AccountState[charges.Length];
            ReserveReply reply = await store.ReserveAsync(new ReserveCommand { Id = id, Charges = charges, TimeToLive = life, States = states });
            return $"{reply.Outcome}{(reply.Observed > 0 ? " observed" : "")}|{id} {reply.Account} {reply.State} {reply.Observed} {Show(states)} {Show(reply.Stamp)}";
        };
    }

    private Step Settle(string id)
    {
        AccountCharge[] charges = Some(reserves: false);
        return async store =>
        {
            AccountState[] states = new AccountState[charges.Length];
            SettleReply reply = await store.SettleAsync(new SettleCommand { Id = id, Charges = charges, States = states });
            return $"{reply.Outcome} {reply.Remarks}|{id} {Show(states)} {Show(reply.Stamp)}";
        };
    }

    private Step Release(string id)
    {
        bool floor = _random.Next(2) == 0;
        return async store =>
        {
            ReleaseReply reply = await store.ReleaseAsync(new ReleaseCommand { Id = id, ChargesFloor = floor });
            return $"Release {reply.State}|{id} {Show(reply.Stamp)}";
        };
    }

    private Step Extend(string id)
    {
        long life = _random.Next(1, 120_000);
        return async store =>
        {
            ExtendReply reply = await store.ExtendAsync(new ExtendCommand { Id = id, TimeToLive = life });
            return $"Extend {reply.State}|{id} {Show(reply.Stamp)}";
        };
    }

    private Step Read()
    {
        AccountCharge[] accounts = Some(reserves: false);
        return async store =>
        {
            AccountState[] states = new AccountState[accounts.Length];
            ReadReply reply = await store.ReadAsync(new ReadCommand { Accounts = accounts, States = states });
            return $"Read {reply.IsStale}|{Show(states)} {Show(reply.Stamp)}";
        };
    }

    private AccountCharge[] Some(bool reserves)
    {
        string[] accounts = [.. Accounts];
        _random.Shuffle(accounts);
        return [.. accounts.Take(_random.Next(1, 4)).Select(account => One(account, reserves))];
    }

    /// <summary>An account always has the same kind of window and the same limit.</summary>
    private AccountCharge One(string account, bool reserves)
    {
        long seen = _random.Next(20) == 0 ? Now - _random.Next(7_200_000) : Now; // a caller may be late
        long amount = _random.Next(8) == 0 ? 0 : _random.Next(1, 30);
        AccountCharge charge = account switch
        {
            "a" => Charges.Of(account, amount, limit: 200) with { MaxRollover = 50 },
            "b" => Charges.Of(account, amount, limit: 150),
            "c" => Charges.Of(account, amount, limit: 100, observed: true),
            _ => Charges.Of(account, amount),
        };
        return charge with { Period = PeriodOf(account, seen), Floor = reserves ? _random.NextInt64(amount + 1) : 0 };
    }

    private static AccountPeriod PeriodOf(string account, long seen) => account switch
    {
        "a" or "c" => Charges.HourOf(seen),
        "b" => AccountPeriod.Rolling(60_000, 10, seen),
        _ => AccountPeriod.Always,
    };

    private static string Show(AccountState[] states) => string.Join(' ', states);

    private static string Show(VerifyReply reply) =>
        $"{reply.IsStale} {reply.Settled} {reply.Held} {reply.HeldByHolds} {reply.WrongWindows} {Show(reply.Stamp)}";

    private static string Show(StoreStamp stamp) => $"{stamp.Sequence}@{stamp.Now}";
}
