using static LlmCostModel.Logs.Tests.Reconciling.Acme;

namespace LlmCostModel.Logs.Tests.Reconciling;

/// <summary>A log and a bill that differ in one way each. m-1 costs 2 a million tokens of input, 0.20 from the cache, 2.50 or 4 to write
/// to it, 10 of output; m-2 3 and 7; m-long 1 and 4, above 1,000 tokens of input 2 and 6.</summary>
public class ReconciliationTests
{
    // 1,000,000 x 2 + 1,000,000 x 0.20 + 100,000 x 10 = 3.20
    private const string Usage = """{"input":1000000,"cacheRead":1000000,"output":100000}""";

    [Fact]
    public void Amounts_TheSame_AreEqual()
    {
        ReconciliationResult result = Compare(Bill((2, "m-1", "3.20"), (2, "m-2", "3")), Call(2, "m-1", Usage), Call(2, "m-2", """{"input":1000000}"""));

        Assert.Equal(["2 m-1 Equal", "2 m-2 Equal"], Shown(result));
        Assert.True(result.IsEqual);
        Assert.Equal((6.20m, 6.20m, 0m, 2, 2), Sums(Assert.Single(result.Totals)));
    }

    // In a batch 3.20 / 2; at the priority tier 3.20 x 1.75; in the EU 3.20 x 1.1; by beta 2.3 + 0.25 + 1.1; reads as input 2 + 2 + 1.
    [Theory]
    [InlineData("1.60", "Tier", "The bill has the price of tier 'batch'.")]
    [InlineData("5.60", "Tier", "The bill has the price of tier 'priority'.")]
    [InlineData("3.52", "Region", "The bill has the price of region 'eu'.")]
    [InlineData("3.65", "Provider", "The bill has the price of provider 'beta'.")]
    [InlineData("5.00", "CacheRead", "The bill charges cache reads as fresh input.")]
    [InlineData("6.40", "CountedTwice", "The bill is twice the log.")]
    [InlineData("4.44", null, null)]
    public void Difference_OfOneKind_IsExplained(string billed, string? kind, string? text)
    {
        ReconciledDay day = Assert.Single(Compare(Bill((2, "m-1", billed)), Call(2, "m-1", Usage)).Days);

        Assert.Equal(ReconciliationStatus.Different, day.Status);
        if (kind is null)
        {
            Assert.Empty(day.Causes);
        }
        else
        {
            Assert.Contains((kind, text), day.Causes.Select(cause => (cause.Kind.ToString(), (string?)cause.Text)));
        }
    }

    /// <summary>A bill often names the dated model where a log has the one without: that both may be one is said, whatever the amounts.</summary>
    [Fact]
    public void ModelsOfOneSideOnly_OnOneDay_MayBeOne()
    {
        ReconciliationResult result = Compare(Bill((2, "m-2", "9")), Call(2, "m-1", Usage));

        Assert.Contains(result.Notes, note => note.StartsWith("The bill has models on days on which the log has others: m-2.", StringComparison.Ordinal));
        Assert.DoesNotContain(Compare(Bill((3, "m-2", "9")), Call(2, "m-1", Usage)).Notes, note => note.Contains("m-2", StringComparison.Ordinal));
    }

    // 1,000,000 written tokens at 2.50 for 5 minutes, 4 for an hour, 2 as input.
    [Theory]
    [InlineData("4", "The bill charges cache writes as those for 1 hour.")]
    [InlineData("2", "The bill charges cache writes as fresh input.")]
    public void CacheWrites_BilledOtherwise(string billed, string text)
    {
        ReconciledDay day = Assert.Single(Compare(Bill((2, "m-1", billed)), Call(2, "m-1", """{"cacheWrite":1000000}""")).Days);

        Assert.Contains(text, day.Causes.Select(cause => cause.Text));
    }

