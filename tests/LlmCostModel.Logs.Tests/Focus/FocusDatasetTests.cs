namespace LlmCostModel.Logs.Tests.Focus;

/// <summary>What rows of FOCUS say of calls: quantities, unit prices and costs, periods, tags, and what is in no row.</summary>
public class FocusDatasetTests
{
    /// <summary>The specification's own example: 8,400,000 input tokens at 5.00 are 42.00, 2,100,000 output tokens at 25.00 are
    /// 52.50.</summary>
    /// <remarks>https://github.com/FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec, specification/data/ai_model_billing/per_token_ai_model_api.csv,
    /// read 2026-11-27.</remarks>
    [Fact]
    public void TokensOfACall_AreRows_AsTheSpecificationShowsThem()
    {
        Dictionary<string, string?>[] rows = Rows("""{"model":"plain","at":"2025-05-01T10:00:00Z","usage":{"input":8400000,"output":2100000}}""", "month");

        Assert.Equal(2, rows.Length);
        Dictionary<string, string> shared = new()
        {
            ["BillingCurrency"] = "USD",
            ["BillingPeriodStart"] = "2025-05-01T00:00:00Z",
            ["BillingPeriodEnd"] = "2025-06-01T00:00:00Z",
            ["ChargePeriodStart"] = "2025-05-01T00:00:00Z",
            ["ChargePeriodEnd"] = "2025-06-01T00:00:00Z",
            ["ChargeCategory"] = "Usage",
            ["ChargeFrequency"] = "Usage-Based",
            ["ConsumedUnit"] = "Tokens",
            ["PricingCategory"] = "Standard",
            ["PricingUnit"] = "1000000 Tokens",
            ["ServiceCategory"] = "AI and Machine Learning",
            ["ServiceSubcategory"] = "Generative AI",
            ["InvoiceIssuerName"] = "OpenAI",
            ["ServiceName"] = "OpenAI API",
        };
        Assert.All(rows, row => Assert.All(shared, pair => Assert.Equal((pair.Key, pair.Value), (pair.Key, row[pair.Key]))));
        AssertRow(rows[0], "Input Tokens", "plain-input", "plain-input-ondemand", "8400000", "8.4", "5", "42");
        AssertRow(rows[1], "Output Tokens", "plain-output", "plain-output-ondemand", "2100000", "2.1", "25", "52.5");
        Assert.Equal("""{"x_ModelId":"plain","x_TokenCacheAction":"Uncached","x_TokenDirection":"Input"}""", rows[0]["SkuPriceDetails"]);
        Assert.Equal("""{"x_ModelId":"plain","x_TokenDirection":"Output"}""", rows[1]["SkuPriceDetails"]);
    }

    private static void AssertRow(Dictionary<string, string?> row, string meter, string sku, string price, string consumed, string priced, string unitPrice, string cost)
    {
        Assert.Equal(
            (meter, sku, price, consumed, priced, unitPrice, unitPrice),
            (row["SkuMeter"], row["SkuId"], row["SkuPriceId"], row["ConsumedQuantity"], row["PricingQuantity"], row["ListUnitPrice"], row["ContractedUnitPrice"]));
        Assert.All(["BilledCost", "ContractedCost", "EffectiveCost", "ListCost"], column => Assert.Equal((column, cost), (column, row[column])));
    }

    /// <summary>The part beyond 200,000 has its own price: 200,000 x 3 = 0.6, 100,000 x 6 = 0.6.</summary>
    [Fact]
    public void TiersOfOneCall_AreRowsOfTheirOwnPrices() => Assert.Equal(
        ["tiered-input-long 0.1 x 6 = 0.6", "tiered-input-ondemand 0.2 x 3 = 0.6"],
        Sums(Rows("""{"model":"tiered","at":"2026-05-03","usage":{"input":300000}}""")).Order(StringComparer.Ordinal));

    /// <summary>7 searches at 10 a thousand are 0.07; 90 s are 0.025 hours at 1.</summary>
    [Fact]
    public void Meters_HaveTheirOwnUnits()
    {
        Dictionary<string, string?>[] rows = Rows("""{"model":"search","at":"2026-05-03","usage":{"input":1000000},"meters":{"webSearch":7,"audioInputSecond":90}}""");

        Assert.Equal(
            ["search-input-ondemand 1 x 1 = 1", "search-audio-input-second-ondemand 0.025 x 1 = 0.025", "search-web-search-ondemand 0.007 x 10 = 0.07"],
            Sums(rows));
        Assert.Equal(
            [("Input Tokens", "Tokens", "1000000 Tokens"), ("Audio Input Second", "Seconds", "3600 Seconds"), ("Web Search", "Searches", "1000 Searches")],
            rows.Select(row => (row["SkuMeter"]!, row["ConsumedUnit"]!, row["PricingUnit"]!)));
        Assert.All(rows, row => Assert.Equal("false", row["x_IsRounded"]));
    }

