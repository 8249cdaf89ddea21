using System.Text.Json;

namespace LlmCostModel.Tests.Estimation;

/// <summary>What is paid for already: which calls draw on it, how much it covers, what is left to pay.</summary>
public class PoolTests
{
    private const string Cards = """
        "RateCards": {
          "acme": { "Provider": "acme", "Currency": "USD", "Models": {
            "m": { "PerMillionTokens": { "Input": 2, "Output": 10 }, "Rules": [ { "Name": "reserved", "When": { "Tier": "reserved" }, "Multiply": 1 } ] },
            "free": { "PerMillionTokens": { "Input": 0 } } } },
          "credits": { "Provider": "bolt", "Currency": "USD", "Credit": { "Name": "Bolt credits", "Worth": [ { "Amount": 0.04 } ] }, "Models": {
            "b": { "PerMillionTokens": { "Input": 100 } } } } }
        """;

    /// <summary>One million tokens of input are 2 USD; the plan has 5 USD a month, so that the third call is covered by half.</summary>
    [Fact]
    public void MoneyPool_CoversUntilItIsUsedUp_AndIsFilledAgain()
    {
        (CostEstimator estimator, PoolAccounts accounts) = With("""{ "plan": { "Providers": [ "acme" ], "Amount": 5, "Currency": "USD", "Period": "month", "Fee": 5 } }""");

        string[] days = ["2026-11-02", "2026-11-03", "2026-11-04", "2026-11-05", "2026-12-01"];

        string[] all = [.. days.Select(at => accounts.Draw(estimator.Price(Call("m", "acme", at))).ToString())];

        Assert.Equal(
            ["2 USD covered, 0 USD paid", "2 USD covered, 0 USD paid", "1 USD covered, 1 USD paid", "nothing covered, 2 USD paid", "2 USD covered, 0 USD paid"],
            all);
        Assert.Equal(["plan from 2026-11-01T00:00:00Z: 5 of 5 USD", "plan from 2026-12-01T00:00:00Z: 2 of 5 USD"], accounts.Balances.Select(balance => balance.ToString()));
        Assert.Equal([(0m, 3L), (3m, 1L)], accounts.Balances.Select(balance => (balance.Left!.Value, balance.Calls)));
    }

    /// <summary>100 credits a call at 0.04 USD: 150 credits cover one call and half of the next, 2 of 4 USD.</summary>
    [Fact]
    public void CreditPool_IsDrawnInCredits_AndCoversOnlyThem()
    {
        (CostEstimator estimator, PoolAccounts accounts) = With("""{ "bought": { "Amount": 150, "Unit": "bolt CREDITS" } }""");

        CallCoverage first = accounts.Draw(estimator.Price(Call("b", "bolt", "2026-11-02")));
        CallCoverage second = accounts.Draw(estimator.Price(Call("b", "bolt", "2026-11-03")));
        CallCoverage other = accounts.Draw(estimator.Price(Call("m", "acme", "2026-11-03")));

        Assert.Equal(("4 USD covered, 0 USD paid", "2 USD covered, 2 USD paid", "nothing covered, 2 USD paid"), (first.ToString(), second.ToString(), other.ToString()));
        Assert.Equal(new PoolDraw { Pool = "bought", PeriodFrom = accounts.Balances[0].PeriodFrom, Amount = 50, Unit = "Bolt credits" }, Assert.Single(second.Draws));
    }

    /// <summary>The plan first, then what was bought: 3 USD of the plan, 0.5 bought, the rest is paid. All three with the contract's 10%.</summary>
    [Fact]
    public void SeveralPools_AreDrawnInTheirOrder_AndListCoveredAndPaidStayApart()
    {
        (CostEstimator estimator, PoolAccounts accounts) = With(
            """{ "plan": { "Amount": 3, "Currency": "USD" }, "bought": { "Amount": 0.5, "Currency": "USD" }, "euro": { "Amount": 9, "Currency": "EUR" } }""",
            """{ "deal": { "Rules": [ { "Name": "10% off", "Multiply": 0.9 } ] } }""");
        PricedCall call = estimator.Price(Call("m", "acme", "2026-11-02", 2_500_000)); // 5 USD on the list, 4.5 to pay

        CallCoverage coverage = accounts.Draw(call);

        Assert.Equal(["plan", "bought", "euro"], call.Pools.ToArray());
        Assert.Equal([new Money(5, "USD")], coverage.ListTotals.ToArray());
        Assert.Equal([new Money(3.5m, "USD")], coverage.Covered.ToArray());
        Assert.Equal([new Money(1, "USD")], coverage.Paid.ToArray());
        Assert.Equal([("plan", 3m), ("bought", 0.5m)], coverage.Draws.Select(draw => (draw.Pool, draw.Amount!.Value)));
    }

