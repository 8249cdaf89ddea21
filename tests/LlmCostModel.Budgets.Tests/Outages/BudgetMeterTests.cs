using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Budgets.Tests.Outages;

/// <summary>What is counted and said of budgets, and that nobody's name is in it.</summary>
public sealed class BudgetMeterTests : IDisposable
{
    private const string Canary = "ann.canary@example.com";
    private const string Name = "metered-user-day"; // of this test alone: the meter is that of the process

    private readonly FakeTimeProvider _clock = new(new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero));
    private readonly FailingStore _store;
    private readonly ConcurrentBag<(string Instrument, long Value, string Tags)> _measured = [];
    private readonly ConcurrentBag<string> _said = [];
    private readonly MeterListener _listener = new();

    public BudgetMeterTests()
    {
        _store = new(_clock);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "LlmCostModel" && instrument.Name.StartsWith("llmcost.budget.", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _measured.Add((instrument.Name, value, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")))));
        _listener.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task Everything_IsCounted_AndNamesNobody()
    {
        BudgetsOptions options = new() { FlushTime = TimeSpan.Zero };
        options.Budgets[Name] = new() { Limit = 1m, Currency = "USD", Window = BudgetWindow.Day(), Per = { "user" }, AlertOnProjectedOverrun = false };
        BudgetLedger ledger = new(_store, options, _clock, new Lines(_said));
        BudgetRequest request = new() { Tags = new Dictionary<string, string> { ["user"] = Canary }, Ceiling = new Money(0.9m, "USD") };
        BudgetLease first = await ledger.ReserveAsync(request);
        BudgetLease denied = await ledger.ReserveAsync(request with { Id = "second" });
        await first.SettleAsync(new Money(0.6m, "USD")); // above half: an alert
        BudgetLease pending = await ledger.ReserveAsync(request with { Id = "third", Ceiling = new Money(0.1m, "USD") });
        _store.IsAway = true;
        await pending.SettleAsync(new Money(0.1m, "USD"));
        await ledger.DisposeAsync(); // and says that one is lost

        Assert.Equal(DenialReason.HeldByOthers, denied.Denial!.Reason);
        Assert.Contains(("llmcost.budget.decisions", 1, $"llmcost.budget.outcome=Denied llmcost.budget.local=False llmcost.budget.name={Name}"), _measured);
        Assert.Contains(("llmcost.budget.decisions", 1, "llmcost.budget.outcome=Granted llmcost.budget.local=False"), _measured);
        Assert.Contains(("llmcost.budget.settlements", 1, "llmcost.budget.pending=False"), _measured);
        Assert.Contains(("llmcost.budget.settlements", 1, "llmcost.budget.pending=True"), _measured);
        Assert.Contains(("llmcost.budget.alerts", 1, $"llmcost.budget.name={Name} llmcost.budget.alert=Threshold"), _measured);
        Assert.Contains(_measured, one => one is { Instrument: "llmcost.budget.outages", Value: 1 });
        Assert.Contains(_measured, one => one is { Instrument: "llmcost.budget.pending", Value: 1 });
        Assert.Equal(4, _said.Count); // the beginning, the alert, the outage, what is lost
        Assert.DoesNotContain(_measured, one => one.Tags.Contains("canary", StringComparison.Ordinal));
        Assert.DoesNotContain(_said, line => line.Contains("canary", StringComparison.Ordinal));
        Assert.DoesNotContain("canary", denied.Denial.Message, StringComparison.Ordinal);
    }

    private sealed class Lines(ConcurrentBag<string> lines) : ILogger<BudgetLedger>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add($"{formatter(state, exception)} {exception}");
    }
}
