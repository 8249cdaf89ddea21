using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Pricing;

/// <summary>Prices that a provider states in credits of its own, with what a credit is worth through time.</summary>
public class CreditTests
{
    private const string Card = """
        { "acme": { "Provider": "acme", "Currency": "USD",
            "Credit": { "Name": "Acme credits", "Worth": [
                { "From": "2026-01-01", "Until": "2026-06-01", "Amount": 0.04, "Source": "https://acme.example/credits", "AsOf": "2026-02-01", "Basis": "page" },
                { "From": "2026-07-01", "Amount": 0.05 } ] },
            "Models": {
                "m": { "Versions": [
                    { "From": "2025-12-01", "Until": "2026-03-01", "PerMillionTokens": { "Input": 100, "Output": 500 } },
                    { "From": "2026-03-01", "PerMillionTokens": { "Input": 125, "CacheRead": 12.5, "Output": 750 }, "PerMeter": { "WebSearch": { "Price": 2, "Free": 1, "Steps": [ { "Above": 3, "Price": 1 } ] } },
                      "MinimumCharge": 1,
                      "Rules": [ { "Name": "fast", "When": { "Tier": "fast" }, "Multiply": 2 }, { "Name": "fee", "When": { "Tier": "fast" }, "FixedFee": 3 }, { "Name": "far", "When": { "Region": "far" }, "AddPerMillionTokens": { "Input": 25 } } ] },
                    { "From": "2026-08-01", "Status": "announced", "PerMillionTokens": { "Input": 50, "Output": 100 } } ] } } } }
        """;

    private static readonly TokenUsage Usage = new() { Input = 1_000_000, Output = 100_000 };

    private static readonly CostEstimator Estimator = new(RateCardJson.Parse(Card, "acme.json"));

    /// <summary>Version by version and worth by worth: credits are quantity x price, money is credits x worth.</summary>
    [Theory]
    [InlineData("2026-01-01", 150, "6")] // 100 + 50 credits, x 0.04
    [InlineData("2026-02-28T23:59:59Z", 150, "6")]
    [InlineData("2026-03-01", 200, "8")] // 125 + 75 credits, x 0.04
    [InlineData("2026-07-01", 200, "10")] // x 0.05
    [InlineData("2027-01-01", 200, "10")] // the announced version does not hold by itself
    public void Cost_IsCreditsTimesTheirWorthThen(string at, int credits, string usd)
    {
        CostReceipt receipt = Estimator.Explain("m", Usage, On(at));

        Assert.Equal(CostStatus.Priced, receipt.Status);
        Assert.Equal(new Money(Number(usd), "USD"), receipt.Total);
        Assert.Equal(new CreditAmount { Amount = credits, Unit = "Acme credits" }, receipt.Credits);
        Assert.Equal(receipt.Total, Estimator.Estimate("m", Usage, On(at)).Total);
        Assert.Equal(receipt.Total!.Value.Amount, receipt.Lines.Sum(line => line.Amount));
    }

    [Fact]
    public void AnnouncedVersion_IsInMoneyToo()
    {
        // 50 + 10 credits, x 0.05
        Assert.Equal(3, Estimator.Estimate("m", Usage, On("2026-09-01") with { IncludeAnnounced = true }).Total?.Amount);
    }

