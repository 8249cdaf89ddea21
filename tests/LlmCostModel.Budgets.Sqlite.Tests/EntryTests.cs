using System.Text;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Time.Testing;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets.Sqlite.Tests;

public sealed class EntryTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 27, 10, 0, 0, TimeSpan.Zero);
    private readonly TemporaryStore _file = new();
    private readonly FakeTimeProvider _clock = new(Start);

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Settle_WithAnEntry_KeepsTheFirstOneOfAnId()
    {
        await using SqliteBudgetStore store = new(_file.Options, _clock);
        await Settle(store, "r", 7, """{"id":"r"}""");
        await Settle(store, "r", 7, """{"id":"r","again":true}""");
        await Settle(store, "r", 8, """{"id":"r","other":true}""");
        await Settle(store, "s", 8, "");

        Assert.True(store.Traits.KeepsEntries);
        Assert.Equal(["""{"id":"r"}"""], await Read(store, Start, Start.AddMinutes(1)));
    }

    [Fact]
    public async Task ReadEntries_OfATime_AreInTheirOrderWithoutTheEnd()
    {
        await using SqliteBudgetStore store = new(_file.Options, _clock);
        for (int i = 0; i < 600; i++) // more than two pages
        {
            await Settle(store, $"r{i}", 1, $"{i}");
            _clock.Advance(TimeSpan.FromMilliseconds(i % 2)); // two in a millisecond
        }

        // Entry i is settled i / 2 milliseconds after the start: those of the milliseconds 1 to 298 are 2 to 597.
        Assert.Equal(Enumerable.Range(2, 596).Select(i => $"{i}"), await Read(store, Start.AddMilliseconds(1), Start.AddMilliseconds(299)));
        Assert.Equal(600, (await Read(store, DateTimeOffset.MinValue, DateTimeOffset.MaxValue)).Count);
        Assert.Empty(await Read(store, Start.AddDays(1), Start.AddDays(2)));
    }

    [Fact]
    public async Task Entries_OlderThanTheirRetention_AreForgottenALittleAtATime()
    {
        SqliteBudgetStoreOptions options = _file.Options;
        options.EntryRetention = TimeSpan.FromHours(1);
        await using SqliteBudgetStore store = new(options, _clock);
        for (int i = 0; i < 5; i++)
        {
            await Settle(store, $"r{i}", 1, $"{i}");
        }

        _clock.Advance(TimeSpan.FromHours(1));
        await store.Read("a"); // two of them
        Assert.Equal(["2", "3", "4"], await Read(store, Start, Start.AddMinutes(1)));
        await store.Read("a");
        await store.Read("a");
        Assert.Empty(await Read(store, Start, Start.AddMinutes(1)));
    }

    [Fact]
    public async Task Windows_OlderThanTheirRetention_AreForgottenWhenNothingIsHeld()
    {
        SqliteBudgetStoreOptions options = _file.Options;
        options.WindowRetention = TimeSpan.FromHours(2);
        await using SqliteBudgetStore store = new(options, _clock);
        AccountPeriod hour = HourOf(Start.ToUnixTimeMilliseconds());
        await store.Settle("r", Of("a", 7, period: hour));
        await store.Reserve("s", Of("b", 5, floor: 2, period: hour));

        _clock.Advance(TimeSpan.FromHours(3)); // the hour ended two hours ago
        await store.Read("c");
        Assert.Equal(0, (await store.Read(Of("a", 0, period: hour.Chosen()))).Settled);
        Assert.Equal(0, (await store.Read(Of("b", 0, period: hour.Chosen()))).Held);
        SettleReply late = await store.Settle("s", Of("b", 9, limit: 1, period: hour.Chosen()));
        Assert.Equal(SettleRemarks.Late | SettleRemarks.AboveHold, late.Remarks); // of a window that is forgotten nobody knows the rest
    }

    [Fact]
    public async Task ReadEntries_OfAFileThatIsInUse_AreThoseThatWereAcknowledged()
    {
        await using SqliteBudgetStore store = new(_file.Options, _clock);
        for (int i = 0; i < 257; i++) // more than a page
        {
            await Settle(store, $"r{i}", 1, $"{i}");
        }

        Assert.Equal(Enumerable.Range(0, 257).Select(i => $"{i}"), SqliteBudgetStore.ReadEntries(_file.Path).Select(line => Encoding.UTF8.GetString(line.Span)));
    }

    [Fact]
    public void ReadEntries_OfAFileThatIsNone_SaysSoAndLeavesItAsItIs()
    {
        File.WriteAllText(_file.File("empty"), "");
        File.WriteAllText(_file.File("text"), new string('x', 4096));
        string Fault(string path) => Assert.Throws<BudgetStoreException>(() => SqliteBudgetStore.ReadEntries(path).Count()).Message;

        Assert.Equal($"There is no file of budgets '{_file.Path}'.", Fault(_file.Path));
        Assert.EndsWith("is a database of something else. Give another path.", Fault(_file.File("empty")), StringComparison.Ordinal);
        Assert.Contains("is not a SQLite database. Give another path.", Fault(_file.File("text")), StringComparison.Ordinal);
        Assert.False(File.Exists(_file.Path));
        Assert.Equal(0, new FileInfo(_file.File("empty")).Length);
    }

    private static async Task Settle(SqliteBudgetStore store, string id, long amount, string entry) =>
        await store.SettleAsync(new SettleCommand { Id = id, Charges = new[] { Of("a", amount) }, Entry = Encoding.UTF8.GetBytes(entry) });

    private static async Task<List<string>> Read(SqliteBudgetStore store, DateTimeOffset from, DateTimeOffset to)
    {
        List<string> lines = [];
        await foreach (ReadOnlyMemory<byte> line in store.ReadEntriesAsync(from, to))
        {
            lines.Add(Encoding.UTF8.GetString(line.Span));
        }

        return lines;
    }
}