    /// <summary>100 s at 1 an hour are 0.02777...: no decimal holds it, and the row says that its numbers are rounded.</summary>
    [Fact]
    public void CostThatNeverEnds_IsMarkedAsRounded()
    {
        Dictionary<string, string?> row = Rows("""{"model":"search","at":"2026-05-03","usage":{},"meters":{"audioInputSecond":100}}""")[0];

        Assert.Equal(("true", "0.0277777777777777777777777778", "100", "Seconds"), (row["x_IsRounded"], row["BilledCost"], row["PricingQuantity"], row["PricingUnit"]));
    }

    /// <summary>A contract takes 20% off 5 and adds 0.5 a call: contracted 4 and 0.5, list 5 and 0.</summary>
    [Fact]
    public void Contract_IsBetweenListAndContractedPrice()
    {
        Dictionary<string, string?>[] rows = Rows("""{"model":"deal","at":"2026-05-03","usage":{"input":1000000}}""");

        Assert.Equal(
            [("Input Tokens", "5", "5", "4", "4", "20% off", "deal-input-ondemand"), ("Fixed Fee", "0", "0", "0.5", "0.5", "margin", "deal-fixed-fee-ondemand")],
            rows.Select(row => (row["SkuMeter"]!, row["ListUnitPrice"]!, row["ListCost"]!, row["ContractedUnitPrice"]!, row["BilledCost"]!, row["x_Rules"]!, row["SkuPriceId"]!)));
    }

    /// <summary>1 M at 1 is 1, lifted to the minimum of 2 by 1; 5.5% of 2 are 0.11; 0.3 a call. What is taken of the other charges has no
    /// quantity and no unit price, so it is an adjustment.</summary>
    [Fact]
    public void Fees_AreAdjustments_WhereTheyHaveNoUnitPrice()
    {
        Dictionary<string, string?>[] rows = Rows("""{"model":"fees","at":"2026-05-03","usage":{"input":1000000}}""");

        Assert.Equal(
            [("Fixed Fee", "Usage", "0.3", "0.3"), ("Input Tokens", "Usage", "1", "1"), ("Minimum Charge", "Adjustment", null, "1"), ("Percent Fee", "Adjustment", null, "0.11")],
            rows.Select(row => (row["SkuMeter"]!, row["ChargeCategory"]!, row["ContractedUnitPrice"], row["BilledCost"]!)).Order());
        Assert.All(
            rows.Where(row => row["ChargeCategory"] == "Adjustment"),
            row => Assert.All(["ConsumedQuantity", "ConsumedUnit", "PricingQuantity", "PricingUnit", "ListUnitPrice", "PricingCategory"], column => Assert.Null(row[column])));
    }

    /// <summary>Two calls of a day are one row; the last moment of a day is in it, and the first of the next is not.</summary>
    [Theory]
    [InlineData("day", null, "2026-05-03T00:00:00Z 2026-05-04T00:00:00Z 2 calls, 2026-05-04T00:00:00Z 2026-05-05T00:00:00Z 1 calls")]
    [InlineData("hour", null, "2026-05-03T10:00:00Z 2026-05-03T11:00:00Z 1 calls, 2026-05-03T23:00:00Z 2026-05-04T00:00:00Z 1 calls, 2026-05-04T00:00:00Z 2026-05-04T01:00:00Z 1 calls")]
    [InlineData("month", null, "2026-05-01T00:00:00Z 2026-06-01T00:00:00Z 3 calls")]
    [InlineData("day", "Europe/Berlin", "2026-05-02T22:00:00Z 2026-05-03T22:00:00Z 1 calls, 2026-05-03T22:00:00Z 2026-05-04T22:00:00Z 2 calls")]
    [InlineData("hour", "Asia/Kolkata", "2026-05-03T09:30:00Z 2026-05-03T10:30:00Z 1 calls, 2026-05-03T23:30:00Z 2026-05-04T00:30:00Z 2 calls")]
    public void Periods_BeginInTheirZone_AndEndWhereTheNextBegins(string period, string? zone, string expected)
    {
        const string Log = """
            {"model":"plain","at":"2026-05-03T10:00:00Z","usage":{"input":1}}
            {"model":"plain","at":"2026-05-03T23:59:59.999Z","usage":{"input":1}}
            {"model":"plain","at":"2026-05-04T00:00:00Z","usage":{"input":1}}
            """;
        FocusOptions options = new() { TimeZone = zone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(zone) };

        Assert.Equal(expected, string.Join(", ", FocusRows.Named(FocusRows.Of(Log, period, options))
            .Select(row => $"{row["ChargePeriodStart"]} {row["ChargePeriodEnd"]} {row["x_CallCount"]} calls")));
    }