    // A call before noon at 2 a million, one after it at 1: the bill has both at the price before, or after.
    [Theory]
    [InlineData("4", "The bill has the prices of 2026-04-09T00:00:00Z.")]
    [InlineData("2", "The bill has the prices of 2026-04-10T12:00:00Z.")]
    [InlineData("3", null)]
    public void PriceChange_InTheMiddleOfADay(string billed, string? text)
    {
        ReconciledDay day = Assert.Single(Compare(
            Bill((10, "m-1", billed)),
            Call(10, "m-1", """{"input":1000000}""", time: "11:59:59Z"),
            Call(10, "m-1", """{"input":1000000}""", time: "12:00:00Z")).Days);

        Assert.Equal(text is null, day.Status == ReconciliationStatus.Equal);
        Assert.Equal(text is null ? [] : [text], day.Causes.Where(cause => cause.Kind == ReconciliationCauseKind.PriceVersion).Select(cause => cause.Text));
    }

    // 10 calls of 1,000 tokens are small, whatever their sum is: 0.01; as large ones 0.02.
    [Fact]
    public void Size_IsThatOfTheCalls()
    {
        string[] log = [.. Enumerable.Repeat(Call(2, "m-long", """{"input":1000}"""), 10)];

        Assert.Equal(["2 m-long Equal"], Shown(Compare(Bill((2, "m-long", "0.010000")), log)));
        Assert.Contains(
            "The bill charges all calls as larger than 1000 tokens.",
            Assert.Single(Compare(Bill((2, "m-long", "0.020000")), log).Days).Causes.Select(cause => cause.Text));
    }

    // Two calls of 1,001 tokens, both long: 2 x 1001 x 2 / 1,000,000.
    [Fact]
    public void Size_OfLongCalls_AlsoInSums() => Assert.Equal(
        ["2 m-long Equal"],
        Shown(Compare(Bill((2, "m-long", "0.004004")), Call(2, "m-long", """{"input":1001}"""), Call(2, "m-long", """{"input":1001}"""))));

    // A batch of 1.60 and a standard call of 3.20: the bill has both at the standard tier.
    [Fact]
    public void Tier_OfSomeCalls()
    {
        ReconciledDay day = Assert.Single(Compare(
            Bill((2, "m-1", "6.40")), Call(2, "m-1", Usage), Call(2, "m-1", Usage, ""","tier":"batch" """)).Days);

        Assert.Equal((4.80m, 6.40m), (day.Log!.Value, day.Bill!.Value));
        Assert.Contains("The bill has the price of tier 'standard'.", day.Causes.Select(cause => cause.Text));
    }

    // One call in a batch, one in the EU (2.20): with the batch at the priority tier 3.50 + 2.20.
    [Fact]
    public void Tier_OfOneGroupOnly_SaysWhich()
    {
        ReconciledDay day = Assert.Single(Compare(
            Bill((2, "m-1", "5.70")),
            Call(2, "m-1", """{"input":1000000}""", ""","tier":"batch" """),
            Call(2, "m-1", """{"input":1000000}""", ""","region":"eu" """)).Days);

        Assert.Equal(["The bill has the price of tier 'priority' for the calls of tier 'batch'."], day.Causes.Select(cause => cause.Text));
    }

    [Fact]
    public void Calls_MissingInTheBill_AreNamed()
    {
        // 2 + 5 + 3, and the bill lacks the 5 of the second record.
        ReconciledDay day = Assert.Single(Compare(
            Bill((2, "m-1", "5.00")),
            Call(2, "m-1", """{"input":1000000}"""), Call(2, "m-1", """{"output":500000}"""), Call(2, "m-1", """{"output":300000}""")).Days);

        Assert.Contains("The bill lacks what one call cost: record 2.", day.Causes.Select(cause => cause.Text));
    }