    /// <summary>Reserved capacity covers the calls that it served, and those alone; so does a flat fee, whatever the price.</summary>
    [Fact]
    public void PoolWithoutAmount_CoversEveryCallOfItsTerms_PricedOrNot()
    {
        (CostEstimator estimator, PoolAccounts accounts) = With("""{ "capacity": { "Tiers": [ "reserved" ], "Period": "hour" }, "flat": { "Providers": [ "other" ] } }""");
        PricedCall reserved = estimator.Price(Call("m", "acme", "2026-11-02", tier: "reserved"));
        PricedCall standard = estimator.Price(Call("m", "acme", "2026-11-02"));
        PricedCall unknown = estimator.Price(Call("nobody-knows", "other", "2026-11-02"));

        Assert.Equal("2 USD covered, 0 USD paid", accounts.Draw(reserved).ToString());
        Assert.Equal("nothing covered, 2 USD paid", accounts.Draw(standard).ToString());
        Assert.Equal(["flat"], unknown.Pools.ToArray());
        Assert.Equal("nothing covered, nothing paid", accounts.Draw(unknown).ToString());
        Assert.Null(Assert.Single(accounts.Draw(unknown).Draws).Amount);
        Assert.True(accounts.Draw(unknown).IsPaidKnown);
    }

    [Fact]
    public void UnpricedCall_UnderALimitedPool_IsNotKnown()
    {
        (CostEstimator estimator, PoolAccounts accounts) = With("""{ "plan": { "Amount": 3, "Currency": "USD" } }""");

        CallCoverage coverage = accounts.Draw(estimator.Price(Call("nobody-knows", "other", "2026-11-02")));

        Assert.False(coverage.IsPaidKnown);
        Assert.Equal("nothing covered, at least nothing paid", coverage.ToString());
        Assert.Empty(accounts.Balances);
    }

    /// <summary>Counts that are in doubt make what is left to pay unknown, though each part has a price; not where all is covered.</summary>
    [Fact]
    public void CallWhoseCountsAreInDoubt_IsNotKnown_UnlessAllIsCovered()
    {
        (CostEstimator estimator, PoolAccounts limited) = With("""{ "plan": { "Amount": 3, "Currency": "USD" } }""");
        PoolAccounts flat = With("""{ "flat": { } }""").Accounts;
        ModelCall call = Call("m", "acme", "2026-11-02");
        PricedCall doubted = estimator.Price(call with { Reading = call.Reading with { Status = UsageStatus.Partial, Reason = "The stream was cut off." } });

        Assert.Equal("2 USD covered, at least 0 USD paid", limited.Draw(doubted).ToString());
        Assert.Equal("2 USD covered, 0 USD paid", flat.Draw(doubted).ToString());
    }

    [Fact]
    public void FreeCall_DrawsNothing()
    {
        (CostEstimator estimator, PoolAccounts accounts) = With("""{ "plan": { "Amount": 3, "Currency": "USD" }, "flat": { } }""");

        Assert.Equal("nothing covered, 0 USD paid", accounts.Draw(estimator.Price(Call("free", "acme", "2026-11-02"))).ToString());
        Assert.Empty(accounts.Balances);
    }

