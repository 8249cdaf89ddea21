using System.Text;

namespace LlmCostModel.Logs.Tests.Summaries;

/// <summary>Sums in one currency, by rates whose day and source are said.</summary>
public class CurrencyTests
{
    private const string Bank = "Date,USD,GBP,JPY,\n2026-11-20,1.25,0.8,N/A,\n2026-11-19,1.6,0.8,160,\n";

    /// <summary>A euro is 1.25 USD from the 20th on, 1.6 on the 19th; a pound is 1.25 euros, so that 1.25 USD are 0.8 pounds.</summary>
    [Theory]
    [InlineData("EUR", "2026-11-20", 10, "8 EUR")]
    [InlineData("EUR", "2026-11-22", 10, "8 EUR")] // a Sunday has the rate of Friday
    [InlineData("EUR", "2026-11-19", 10, "6.25 EUR")]
    [InlineData("EUR", "2026-11-18", 10, "10 USD")] // no rate yet
    [InlineData("GBP", "2026-11-20", 10, "6.4 GBP")]
    [InlineData("JPY", "2026-11-20", 10, "1000 JPY")] // of the 19th: 160 / 1.6
    [InlineData("USD", "2026-11-20", 10, "10 USD")]
    [InlineData("CHF", "2026-11-20", 10, "10 USD")]
    public void Amount_HasTheRateOfItsDay(string currency, string day, decimal amount, string expected)
    {
        CurrencyConverter converter = new(currency, Read(Bank));

        Assert.Equal(expected, converter.Convert(new Money(amount, "USD"), DateTimeOffset.Parse(day + "T12:00:00Z", null)).ToString());
        Assert.Equal(expected.EndsWith("USD", StringComparison.Ordinal) && currency != "USD" ? 1 : 0, converter.Unconverted);
    }

    [Fact]
    public void SingleRate_CountsForAllDays_AndIsSaid()
    {
        CurrencyConverter converter = new("eur", Read("""{"from":"USD","to":"EUR","rate":0.86,"date":"2026-11-20","source":"treasury"}"""));

        Assert.Equal("0.86 EUR", converter.Convert(new Money(1, "USD"), DateTimeOffset.UnixEpoch).ToString());
        Assert.Equal("1 USD is 0.86 EUR on 2026-11-20 (treasury)", Assert.Single(converter.Used).ToString());
    }

    [Theory]
    [InlineData("date,from,to,rate,source\n2026-11-20,CNY,EUR,0.12,desk\n", "1 CNY is 0.12 EUR on 2026-11-20 (desk)")]
    [InlineData("Date;From;To;Rate\n2026-11-20;CNY;EUR;0.12\n", "1 CNY is 0.12 EUR on 2026-11-20 (rates)")]
    [InlineData("Date, USD, \n20 November 2026, 1.25, \n", "1 EUR is 1.25 USD on 2026-11-20 (European Central Bank)")]
    [InlineData("""[{"from":"cny","to":"eur","rate":"0.12","date":"2026-11-20","source":"x"}]""", "1 CNY is 0.12 EUR on 2026-11-20 (x)")]
    public void File_IsReadAsPeopleKeepRates(string text, string expected) => Assert.Equal(expected, Assert.Single(Read(text)).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("a,b\n1,2\n")]
    [InlineData("date,from,to,rate\n20.11.2026,USD,EUR,0.86\n")]
    [InlineData("date,from,to,rate\n2026-11-20,USD,EUR,none\n")]
    [InlineData("date,from,to,rate\n2026-11-20,USD,EUR,0\n")]
    [InlineData("""{"from":"USD"}""")]
    public void File_OfSomethingElse_IsRefused(string text) =>
        Assert.StartsWith("rates holds no exchange rates", Assert.Throws<LogFormatException>(() => Read(text)).Message, StringComparison.Ordinal);

    /// <summary>Two days with two rates: 10 x 0.8 + 10 x 0.625.</summary>
    [Fact]
    public void Summary_AddsUpConverted()
    {
        CostEstimator estimator = new(RateCardJson.Parse("""{ "Name": "acme", "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 10 } } } }""", "acme"));
        LogSummary summary = new([], converter: new CurrencyConverter("EUR", Read(Bank)));
        foreach (LogRecord record in TextLog.Read("""
            {"model":"m","at":"2026-11-20T10:00:00Z","usage":{"input":1000000}}
            {"model":"m","at":"2026-11-19T10:00:00Z","usage":{"input":1000000}}
            """))
        {
            summary.Add(record, estimator.Price(record.Call!));
        }

        Assert.Equal("14.25 EUR", Assert.Single(summary.Totals).ToString());
        Assert.Equal(2, summary.Converter!.Used.Count);
    }

    private static IReadOnlyList<ExchangeRate> Read(string text) => ExchangeRateFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "rates");
}
