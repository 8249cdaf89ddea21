using CsCheck;
using LlmCostModel.Budgets.Redis.Commands;
using LlmCostModel.Budgets.Redis.Tests.Servers;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets.Redis.Tests;

public sealed class KeyTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const long Minute = 60_000;

    [Theory]
    [InlineData("team.search-1_x", "team.search-1_x")]
    [InlineData("a:b", "a%3Ab")]
    [InlineData("a%3Ab", "a%253Ab")]
    [InlineData("{}", "%7B%7D")]
    [InlineData("ü", "%C3%BC")]
    [InlineData("line\r\n\0", "line%0D%0A%00")]
    [InlineData("#", "%23")]
    public void Encode_OddCharacters_AreNoLongerThere(string name, string encoded) => Assert.Equal(encoded, StoreKeys.Encode(name));

    [Fact]
    public void Encode_LongName_IsItsHashWhichNoNameIs()
    {
        string encoded = StoreKeys.Encode(new string('a', 97));

        Assert.Equal(65, encoded.Length); // # and 32 bytes
        Assert.Equal('#', encoded[0]);
        Assert.NotEqual(encoded, StoreKeys.Encode(new string('a', 98)));
        Assert.Equal(96, StoreKeys.Encode(new string('a', 96)).Length);
    }

    [Fact]
    public void Encode_AnyTwoNames_AreTwoKeysWithoutABraceOrColon() =>
        Gen.Select(Gen.String[Gen.Char["{}:%#a*\0é-"], 0, 40], Gen.String[Gen.Char["{}:%#a*\0é-"], 0, 40]).Sample((one, other) =>
        {
            Assert.Equal(one == other, StoreKeys.Encode(one) == StoreKeys.Encode(other));
            Assert.DoesNotContain(StoreKeys.Encode(one), sign => sign is '{' or '}' or ':' or ' ');
        });

    [Fact]
    public void Encode_LoneSurrogate_IsRefused() => Assert.Throws<ArgumentException>(() => StoreKeys.Encode("a\ud800"));

    [SharedServerFact]
    public async Task Keys_OfAnyName_AreInOneSlot()
    {
        StoreKeys keys = new("lcm1", "all");
        string[] names = ["{x}", "}", "{}", "a{b}c", new string('}', 200), "plain"];
        RedisKey[] all = [keys.Head, keys.Log, .. names.SelectMany(name => new RedisKey[] { keys.Call(StoreKeys.Encode(name)), keys.Sums(StoreKeys.Encode(name)), keys.Holds(StoreKeys.Encode(name)) })];

        Assert.Single(all.Select(key => server.Connection.GetHashSlot(key)).Distinct());
        await using RedisBudgetStore store = server.Store();
        await store.Reserve("{}", [.. names.Select(name => Of(name, 1))]);
        Assert.All(await Task.WhenAll(names.Select(name => store.Read(name).AsTask())), state => Assert.Equal((0, 1), state));
        Assert.Equal(HoldState.Held, await store.Extend("{}", 600_000));
        Assert.Equal(HoldState.Held, await store.Release("{}"));
        Assert.All(await Task.WhenAll(names.Select(name => store.Read(name).AsTask())), state => Assert.Equal((0, 0), state));
    }

    [Fact]
    public void Options_OutOfTheirRange_AreRefused()
    {
        RedisBudgetStoreOptions[] wrong =
        [
            new() { Prefix = "" }, new() { Prefix = "{x}" }, new() { Prefix = "a b" }, new() { Partition = "" }, new() { Partition = "a}b" },
            new() { Partition = new string('a', 65) }, new() { Deadline = TimeSpan.Zero }, new() { Retention = TimeSpan.FromDays(36) },
            new() { Retention = TimeSpan.Zero }, new() { WindowRetention = TimeSpan.Zero }, new() { MaxEntries = -1 },
        ];

        Assert.All(wrong, options => Assert.ThrowsAny<ArgumentException>(() => options.Checked()));
    }

    /// <summary>A call that has ended costs 200 bytes at most, with the id that the library makes.</summary>
    [SharedServerFact]
    public async Task Call_ThatEnded_IsSmallAndExpires()
    {
        RedisBudgetStoreOptions options = server.Options();
        await using RedisBudgetStore store = new(server.Connection, options);
        IDatabase database = server.Connection.GetDatabase();
        string id = Guid.NewGuid().ToString();
        await store.Reserve(id, Of("a", 60), Of("b", 1), Of("c", 1));
        await store.Settle(id, Of("a", 50), Of("b", 1), Of("c", 1));

        RedisKey key = new StoreKeys(options.Prefix, options.Partition).Call(id);
        Assert.InRange((long)await database.ExecuteAsync("MEMORY", "USAGE", key), 1, 200);
        Assert.InRange((await database.KeyTimeToLiveAsync(key))!.Value, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(60));
    }

    [SharedServerFact]
    public async Task Account_WithWindows_ExpiresAfterThem_AndOneWithoutStays()
    {
        RedisBudgetStoreOptions options = server.Options();
        FakeTimeProvider clock = new(DateTimeOffset.FromUnixTimeMilliseconds(1_795_773_600_000));
        await using RedisBudgetStore store = new(server.Connection, options, null, ownsConnection: false, clock);
        IDatabase database = server.Connection.GetDatabase();
        AccountPeriod hour = HourOf(1_795_773_600_000);
        await store.Reserve("r", Of("hourly", 1, period: hour), Of("total", 1));
        await store.Extend("r", TimeSpan.FromDays(3) / TimeSpan.FromMilliseconds(1) is var life ? (long)life : 0);

        StoreKeys keys = new(options.Prefix, options.Partition);
        TimeSpan left = (await database.KeyTimeToLiveAsync(keys.Sums("hourly")))!.Value;
        Assert.InRange(left, TimeSpan.FromDays(3), TimeSpan.FromDays(3.1)); // for the hold; the window needs one day and one hour
        Assert.InRange((await database.KeyTimeToLiveAsync(keys.Holds("hourly")))!.Value, left - TimeSpan.FromSeconds(1), left);
        Assert.Null(await database.KeyTimeToLiveAsync(keys.Sums("total")));
        Assert.Null(await database.KeyTimeToLiveAsync(keys.Holds("total")));
        await store.Settle("u", Of("total", 1, period: hour)); // also when it gets other windows
        Assert.Null(await database.KeyTimeToLiveAsync(keys.Sums("total")));
    }

    [SharedServerFact]
    public async Task Windows_ThatAreOver_AreForgotten()
    {
        RedisBudgetStoreOptions options = server.Options();
        options.WindowRetention = TimeSpan.FromMinutes(5);
        FakeTimeProvider clock = new(DateTimeOffset.FromUnixTimeMilliseconds(1_795_773_600_000));
        await using RedisBudgetStore store = new(server.Connection, options, null, ownsConnection: false, clock);
        for (int i = 0; i < 300; i++)
        {
            long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            AccountPeriod minute = AccountPeriod.Fixed(now - Minute, now, now + Minute, now + (2 * Minute));
            AccountCharge[] charges = [Of("fixed", 1, period: minute), Of("rolling", 1, limit: 10, period: AccountPeriod.Rolling(Minute, 10, now))];
            await store.Reserve($"r{i}", charges);
            await store.Settle($"r{i}", charges);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        StoreKeys keys = new(options.Prefix, options.Partition);
        IDatabase database = server.Connection.GetDatabase();
        Assert.InRange(await WindowsAsync("fixed"), 1, 8); // the running one and those of five minutes
        Assert.InRange(await WindowsAsync("rolling"), 10, 18); // ten, and for five minutes more

        async Task<int> WindowsAsync(string account) =>
            (await database.HashKeysAsync(keys.Sums(account))).Count(field => field.ToString()[0] == 's');
    }

    [SharedServerFact(garnetLacks: "speed for thousands of holds")]
    public async Task Holds_InThousandsOverTheirDeadline_AreGivenBackEightAtATime()
    {
        await using RedisBudgetStore store = server.Store();
        await Task.WhenAll(Enumerable.Range(0, 4_000).Select(i =>
            store.ReserveAsync(new ReserveCommand { Id = $"r{i}", Charges = new[] { Of("a", 1) }, TimeToLive = 30_000 }).AsTask()));
        StoreStamp before = (await store.ReadAsync(new ReadCommand { Accounts = Array.Empty<AccountCharge>(), States = default })).Stamp;
        await server.Connection.GetDatabase().ScriptEvaluateAsync(
            "for _, m in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do redis.call('ZADD', KEYS[1], 1, m) end", [store.HoldsKey("a")]);

        for (int i = 1; i <= 500; i++)
        {
            Assert.Equal((0, 4_000 - (8 * i)), await store.Read("a"));
        }

        Assert.Equal(4_000, (await store.ReadAsync(new ReadCommand { Accounts = Array.Empty<AccountCharge>(), States = default })).Stamp.Sequence - before.Sequence);
    }
}
