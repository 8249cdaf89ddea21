using System.Globalization;

namespace LlmCostModel.Tests.Numbers;

public sealed class ExchangeRateTests
{
    private static readonly ExchangeRate ToEuros = new() { From = "usd", To = "eur", Rate = 0.8625m, Date = new DateOnly(2026, 11, 20), Source = "ECB" };

    /// <summary>200 x 0.8625 = 172.5.</summary>
    [Fact]
    public void Convert_RateOfTheCurrency_IsTheExactProduct()
    {
        Assert.Equal(new Money(172.5m, "EUR"), new Money(200, "USD").Convert(ToEuros));
        Assert.Equal("1 USD is 0.8625 EUR on 2026-11-20 (ECB)", ToEuros.ToString());
    }

    /// <summary>0.0000000000000000000000000003 x 0.5 is 1.5 units of the last decimal, rounded half to even: 2 of them.</summary>
    [Fact]
    public void Convert_MoreDigitsThanADecimalHas_IsRoundedHalfToEven() =>
        Assert.Equal(2e-28m, new Money(3e-28m, "USD").Convert(ToEuros with { Rate = 0.5m }).Amount);

    [Fact]
    public void Convert_RateOfAnotherCurrency_Throws() => Assert.Equal(
        "Cannot convert 3 CHF with a rate from USD to EUR. Use a rate from CHF.",
        Assert.Throws<InvalidOperationException>(() => new Money(3, "CHF").Convert(ToEuros)).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Rate_NotGreaterThanZero_IsRefused(int rate) => Assert.Equal(
        $"An exchange rate must be greater than 0. (Parameter 'Rate')\nActual value was {rate}.",
        Assert.Throws<ArgumentOutOfRangeException>(() => ToEuros with { Rate = rate }).Message.ReplaceLineEndings("\n"));

    /// <summary>The thread's culture plays no part; a culture that is asked for does, and so does a format.</summary>
    [Fact]
    public void Money_Text_IsInvariantUnlessACultureIsAskedFor()
    {
        Money money = new(1234.50m, "USD");
        CultureInfo german = CultureInfo.GetCultureInfo("de-DE");

        Assert.Equal("1234.5 USD", money.ToString());
        Assert.Equal("1234.5 USD", money.ToString("", null));
        Assert.Equal("1,234.50 USD", money.ToString("N2", null));
        Assert.Equal("1.234,50 USD", money.ToString("N2", german));
        Assert.Equal("1234,5 USD", money.ToString(null, german));
        Assert.Equal("0", default(Money).ToString());
        Assert.Equal("", default(Money).Currency);
    }

    [Fact]
    public void Money_NamedOperators_AreTheOperators()
    {
        (Money five, Money two) = (new Money(5, "USD"), new Money(2, "USD"));

        Assert.Equal(new Money(7, "USD"), Money.Add(five, two));
        Assert.Equal(new Money(3, "USD"), Money.Subtract(five, two));
        Assert.Equal(new Money(-5, "USD"), Money.Negate(five));
        Assert.Equal(new Money(12.5m, "USD"), Money.Multiply(five, 2.5m));
    }

    /// <summary>Every operator on less, equal and more.</summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    public void Money_Comparisons_AreThoseOfTheAmounts(int left, int right)
    {
        (Money first, Money second) = (new Money(left, "USD"), new Money(right, "USD"));

        Assert.Equal(left < right, first < second);
        Assert.Equal(left > right, first > second);
        Assert.Equal(left <= right, first <= second);
        Assert.Equal(left >= right, first >= second);
        Assert.Equal(left.CompareTo(right), first.CompareTo(second));
    }

    [Fact]
    public void Money_AddingTwoCurrencies_NamesBoth() => Assert.Equal(
        "Cannot add 2 EUR to 1 USD: the currencies differ. Convert one of them with an ExchangeRate first.",
        Assert.Throws<InvalidOperationException>(() => new Money(1, "USD") + new Money(2, "EUR")).Message);

    [Fact]
    public void Money_WithoutCurrency_SaysWhatToWrite() => Assert.Equal(
        "An amount has a currency. Write an ISO 4217 code such as USD. (Parameter 'Currency')",
        Assert.Throws<ArgumentException>(() => new Money(1, "USD") with { Currency = " " }).Message);
}