    /// <summary>Periods count from the pool's beginning, or are those of the calendar: 2026-11-26 is a Thursday.</summary>
    [Theory]
    [InlineData("hour", null, "2026-11-26T10:00:00Z")]
    [InlineData("day", null, "2026-11-26T00:00:00Z")]
    [InlineData("week", null, "2026-11-23T00:00:00Z")]
    [InlineData("month", null, "2026-11-01T00:00:00Z")]
    [InlineData("year", null, "2026-01-01T00:00:00Z")]
    [InlineData("day", "2026-01-31T12:00:00Z", "2026-11-25T12:00:00Z")]
    [InlineData("week", "2026-11-18T09:00:00Z", "2026-11-25T09:00:00Z")]
    [InlineData("month", "2026-01-31", "2026-10-31T00:00:00Z")]
    [InlineData("month", "2026-01-15", "2026-11-15T00:00:00Z")]
    [InlineData("month", "2024-02-29", "2026-10-29T00:00:00Z")]
    [InlineData("year", "2024-12-01", "2025-12-01T00:00:00Z")]
    [InlineData("once", "2024-12-01", "2024-12-01T00:00:00Z")]
    public void Period_BeginsWhereItsTermsSay(string period, string? from, string expected)
    {
        string start = from is null ? "" : $""", "From": "{from}" """;
        (CostEstimator estimator, PoolAccounts accounts) = With($$"""{ "plan": { "Amount": 3, "Currency": "USD", "Period": "{{period}}"{{start}} } }""");

        PoolDraw draw = Assert.Single(accounts.Draw(estimator.Price(Call("m", "acme", "2026-11-26T10:30:00Z"))).Draws);

        Assert.Equal(DateTimeOffset.Parse(expected, null), draw.PeriodFrom);
    }

