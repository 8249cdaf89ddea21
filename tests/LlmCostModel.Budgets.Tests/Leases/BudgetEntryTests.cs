using System.Text;
using System.Text.Json;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Budgets.Tests.Leases;

/// <summary>What a store that keeps entries is given, and nobody else.</summary>
public sealed class BudgetEntryTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 27, 10, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, string> Ann = new() { ["user"] = "ann", ["model"] = "gpt-4o" };
    private static readonly CostEstimator Estimator = new(RateCardJson.Parse(
        """{ "Name": "acme", "Currency": "USD", "Models": { "acme-1": { "PerMillionTokens": { "Input": 2, "Output": 8 } } } }""", "acme"));

    private readonly FakeTimeProvider _clock = new(Start);
    private readonly KeepingStore _store;
    private readonly BudgetLedger _ledger;

    public BudgetEntryTests()
    {
        _store = new(_clock);
        BudgetsOptions options = new();
        options.Budgets["user-day"] = new() { Limit = 5m, Currency = "USD", Window = BudgetWindow.Day(), Per = { "user" } };
        options.Budgets["calls"] = new() { Unit = BudgetUnit.Calls, Window = BudgetWindow.Day() };
        _ledger = new(_store, options, _clock);
    }

    public void Dispose()
    {
        _ledger.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task Settle_OfACall_KeepsItWithWhatEachBudgetCounted()
    {
        PricedCall call = Price(1_000, 500);
        await using BudgetLease lease = await _ledger.ReserveAsync(Request());
        await lease.SettleAsync(call);

        BudgetEntry entry = Only();
        Assert.Equal((lease.Id, Start, false, false), (entry.Lease, entry.At, entry.IsEstimated, entry.IsCorrection));
        Assert.Equal("ann", entry.Tags["user"]);
        Assert.Equal(new Money(0.006m, "USD"), Assert.Single(entry.Costs)); // 1,000 x 2 + 500 x 8 millionths
        Assert.Equal([("user-day", 0.006m, "USD"), ("calls", 1m, "")], entry.Counted.Select(one => (one.Budget, one.Amount, one.Currency)));
        ModelCall kept = Assert.Single(entry.Calls);
        Assert.Equal(("acme-1", 1_000L, 500L), (kept.Reading.Model, kept.Reading.Usage!.Value.Input, kept.Reading.Usage!.Value.Output));
        Assert.Equal(call.At, kept.At);
        Assert.DoesNotContain('\n', _store.Lines[0]);
    }

    [Fact]
    public async Task Settle_OfSeveralCalls_KeepsThemInOneEntry()
    {
        await using BudgetLease lease = await _ledger.ReserveAsync(Request());
        await lease.SettleAsync([Price(1_000, 0), Price(0, 1_000)]);

        Assert.Equal(2, Only().Calls.Length);
        Assert.Equal(new Money(0.01m, "USD"), Assert.Single(Only().Costs)); // 0.002 + 0.008
    }

    [Fact]
    public async Task Settle_OfAnAmount_KeepsACallThatStatesItsCost()
    {
        await using BudgetLease lease = await _ledger.ReserveAsync(Request());
        await lease.SettleAsync(new Money(0.05m, "USD"));

        ModelCall kept = Assert.Single(Only().Calls);
        PricedCall priced = Estimator.Price(kept);
        Assert.Equal((CostStatus.Priced, new Money(0.05m, "USD"), "gpt-4o"), (priced.Status, priced.Total!.Value, kept.RequestedModel));
    }

    [Fact]
    public async Task Settle_WithoutACost_IsMarkedAndHasNone()
    {
        await using BudgetLease lease = await _ledger.ReserveAsync(Request());
        await lease.SettleAsync();

        BudgetEntry entry = Only();
        Assert.True(entry.IsEstimated);
        Assert.Empty(entry.Costs);
        Assert.Equal(1m, entry.Counted[0].Amount); // what was held
        PricedCall priced = Estimator.Price(Assert.Single(entry.Calls));
        Assert.Equal(CostStatus.Unpriced, priced.Status);
        Assert.Contains("Nobody said what the call cost: its budgets counted what was held for it.", priced.Issues.Select(issue => issue.Message));
    }

    [Fact]
    public async Task Correct_TakesBackWhatAnEntrySaid()
    {
        await _ledger.CorrectAsync("refund-1", Ann, new Money(-0.02m, "USD"));

        BudgetEntry entry = Only();
        Assert.True(entry.IsCorrection);
        Assert.Equal(new Money(-0.02m, "USD"), Estimator.Price(Assert.Single(entry.Calls)).Total);
    }

    [Fact]
    public async Task Record_OfAnEarlierCall_HasItsInstant()
    {
        PricedCall call = Price(1_000, 500, Start.AddDays(-2));
        await _ledger.RecordAsync(call, Ann, "r");

        Assert.Equal((Start.AddDays(-2), "r"), (Only().At, Only().Lease));
    }

    [Fact]
    public async Task Entry_AsJson_ReadsBack()
    {
        await using BudgetLease lease = await _ledger.ReserveAsync(Request());
        await lease.SettleAsync([Price(1_000, 0)], TimeSpan.FromSeconds(1));

        BudgetEntry entry = Only();

        Assert.Equal(entry, JsonSerializer.Deserialize<BudgetEntry>(entry.ToString()));
    }

    [Fact]
    public async Task Settle_WhereNoEntriesAreKept_MakesNone()
    {
        KeepingStore store = new(_clock) { Keeps = false };
        BudgetsOptions options = new();
        options.Budgets["all"] = new() { Limit = 5m, Currency = "USD", Window = BudgetWindow.Day() };
        BudgetLedger ledger = new(store, options, _clock);
        await using BudgetLease lease = await ledger.ReserveAsync(Request());
        await lease.SettleAsync(new Money(0.05m, "USD"));

        Assert.Empty(store.Lines);
    }

    private static BudgetRequest Request() => new() { Tags = Ann, Ceiling = new Money(1m, "USD") };

    private static PricedCall Price(long input, long output, DateTimeOffset? at = null) => Estimator.Price(
        ModelCall.FromUsage("acme-1", new TokenUsage { Input = input, Output = output }) with { At = at ?? Start });

    private BudgetEntry Only() => JsonSerializer.Deserialize<BudgetEntry>(Assert.Single(_store.Lines))!;

    /// <summary>A store in memory that keeps entries.</summary>
    private sealed class KeepingStore(TimeProvider clock) : BudgetStore
    {
        private readonly InMemoryBudgetStore _inner = new(null, clock);

        public List<string> Lines { get; } = [];

        public bool Keeps { get; init; } = true;

        public override BudgetStoreTraits Traits => _inner.Traits with { KeepsEntries = Keeps };

        protected override ValueTask<ReserveReply> ReserveCoreAsync(ReserveCommand command, CancellationToken cancellationToken) => _inner.ReserveAsync(command, cancellationToken);

        protected override ValueTask<SettleReply> SettleCoreAsync(SettleCommand command, CancellationToken cancellationToken)
        {
            if (!command.Entry.IsEmpty)
            {
                Lines.Add(Encoding.UTF8.GetString(command.Entry.Span));
            }

            return _inner.SettleAsync(command, cancellationToken);
        }

        protected override ValueTask<ReleaseReply> ReleaseCoreAsync(ReleaseCommand command, CancellationToken cancellationToken) => _inner.ReleaseAsync(command, cancellationToken);

        protected override ValueTask<ExtendReply> ExtendCoreAsync(ExtendCommand command, CancellationToken cancellationToken) => _inner.ExtendAsync(command, cancellationToken);

        protected override ValueTask<ReadReply> ReadCoreAsync(ReadCommand command, CancellationToken cancellationToken) => _inner.ReadAsync(command, cancellationToken);
    }
}