    [Fact]
    public void Days_MissingOnOneSide()
    {
        ReconciliationResult result = Compare(
            Bill((2, "m-2", "3"), (4, "m-2", "7")),
            Call(2, "m-2", """{"input":1000000}"""), Call(3, "m-2", """{"input":2000000}"""), Call(9, "m-2", """{"input":1000000}"""));

        Assert.Equal(["2 m-2 Equal", "3 m-2 MissingInBill", "4 m-2 MissingInLog", "9 m-2 MissingInBill Period"], Shown(result));
        Assert.Equal((12m, 10m, -2m, 4, 1), Sums(Assert.Single(result.Totals)));
        Assert.Equal((ReconciliationCauseKind.Period, 1, -3m), Assert.Single(result.Totals[0].Explained));
        Assert.Equal(1m, result.Totals[0].Unexplained); // 7 - 6
    }

    [Fact]
    public void Days_OnTheNextDay_AreADate() => Assert.Equal(
        ["2 m-2 MissingInBill Date", "3 m-2 MissingInLog Date"],
        Shown(Compare(Bill((3, "m-2", "3")), Call(2, "m-2", """{"input":1000000}"""))));

    // The bill's days begin at 16:00 the day before: the calls of 20:00 are of the next day.
    [Fact]
    public void Days_ThatBeginAtAnotherHour_AreAZone()
    {
        string[] log =
        [
            Call(2, "m-2", """{"input":1000000}""", time: "10:00:00Z"), Call(2, "m-2", """{"input":2000000}""", time: "20:00:00Z"),
            Call(3, "m-2", """{"input":3000000}""", time: "10:00:00Z"), Call(3, "m-2", """{"input":5000000}""", time: "20:00:00Z"),
        ];
        string bill = Bill((2, "m-2", "3"), (3, "m-2", "15"), (4, "m-2", "15"));

        ReconciliationResult result = Compare(bill, log);

        Assert.All(result.Days, day => Assert.Contains(ReconciliationCauseKind.TimeZone, day.Causes.Select(cause => cause.Kind)));
        Assert.Equal("The days of the bill begin 4 hours earlier than those of the log.", result.Days[0].Causes[^1].Text);
        Assert.True(Compare(new ReconciliationOptions { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai") }, bill, log).IsEqual);
    }

    [Theory]
    [InlineData("2.56", "2.40", "5.60", "Discount", "The bill is 0.8 times the log on all 3 days and models: a discount of 20%, or another currency.")]
    [InlineData("3.808", "3.57", "8.33", "Surcharge", "The bill is 1.19 times the log on all 3 days and models: a tax or margin of 19%, or another currency.")]
    public void Ratio_OfAllRows(string first, string second, string third, string kind, string text)
    {
        ReconciliationResult result = Compare(
            Bill((2, "m-1", first), (2, "m-2", second), (3, "m-2", third)),
            Call(2, "m-1", Usage), Call(2, "m-2", """{"input":1000000}"""), Call(3, "m-2", """{"output":1000000}"""));

        Assert.All(result.Days, day => Assert.Equal([(kind, text)], day.Causes.Select(cause => (cause.Kind.ToString(), cause.Text))));
        Assert.Equal(3, Assert.Single(result.Totals[0].Explained).Days);
    }

    [Fact]
    public void Names_Unknown_AreRowsOfTheirOwn_AndCanBeSaid()
    {
        string bill = Bill((2, "Acme One input", "3.20"));
        ReconciliationResult result = Compare(bill, Call(2, "m-1", Usage));

        Assert.Equal(["2 Acme One input UnknownName UnknownName OtherName", "2 m-1 MissingInBill OtherName"], Shown(result));

        ReconciliationOptions options = new();
        options.Names.Add("acme one input", "m-1");
        Assert.True(Compare(options, bill, Call(2, "m-1", Usage)).IsEqual);
    }

    [Fact]
    public void Names_ThatHoldAModel_AreNotTakenForIt() =>
        Assert.Equal(["2 m-1-mini UnknownName UnknownName"], Shown(Compare(Bill((2, "m-1-mini", "1")))));

    [Fact]
    public void Repeated_RecordsThatTheBillCharges()
    {
        // 1775131200 is noon of 2026-04-02.
        const string Response = """
            {"id":"ID","object":"chat.completion","created":1775131200,"model":"m-2","choices":[],"usage":{"prompt_tokens":1000000,"completion_tokens":0,"total_tokens":1000000}}
            """;
        ReconciliationResult result = Compare(
            Bill((2, "m-2", "9")), [.. "aab".Select(id => Response.Replace("ID", id.ToString(), StringComparison.Ordinal))]);

        ReconciledDay day = Assert.Single(result.Days);
        Assert.Equal((6m, 2, 1), (day.Log!.Value, (int)day.Calls, (int)result.Merged));
        Assert.Contains(
            "The bill charges each of 1 records that repeat calls by their ids; the log counts a call once.",
            day.Causes.Select(cause => cause.Text));
    }

    [Fact]
    public void Meters_UnderAnotherName()
    {
        // 2 for the tokens and 2 searches at 0.01.
        ReconciliationResult result = Compare(
            Bill((2, "m-1", "2"), (2, "web search", "0.02")), Call(2, "m-1", """{"input":1000000}""", ""","meters":{"webSearch":2}"""));

        Assert.Equal(["2 m-1 Different Meters", "2 web search UnknownName UnknownName"], Shown(result));
    }

    [Fact]
    public void Calls_WithoutAPrice_AreCountedAndNamed()
    {
        ReconciliationResult result = Compare(
            Bill((2, "m-2", "10"), (2, "m-9", "1")), Call(2, "m-2", """{"input":1000000,"audioInput":5}"""), Call(2, "m-9", """{"input":5}"""));

        Assert.Equal(["2 m-2 Different Incomplete", "2 m-9 Different Incomplete"], Shown(result));
        Assert.Equal((1, 0, 0, 1), (result.Days[0].Partial, result.Days[0].Unpriced, result.Days[1].Partial, result.Days[1].Unpriced));
        Assert.StartsWith("Of its calls in the log, 1 priced in part: No price of 'm-2' for AudioInput tokens.", result.Days[0].Causes[0].Text, StringComparison.Ordinal);
        Assert.StartsWith("Of its calls in the log, 1 without a price: No price for model 'm-9'", result.Days[1].Causes[0].Text, StringComparison.Ordinal);
        Assert.False(result.IsEqual);
    }

    [Fact]
    public void Records_RejectedOrUndated_AreNotEqual()
    {
        ReconciliationResult result = Compare(
            Bill((2, "m-2", "3")), Call(2, "m-2", """{"input":1000000}"""), """{"model":"m-2","usage":{"imput":1}}""", """{"model":"m-2","provider":"acme","usage":{"input":1}}""");

        Assert.Equal(["2 m-2 Equal"], Shown(result));
        Assert.Equal((3L, 1L, 1L, false), (result.Records, result.Rejected, result.Undated, result.IsEqual));
        Assert.Equal(2, result.Notes.Count);
    }

    [Fact]
    public void Currencies_Other_AreNotCompared()
    {
        ReconciliationResult result = Compare(Bill((2, "m-2", "3")).Replace("USD", "EUR", StringComparison.Ordinal), Call(2, "m-2", """{"input":1000000}"""));

        Assert.Equal(["2 m-2 OtherCurrency Currency", "2 m-2 OtherCurrency Currency"], Shown(result));
        Assert.Equal(["EUR", "USD"], result.Totals.Select(total => total.Currency));
    }

    // Three lines of cents may be 0.015 off; a cent more is not rounding.
    [Theory]
    [InlineData("0.01", "0.01", "0.01", true)]
    [InlineData("0.02", "0.01", "0.01", false)]
    public void Rounding_OfTheBill_IsNoDifference(string one, string two, string three, bool isEqual) => Assert.Equal(
        isEqual,
        Compare(Bill((2, "m-2", one), (2, "m-2", two), (2, "m-2", three)), Call(2, "m-2", """{"input":7000}""")).IsEqual); // 0.021

    [Fact]
    public void Tolerance_AmountOrShare()
    {
        string bill = Bill((2, "m-2", "3.10"));
        string call = Call(2, "m-2", """{"input":1000000}""");

        Assert.False(Compare(bill, call).IsEqual);
        Assert.True(Compare(new ReconciliationOptions { Tolerance = 0.10m }, bill, call).IsEqual);
        Assert.False(Compare(new ReconciliationOptions { Tolerance = 0.09m }, bill, call).IsEqual);
        Assert.True(Compare(new ReconciliationOptions { RelativeTolerance = 0.04m }, bill, call).IsEqual); // 0.124
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReconciliationOptions { RelativeTolerance = 1 });
    }

    [Fact]
    public void Period_LeavesBothSidesOut() => Assert.Equal(
        ["3 m-2 Equal"],
        Shown(Compare(
            new ReconciliationOptions { From = new(2026, 4, 3), To = new(2026, 4, 4) },
            Bill((2, "m-2", "1"), (3, "m-2", "3"), (4, "m-2", "1")),
            Call(1, "m-2", """{"input":1}"""), Call(3, "m-2", """{"input":1000000}"""), Call(4, "m-2", """{"input":1}"""))));

    // By kind of tokens only one of two alternatives fits: 1.1 is input and output in the EU, not reads as input.
    [Fact]
    public void Tokens_OfBothSides_TellCausesApart()
    {
        const string Bill = """
            date,model,provider,kind,tokens,cost
            2026-04-02,m-1,acme,input,1000000,2.20
            2026-04-02,m-1,acme,cached input,1000000,0.22
            2026-04-02,m-1,acme,output,100000,1.10
            """;
        ReconciledDay day = Assert.Single(Compare(Bill, Call(2, "m-1", Usage)).Days);

        Assert.Equal(["The bill has the price of region 'eu'."], day.Causes.Select(cause => cause.Text));
        Assert.Equal(
            [(TokenBucket.Input, 2m, 2.20m, 1_000_000L, 1_000_000m), (TokenBucket.CacheRead, 0.2m, 0.22m, 1_000_000L, 1_000_000m), (TokenBucket.Output, 1m, 1.10m, 100_000L, 100_000m)],
            day.Tokens.Select(kind => (kind.Bucket, kind.Log, kind.Bill, kind.LogTokens, kind.BillTokens!.Value)));
    }

    [Fact]
    public void Tokens_OfOtherNumber_AreSaid()
    {
        const string Bill = """
            date,model,provider,kind,tokens,cost
            2026-04-02,m-2,acme,input,1500001,4.500003
            2026-04-02,m-2,acme,output,100000,0.70
            """;
        ReconciledDay day = Assert.Single(Compare(Bill, Call(2, "m-2", """{"input":1000000,"output":60000,"reasoning":40000}""")).Days);

        Assert.Equal("The bill counts 500001 input tokens more than the log: calls are missing on one side.", Assert.Single(day.Causes).Text);
    }

    [Fact]
    public void Provider_NotInTheBill_IsThatOfTheLog() => Assert.Equal(
        ("beta", true),
        Compare("date,model,cost\n2026-04-02,m-1,2.30", Call(2, "m-1", """{"input":1000000}""").Replace("acme", "beta", StringComparison.Ordinal)) is var result
            ? (result.Days[0].Provider, result.IsEqual) : default);

    [Fact]
    public void Add_BillAfterLog_Throws()
    {
        Reconciliation reconciliation = new(Estimator);
        reconciliation.Add(TextLog.Read(Call(2, "m-1", Usage))[0]);

        Assert.Throws<InvalidOperationException>(() => reconciliation.Add(Bills.TextBill.Read(Bill((2, "m-1", "1")))[0]));
        _ = reconciliation.Finish();
        Assert.Throws<InvalidOperationException>(reconciliation.Finish);
    }

    private static (decimal Log, decimal Bill, decimal Difference, int Days, int Equal) Sums(ReconciliationTotal total) =>
        (total.Log, total.Bill, total.Difference, total.Days, total.Equal);
}