    /// <summary>On the day when clocks go on, a day has 23 hours: Berlin, 2026-03-29, from 23:00 to 22:00 UTC.</summary>
    [Fact]
    public void DayOfTheChangeOfClocks_IsShorter()
    {
        FocusOptions options = new() { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };

        Dictionary<string, string?> row = FocusRows.Named(FocusRows.Of("""{"model":"plain","at":"2026-03-29T12:00:00Z","usage":{"input":1}}""", "day", options))[0];

        Assert.Equal(("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"), (row["ChargePeriodStart"], row["ChargePeriodEnd"]));
    }

    [Fact]
    public void Tags_AreThoseThatRowsAreSplitBy()
    {
        FocusDataset dataset = FocusRows.Of(FocusRows.Day, "user,tag:team");

        Assert.Equal(
            [null, """{"team":"a\"b, <script>","user":"ann"}""", """{"user":"bob"}"""],
            FocusRows.Named(dataset).Select(row => row["Tags"]).Distinct().Order(StringComparer.Ordinal));
        Assert.All(FocusRows.Named(FocusRows.Of(FocusRows.Day)), row => Assert.Null(row["Tags"]));
    }

    /// <summary>What has no price is in no row, rather than in one that costs nothing; what is free is in a row that does.</summary>
    [Fact]
    public void Unpriced_IsInNoRow_AndNamed()
    {
        FocusDataset dataset = FocusRows.Of(FocusRows.Day);
        Dictionary<string, string?>[] rows = FocusRows.Named(dataset);

        Assert.DoesNotContain(rows, row => row["x_ModelId"] == "acme-1");
        Assert.Equal([("Input Tokens", "Partial")], rows.Where(row => row["x_ModelId"] == "half-known").Select(row => (row["SkuMeter"]!, row["x_CostStatus"]!)));
        Assert.Equal(["0", "0"], rows.Where(row => row["x_ModelId"] == "free").Select(row => row["BilledCost"]));
        Assert.Equal(["acme-1", "half-known"], dataset.LeftOut.Select(reason => reason.Model).Order(StringComparer.Ordinal));
        Assert.Equal(1, dataset.Undated);
        Assert.All(rows, row => Assert.Equal("Estimated", row["x_CostBasis"]));
    }

    [Fact]
    public void Version14_NamesServiceAndHost_InsteadOfProviderAndPublisher()
    {
        string[] old = [.. FocusRows.Of(FocusRows.Day).Columns];
        string[] later = [.. FocusRows.Of(FocusRows.Day, options: new() { Version = "1.4" }).Columns];

        Assert.Equal(["ProviderName", "PublisherName"], old.Except(later));
        Assert.Equal(["HostProviderName", "ServiceProviderName"], later.Except(old));
    }

    [Fact]
    public void WhatCannotBeWritten_IsRefused()
    {
        Assert.Equal(
            "A week may lie in two billing periods, and a row of FOCUS in one. Group by hour, day or month. (Parameter 'keys')",
            Assert.Throws<ArgumentException>(() => FocusRows.Of("", "week")).Message);
        Assert.Equal(
            "'1.3' is not a version of FOCUS that can be written. Use 1.2 or 1.4. (Parameter 'options')",
            Assert.Throws<ArgumentException>(() => FocusRows.Of("", options: new() { Version = "1.3" })).Message);
        Assert.Throws<ArgumentException>(() => FocusRows.Of("", options: new() { BillingAccountId = " " }));
    }

    private static Dictionary<string, string?>[] Rows(string log, string groupBy = "model") => FocusRows.Named(FocusRows.Of(log, groupBy));

    private static IEnumerable<string> Sums(IEnumerable<Dictionary<string, string?>> rows) =>
        rows.Select(row => $"{row["SkuPriceId"]} {row["PricingQuantity"]} x {row["ContractedUnitPrice"]} = {row["BilledCost"]}");
}