    /// <summary>Where a worth is not known there is no price, and the reason says what is missing: never credits taken for money.</summary>
    [Theory]
    [InlineData("2025-12-31")]
    [InlineData("2026-06-01")]
    [InlineData("2026-06-30T23:59:59Z")]
    public void UnknownWorth_IsUnpriced(string at)
    {
        CostEstimate estimate = Estimator.Estimate("m", Usage, On(at));

        CostIssue issue = Assert.Single(estimate.Issues);
        Assert.Equal(CostStatus.Unpriced, estimate.Status);
        Assert.Equal(CostIssueKind.NoPriceAtInstant, issue.Kind);
        Assert.Contains("is in Acme credits, and what they are worth at", issue.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BeforeEveryVersion_NamesTheVersions() =>
        Assert.Contains(
            "what they are worth", Assert.Single(Estimator.Estimate("m", Usage, On("2025-11-01")).Issues).Message, StringComparison.Ordinal);

    /// <summary>Everything that is an amount of a card is in credits: meters and their steps, minimum charges, fees, what rules set and
    /// add.</summary>
    [Fact]
    public void EveryAmountOfTheCard_IsInCredits()
    {
        CallContext far = On("2026-07-01") with { Region = "far" };
        CallContext fast = On("2026-07-01") with { Tier = "fast" };
        CallContext search = On("2026-07-01") with { ConsumedBefore = MeteredQuantities.Empty };

        Assert.Equal(11.25m, Estimator.Estimate("m", Usage, far).Total?.Amount); // (125 + 25 + 75) x 0.05
        Assert.Equal(20.15m, Estimator.Estimate("m", Usage, fast).Total?.Amount); // (200 x 2 + 3) x 0.05
        Assert.Equal(0.05m, Estimator.Estimate("m", new TokenUsage { Input = 8 }, On("2026-07-01")).Total?.Amount); // at least 1 credit

        // one free, two at 2 and two at 1 credit: 6 credits
        MeteredQuantities searches = MeteredQuantities.Empty.With(MeterNames.WebSearch, 5);
        Assert.Equal(0.3m, Estimator.Estimate("m", default, search, searches).Total?.Amount);
    }

    /// <summary>Overlays are in money and come after it; credits stay those of the list.</summary>
    [Fact]
    public void Overlay_ChangesTheMoneyAndNotTheCredits()
    {
        LlmCostModelOptions options = new();
        options.AddJson($$"""
            { "RateCards": {{Card}}, "Overlays": { "deal": { "Currency": "USD", "Rules": [
                { "Name": "input", "PerMillionTokens": { "Input": 5 } }, { "Name": "10% off", "Multiply": 0.9 } ] } } }
            """, "acme.json");
        CostEstimator estimator = new(options);

        CostReceipt receipt = estimator.Explain("m", Usage, On("2026-07-01"));
        PricedPart part = estimator.Price(Call("2026-07-01")).Main;

        Assert.Equal(7.875m, receipt.Total?.Amount); // (5 + 75 x 0.05) x 0.9
        Assert.Equal(10, receipt.ListTotal?.Amount);
        Assert.Equal(200, receipt.Credits?.Amount);
        Assert.Equal((receipt.Total, receipt.ListTotal, receipt.Credits), (part.Estimate.Total, part.ListTotal, part.Credits));
    }

    [Fact]
    public void ReceiptAndCall_SayCreditsWorthAndSource()
    {
        CostReceipt receipt = Estimator.Explain("m", Usage, On("2026-03-01"));
        PricedCall call = Estimator.Price(Call("2026-03-01"));

        Assert.Contains("In credits: 200 Acme credits at 0.04 USD each since 2026-01-01.", receipt.ToString(), StringComparison.Ordinal);
        Assert.Equal("https://acme.example/credits", receipt.CreditWorth?.Source);
        Assert.Equal(200, call.Main.Credits?.Amount);
        Assert.Null(Cards.Model("""
            "PerMillionTokens": { "Input": 1, "Output": 1 }
            """).Explain("m", Usage).Credits);
    }

    [Fact]
    public void PriceTimeline_ChangesWithTheWorth()
    {
        PricePeriod[] periods = [.. Estimator.GetModel("m").GetPricePeriods(On("2026-05-01").At!.Value, On("2026-08-01").At!.Value)];

        Assert.Equal(["2026-05-01", "2026-06-01", "2026-07-01"], periods.Select(period => period.From.ToString("yyyy-MM-dd", null)));
    }

    [Theory]
    [InlineData("""{ "Worth": [ { "Amount": 0.01 } ] }""", "card:Credit: has no Name.")]
    [InlineData("""{ "Name": "c" }""", "card:Credit: has no Worth.")]
    [InlineData("""{ "Name": "EUR", "Worth": [ { "Amount": 0.01 } ] }""", "card:Credit:Name: 'EUR' is a currency.")]
    [InlineData("""{ "Name": "c", "Worth": [ { "Amount": 0 } ] }""", "card:Credit:Worth:0:Amount: '0' is not an amount greater than 0.")]
    [InlineData("""{ "Name": "c", "Worth": [ { "Amount": -1 } ] }""", "card:Credit:Worth:0:Amount: '-1'")]
    [InlineData("""{ "Name": "c", "Worth": [ { "From": "2026-01-01" } ] }""", "card:Credit:Worth:0: has no Amount.")]
    [InlineData("""{ "Name": "c", "Worth": [ { "Amount": 1 }, { "Amount": 2 } ] }""", "card:Credit:Worth:1:From")]
    [InlineData("""{ "Name": "c", "Worth": [ { "From": "2026-02-01", "Until": "2026-02-01", "Amount": 1 } ] }""", "is not after From.")]
    [InlineData("""{ "Name": "c", "Worth": [ { "Until": "2026-02-02", "Amount": 1 }, { "From": "2026-02-01", "Amount": 2 } ] }""", "is before the worth ahead of it ends.")]
    [InlineData("""{ "Name": "c", "Worth": [ { "Amount": 0.123456789012345 } ] }""", "has more digits than a decimal holds.")]
    [InlineData("""{ "Name": "c", "Worths": [ { "Amount": 1 } ] }""", "Worths")]
    public void InvalidCredit_IsAFaultWithItsPath(string credit, string message)
    {
        RateCardException exception = Assert.Throws<RateCardException>(() => RateCardJson.Parse($$"""
            { "Currency": "USD", "Credit": {{credit}}, "Models": { "m": { "PerMillionTokens": { "Input": 0.123456789012345, "Output": 12345678.5 } } } }
            """, "card"));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    /// <summary>2,500 credits are 25 USD, which is no unusual price of output; 250,000 are 2,500 USD, which hints at a wrong unit.</summary>
    [Theory]
    [InlineData(2500, 0)]
    [InlineData(250000, 1)]
    public void UnusualPrice_IsFoundInMoney(int output, int warnings)
    {
        LlmCostModelOptions options = new();
        options.AddJson($$"""
            { "RateCards": { "acme": { "Provider": "acme", "Currency": "USD", "Credit": { "Name": "c", "Worth": [ { "Amount": 0.01 } ] },
                "Models": { "m": { "PerMillionTokens": { "Input": 500, "Output": {{output}} } } } } } }
            """, "acme.json");

        Assert.Equal(warnings, new CostEstimator(options).Rates.Warnings.Count);
    }

    /// <summary>What came before a worth is said where it is known, and a first reading comes before what a credit was worth.</summary>
    [Theory]
    [InlineData("", "what they are worth at 2026-05-31T00:00:00Z is not known. Noted there: Requests were billed. Add a Worth")]
    [InlineData(""" "From": "2026-06-10", "Beginning": "reading", """, "is known from 2026-06-10T00:00:00Z on, its first reading")]
    public void BeforeTheWorth_TheReasonSaysWhatIsNoted(string beginning, string expected)
    {
        CostEstimator estimator = new(RateCardJson.Parse($$"""
            { "acme": { "Provider": "acme", "Currency": "USD",
                "Credit": { "Name": "c", "Worth": [ { "From": "2026-06-01", "Amount": 0.01, "Note": "Requests were billed" } ] },
                "Models": { "m": { {{beginning}} "PerMillionTokens": { "Input": 500, "Output": 2500 } } } } }
            """, "acme.json"));

        Assert.Contains(expected, Assert.Single(estimator.Estimate("m", Usage, On("2026-05-31")).Issues).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Card_IsWrittenAsItIsRead()
    {
        RateCard card = RateCardJson.Parse(Card, "acme.json")[0];

        RateCard again = RateCardJson.Parse(RateCardJson.Write([card]), "acme.json")[0];

        Assert.Equal(card, again);
        Assert.Equal(2, again.Credit?.Worth.Length);
    }

    internal static CallContext On(string at) => new() { At = DateTimeOffset.Parse(at, null, System.Globalization.DateTimeStyles.AssumeUniversal) };

    internal static ModelCall Call(string at) => new()
    {
        At = On(at).At,
        RequestedModel = "m",
        Asked = new CallContext { Provider = "acme" },
        Reading = new UsageReading { Status = UsageStatus.Complete, Usage = Usage },
    };

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
