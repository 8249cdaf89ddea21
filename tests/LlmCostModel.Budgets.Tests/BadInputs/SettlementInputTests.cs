using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Budgets.Tests.BadInputs;

/// <summary>Bad usage that reaches a settlement, by the numbers of <see cref="BadInputTable"/>. What bodies of answers say is tried in the
/// tests of the handler.</summary>
public sealed class SettlementInputTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 10, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, string> Nobody = [];
    private static readonly CostEstimator Estimator = new(RateCardJson.Parse(
        """{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 2, "CacheRead": 1 } } } }"""u8.ToArray(), "card"));

    private readonly FakeTimeProvider _clock = new(Now);
    private readonly InMemoryBudgetStore _store;
    private readonly BudgetLedger _ledger;

    public SettlementInputTests()
    {
        _store = new(clock: _clock);
        BudgetsOptions options = new();
        options.Budgets["money"] = new() { Limit = 100m, Currency = "USD", Window = BudgetWindow.Total };
        options.Budgets["tokens"] = new() { Unit = BudgetUnit.Tokens, Limit = 1_000, Window = BudgetWindow.Total };
        options.Budgets["seconds"] = new() { Unit = BudgetUnit.Seconds, Limit = 60, Window = BudgetWindow.Total };
        _ledger = new(_store, options, _clock);
    }

    public void Dispose()
    {
        _ledger.Dispose();
        _store.Dispose();
    }

    /// <summary>45: 9.2 trillion USD, or more tokens than a number has room for, are a mistake of who counted: what was held counts.</summary>
    [Theory]
    [InlineData(long.MaxValue, 0)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public async Task Calls_OfMoreThanCanBeCounted_CountWhatWasHeld(long input, long cached)
    {
        await using BudgetLease lease = await _ledger.ReserveAsync(Request());

        BudgetSettlement settled = await lease.SettleAsync([Call(input, cached), Call(input, cached)], TimeSpan.FromSeconds(1));

        Assert.Equal(SettlementRemarks.Estimated, settled.Remarks);
        Assert.Equal([0.1m, 10m, 1m], settled.Budgets.Select(status => status.Spent));
    }

    [Theory]
    [InlineData("79228162514264337593543950335")]
    [InlineData("9007199.254740992")] // one billionth more than a store counts
    public async Task Amount_MoreThanCanBeCounted_IsRefused_AndLeavesTheLeaseOpen(string amount) // 45, 57
    {
        Money stated = new(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), "USD");
        await using BudgetLease lease = await _ledger.ReserveAsync(Request());

        ArgumentException settled = await Assert.ThrowsAsync<ArgumentException>(async () => await lease.SettleAsync(stated, tokens: 1, duration: TimeSpan.Zero));
        ArgumentException corrected = await Assert.ThrowsAsync<ArgumentException>(async () => await _ledger.CorrectAsync("c", Nobody, new Money(-stated.Amount, "USD")));
        ArgumentException recorded = await Assert.ThrowsAsync<ArgumentException>(async () => await _ledger.RecordAsync(Call(long.MaxValue, 0), Nobody));

        Assert.Equal($"{amount} USD of the budget 'money' are more than can be counted. Nothing was counted.", settled.Message);
        Assert.Equal($"-{amount} USD of the budget 'money' are more than can be counted. Nothing was counted.", corrected.Message);
        Assert.Equal("18446744073709.551614 USD of the budget 'money' are more than can be counted. Nothing was counted.", recorded.Message); // (2^63 - 1) x 2 millionths
        Assert.Equal((0m, 0.1m), await StateAsync());
        Assert.Equal(SettlementRemarks.None, (await lease.SettleAsync(new Money(0.05m, "USD"), tokens: 1, duration: TimeSpan.Zero)).Remarks);
    }

    [Fact]
    public async Task Amount_MillionsOfTimesWhatWasHeld_IsRecordedInFull() // 57
    {
        await using BudgetLease lease = await _ledger.ReserveAsync(Request());

        BudgetSettlement settled = await lease.SettleAsync(new Money(1_000_000m, "USD"), tokens: 1, duration: TimeSpan.Zero); // of 0.1

        Assert.Equal((SettlementRemarks.AboveHold | SettlementRemarks.AboveLimit, 1_000_000m), (settled.Remarks, settled.Budgets[0].Spent));
        await using BudgetLease next = await _ledger.ReserveAsync(Request());
        Assert.Equal((DenialReason.LimitReached, -999_900m), (next.Denial!.Reason, next.Denial.Remaining)); // 100 - 1,000,000
    }

    [Theory]
    [InlineData(-35 * 24 * 60, true)]
    [InlineData((-35 * 24 * 60) - 1, false)]
    [InlineData(-40 * 24 * 60, false)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    [InlineData(60, false)]
    public async Task Record_OfAnotherTime_IsTakenForFiveWeeks(int minutes, bool isTaken) // 58
    {
        DateTimeOffset at = Now.AddMinutes(minutes);
        if (isTaken)
        {
            Assert.Equal(SettlementRemarks.Unreserved, (await _ledger.RecordAsync(Call(5, 0, at), Nobody)).Remarks & SettlementRemarks.Unreserved);
            return;
        }

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(async () => await _ledger.RecordAsync(Call(5, 0, at), Nobody));

        Assert.Equal(
            $"The call was made at {at.UtcDateTime:yyyy-MM-dd HH\\:mm\\:ss} UTC. A call is counted up to 35 days after it was made, and 5 minutes before. (Parameter 'call')",
            error.Message);
        Assert.Equal((0m, 0m), await StateAsync());
    }

    /// <summary>An empty id is none: such calls count each.</summary>
    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task Record_OfAnOddResponseId_IsCounted(bool isHalf, int times)
    {
        string id = isHalf ? "half\ud800" : "";
        PricedCall call = Estimator.Price(ModelCall.FromUsage("m", new TokenUsage { Input = 500_000 }) with
        {
            Asked = new CallContext { At = Now },
            Identity = new CallIdentity { ResponseId = id },
        });

        await _ledger.RecordAsync(call, Nobody);
        await _ledger.RecordAsync(call, Nobody);

        Assert.Equal((times, 0m), await StateAsync()); // 0.5 million x 2
    }

    private static BudgetRequest Request() => new() { Ceiling = new Money(0.1m, "USD"), Tokens = 10, Duration = TimeSpan.FromSeconds(2) };

    private static PricedCall Call(long input, long cached, DateTimeOffset? at = null) =>
        Estimator.Price(ModelCall.FromUsage("m", new TokenUsage { Input = input, CacheRead = cached }) with { Asked = new CallContext { At = at ?? Now } });

    private async Task<(decimal Spent, decimal Held)> StateAsync()
    {
        BudgetStatus status = (await _ledger.GetStatusAsync(Nobody))[0];
        return (status.Spent, status.Held);
    }
}