    /// <summary>The end of a period is the beginning of the next, whose calls draw on the pool anew.</summary>
    [Theory]
    [InlineData("day", null, "2026-11-27T00:00:00Z")]
    [InlineData("week", null, "2026-11-30T00:00:00Z")]
    [InlineData("month", null, "2026-12-01T00:00:00Z")]
    [InlineData("year", null, "2027-01-01T00:00:00Z")]
    [InlineData("hour", "2026-11-01T00:20:00Z", "2026-11-26T11:20:00Z")]
    [InlineData("month", "2026-01-31", "2026-11-30T00:00:00Z")]
    [InlineData("month", "2024-02-29", "2026-11-29T00:00:00Z")]
    [InlineData("year", "2024-12-01", "2026-12-01T00:00:00Z")]
    [InlineData("once", "2024-12-01", null)]
    public void Period_EndsWhereTheNextBegins(string period, string? from, string? expected)
    {
        string start = from is null ? "" : $""", "From": "{from}" """;
        (CostEstimator estimator, PoolAccounts accounts) = With($$"""{ "plan": { "Amount": 3, "Currency": "USD", "Period": "{{period}}"{{start}} } }""");
        accounts.Draw(estimator.Price(Call("m", "acme", "2026-11-26T10:30:00Z")));

        PoolBalance balance = Assert.Single(accounts.Balances);

        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, null), balance.PeriodUntil);
        if (balance.PeriodUntil is { } end)
        {
            accounts.Draw(estimator.Price(Call("m", "acme", end.ToString("O", null))));
            Assert.Equal((end, 2), (accounts.Balances[^1].PeriodFrom, accounts.Balances.Count));
        }
    }

    [Fact]
    public void Pool_HasABeginningAndAnEnd()
    {
        (CostEstimator estimator, _) = With("""{ "plan": { "From": "2026-11-01", "Until": "2026-12-01", "Models": [ "M" ] } }""");
        string[] instants = ["2026-10-31T23:59:59Z", "2026-11-01", "2026-11-30T23:59:59Z", "2026-12-01"];

        Assert.Equal([0, 1, 1, 0], instants.Select(at => estimator.Price(Call("m", "acme", at)).Pools.Length));
        Assert.Empty(estimator.Price(Call("free", "acme", "2026-11-02")).Pools);
    }

    /// <summary>Whatever is drawn in whichever order, covered and paid add up to the cost, and no pool gives more than it holds.</summary>
    [Fact]
    public void CoveredAndPaid_AddUpToTheCost()
    {
        Random random = new(20);
        (CostEstimator estimator, PoolAccounts accounts) = With(
            """{ "a": { "Amount": 7.77, "Currency": "USD", "Period": "day" }, "b": { "Amount": 333.3, "Unit": "Bolt credits", "Period": "week" }, "c": { "Amount": 5, "Currency": "USD" } }""");
        for (int i = 0; i < 1_000; i++)
        {
            (string model, string provider) = random.Next(2) == 0 ? ("m", "acme") : ("b", "bolt");
            string day = FormattableString.Invariant($"2026-11-{random.Next(1, 31):00}");
            PricedCall call = estimator.Price(Call(model, provider, day, random.Next(0, 2_000_000)));

            CallCoverage coverage = accounts.Draw(call);

            Assert.Equal(call.Total!.Value.Amount, coverage.Covered.Sum(money => money.Amount) + coverage.Paid.Sum(money => money.Amount));
        }

        Assert.All(accounts.Balances, balance => Assert.InRange(balance.Drawn, 0, balance.Pool.Amount!.Value));
        Assert.Contains(accounts.Balances, balance => balance.Left == 0);
    }

    [Theory]
    [InlineData("""{ "Amount": 0, "Currency": "USD" }""", "card:Pools:p:Amount: '0' is not an amount greater than 0.")]
    [InlineData("""{ "Amount": -1, "Currency": "USD" }""", "card:Pools:p:Amount: '-1'")]
    [InlineData("""{ "Amount": 1 }""", "card:Pools:p: has an Amount and does not say of what.")]
    [InlineData("""{ "Unit": "credits" }""", "is given without an Amount.")]
    [InlineData("""{ "Amount": 1, "Unit": "USD" }""", "card:Pools:p:Unit: 'USD' is a currency.")]
    [InlineData("""{ "Amount": 1, "Currency": "credits" }""", "is not an ISO 4217 currency code.")]
    [InlineData("""{ "Fee": 1 }""", "has a Fee and no Currency.")]
    [InlineData("""{ "From": "2026-02-01", "Until": "2026-02-01" }""", "is not after From.")]
    [InlineData("""{ "Period": "fortnight" }""", "card:Pools:p:Period: 'fortnight' is not a known word.")]
    [InlineData("""{ "Model": [ "m" ] }""", "card:Pools:p:Model")]
    public void InvalidPool_IsAFaultWithItsPath(string pool, string message)
    {
        LlmCostModelOptions options = new();
        options.AddJson($$"""{ "Pools": { "p": {{pool}} } }""", "card");

        Assert.Contains(message, Assert.Throws<RateCardException>(() => new CostEstimator(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PoolMadeInCode_IsChecked() =>
        Assert.Contains(
            "Pools:0: is null.",
            Assert.Throws<RateCardException>(() => new PoolAccounts([null!])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void PricedCall_KeepsListCreditsAndPoolsInJson()
    {
        (CostEstimator estimator, PoolAccounts accounts) = With("""{ "plan": { "Amount": 3, "Currency": "USD" } }""", """{ "deal": { "Rules": [ { "Name": "10% off", "Multiply": 0.9 } ] } }""");
        PricedCall call = estimator.Price(Call("b", "bolt", "2026-11-02"));
        CallCoverage coverage = accounts.Draw(call);

        PricedCall again = JsonSerializer.Deserialize<PricedCall>(JsonSerializer.Serialize(call))!;

        Assert.Equal(["plan"], again.Pools.ToArray());
        Assert.Equal((call.Main.ListTotal, call.Main.Credits), (again.Main.ListTotal, again.Main.Credits));
        Assert.Equal((4m, 100m, 3.6m), (again.Main.ListTotal!.Value.Amount, again.Main.Credits!.Amount, again.Total!.Value.Amount));
        Assert.Equal(coverage, JsonSerializer.Deserialize<CallCoverage>(JsonSerializer.Serialize(coverage)));
    }

    private static (CostEstimator Estimator, PoolAccounts Accounts) With(string pools, string overlays = "{}")
    {
        LlmCostModelOptions options = new();
        options.AddJson($$"""{ {{Cards}}, "Overlays": {{overlays}}, "Pools": {{pools}} }""", "card");
        return (new CostEstimator(options), new PoolAccounts(options.Pools.Values));
    }

    private static ModelCall Call(string model, string provider, string at, long input = 1_000_000, string? tier = null) => new()
    {
        At = DateTimeOffset.Parse(at, null, System.Globalization.DateTimeStyles.AssumeUniversal),
        RequestedModel = model,
        Asked = new CallContext { Provider = provider, Tier = tier },
        Reading = new UsageReading { Status = UsageStatus.Complete, Usage = new TokenUsage { Input = input } },
    };
}
