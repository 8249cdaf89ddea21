using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Logging;

namespace LlmCostModel.Budgets;

/// <summary>Lets a ledger do all that it can for somebody, and gathers what it says meanwhile: in logs, measurements, exceptions, denials,
/// statuses and tokens of runs.</summary>
internal sealed class CanaryTrail : ILogger<BudgetLedger>, IDisposable
{
    internal const string Secret = "secret-of-no-more-than-32-bytes!";

    private readonly ConcurrentBag<string> _said = [];
    private readonly MeterListener _listener = new();

    internal CanaryTrail()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "LlmCostModel")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
            _said.Add($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}"));
        _listener.Start();
    }

    /// <summary>A name that is nowhere by chance, also not as bytes of it.</summary>
    internal string Canary { get; } = $"ann-{Guid.NewGuid():N}@example.com";

    /// <summary>Gets all that was said.</summary>
    internal IEnumerable<string> Said => _said;

    private Dictionary<string, string> Tags => new() { ["user"] = Canary, ["note"] = $"for {Canary}" }; // no budget is kept per note

    internal async Task WalkAsync(BudgetStore store, bool hashes)
    {
        BudgetsOptions options = new() { HashTags = hashes, TagSecret = hashes ? Secret : null, FlushTime = TimeSpan.Zero };
        options.Budgets["user"] = new() { Limit = 1m, Currency = "USD", Window = BudgetWindow.Total, Per = { "user" } };
        options.Budgets["user-rolling"] = new() { Unit = BudgetUnit.Calls, Window = BudgetWindow.Rolling(TimeSpan.FromHours(1), 10), Per = { "user", "note" } };
        int alerts = 0;
        options.OnAlert = alert => alerts += alert.Tags["user"] == Canary ? 1 : 0; // this process knows whom to tell
        await using BudgetLedger ledger = new(store, options, log: this);
        using BudgetRun run = ledger.StartRun(new() { Money = new Money(2m, "USD") });
        await using BudgetLease first = await run.ReserveAsync(new() { Tags = Tags, Ceiling = new Money(0.9m, "USD") });
        BudgetLease denied = await ledger.ReserveAsync(new() { Tags = Tags, Ceiling = new Money(0.5m, "USD") });
        Say(denied.Denial, Assert.Throws<BudgetExceededException>(() => denied.ThrowIfNotAcquired()));
        await first.SettleAsync(new Money(0.6m, "USD")); // above half: an alert
        await using BudgetLease open = await ledger.ReserveAsync(new() { Tags = Tags, Ceiling = new Money(0.1m, "USD") });
        Say(await ledger.CorrectAsync("refund-" + Guid.NewGuid().ToString("N"), Tags, new Money(-0.1m, "USD")));
        Say(await RefuseAsync(ledger, new() { ["note"] = Canary }), await RefuseAsync(ledger, new() { ["user"] = Canary + new string('x', 600) }));
        Say(Encoding.UTF8.GetString(Convert.FromBase64String(run.Token.PadRight((run.Token.Length + 3) / 4 * 4, '=').Replace('-', '+').Replace('_', '/'))));
        Say([.. await run.GetStatusAsync()]);
        BudgetStatus[] statuses = [.. await ledger.GetStatusAsync(Tags)];
        BudgetAccount top = Assert.Single(await ledger.GetTopAsync("user"));
        BudgetAccount both = Assert.Single(await ledger.GetTopAsync("user-rolling"));
        Say([.. statuses, top, both, .. await ledger.VerifyAsync(Tags)]);

        Assert.Equal((0.5m, 0.1m), (statuses[0].Spent, statuses[0].Held)); // 0.6 - 0.1
        Assert.Equal(1, alerts);
        Assert.Equal(ledger.HashOf("user", Canary), top.Tags["user"]);
        Assert.Equal(ledger.HashOf("note", Tags["note"]), both.Tags["note"]);
        Assert.Equal(hashes, top.Tags["user"] != Canary);
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _said.Add($"{formatter(state, exception)} {exception}");

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose() => _listener.Dispose();

    private static async Task<Exception> RefuseAsync(BudgetLedger ledger, Dictionary<string, string> tags) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await ledger.ReserveAsync(new() { Tags = tags }));

    private void Say(params object?[] what)
    {
        foreach (object? one in what)
        {
            _said.Add($"{one}");
        }
    }
}
