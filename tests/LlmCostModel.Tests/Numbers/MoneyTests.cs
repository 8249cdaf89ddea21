using System.Text.Json;

namespace LlmCostModel.Tests.Numbers;

public class MoneyTests
{
    [Fact]
    public void Currency_LowerCase_IsTheSame()
    {
        Assert.Equal(new Money(1, "USD"), new Money(1.00m, "usd"));
        Assert.Equal("EUR", (new Money(1, "USD") with { Currency = "eur" }).Currency);
        Assert.Throws<ArgumentException>(() => new Money(1, " "));
    }

    [Fact]
    public void RateCard_CurrencyInLowerCase_IsAccepted()
    {
        ModelPricing model = new() { Id = "m", Versions = [new PriceVersion { PerMillionTokens = new TokenRates { Input = 2 } }] };
        CostEstimator estimator = new(new RateCard { Name = "card", Currency = "usd", Models = [model] });

        // 1,500,000 x 2 / 1,000,000 = 3
        Assert.Equal(new Money(3, "USD"), estimator.Estimate("m", new TokenUsage { Input = 1_500_000 }).Total);
    }

    [Fact]
    public void Arithmetic_OfOneCurrency_IsExactOrRoundedAtTheLastDigitThatFits()
    {
        (Money big, Money small) = (new Money(79_228_162_514_264_337_593_543_950_335m, "USD"), new Money(0.1m, "USD"));

        Assert.Equal(new Money(0.2m, "USD"), small + small);
        Assert.Equal(Money.Zero("USD"), small - small);
        Assert.Equal(new Money(-0.1m, "USD"), -small);
        Assert.Equal(new Money(0.085m, "USD"), small * 0.85m); // 0.1 x 0.85
        Assert.Equal(0.85m * small, small * 0.85m);
        Assert.Equal(big, big - small); // ...334.9 has 30 digits
        Assert.Equal(big, big + small);
        Assert.Throws<OverflowException>(() => big + new Money(0.5m, "USD")); // half to even is beyond the greatest decimal
        Assert.Throws<OverflowException>(() => big * 1.1m);
        Assert.Equal(new Money(10.333333333333333333333333333m, "USD"), new Money(10, "USD") + new Money(0.3333333333333333333333333333m, "USD"));
        Assert.Equal(new Money(9.999999999999999999999999999m, "USD"), new Money(0.3333333333333333333333333333m, "USD") * 30); // it ends with a 0
        Assert.Equal(new Money(7.999999999999999999999999999m, "USD"), new Money(0.3333333333333333333333333333m, "USD") * 24); // ...9992
        Assert.Equal(new Money(0.12m, "USD"), new Money(0.125m, "USD").Round(2, MidpointRounding.ToEven));
    }

    [Fact]
    public void Order_OfOneCurrency_IsThatOfTheAmounts()
    {
        (Money less, Money more) = (new Money(1, "USD"), new Money(2, "USD"));

        Assert.True(less < more && more > less && less <= more && more >= less);
        Assert.Equal(0, less.CompareTo(new Money(1.0m, "USD")));
        Assert.Equal([less, more], new[] { more, less }.Order());
    }

    [Theory]
    [InlineData("{\"amount\":1}", null)]
    [InlineData("{\"amount\":1,\"currency\":\"\"}", null)]
    [InlineData("{\"amount\":0}", "0")]
    [InlineData("{\"amount\":0,\"currency\":\"usd\"}", "0 USD")]
    [InlineData("{\"amount\":1.50,\"currency\":\"USD\"}", "1.5 USD")]
    public void Json_AmountWithoutCurrency_IsRefusedUnlessItIsNothing(string json, string? money)
    {
        if (money is not null)
        {
            Assert.Equal(money, JsonSerializer.Deserialize<Money>(json).ToString());
            return;
        }

        Assert.Contains("n amount has a currency.", Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Money>(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoCurrencies_AreRefused()
    {
        (Money dollars, Money euros) = (new Money(1, "USD"), new Money(2, "EUR"));

        Assert.Equal(
            "Cannot compare 1 USD with 2 EUR: the currencies differ. Convert one of them with an ExchangeRate first.",
            Assert.Throws<InvalidOperationException>(() => dollars < euros).Message);
        Assert.Equal(
            "Cannot subtract 2 EUR from 1 USD: the currencies differ. Convert one of them with an ExchangeRate first.",
            Assert.Throws<InvalidOperationException>(() => dollars - euros).Message);
        Assert.Throws<InvalidOperationException>(() => dollars + default(Money));
    }
}
