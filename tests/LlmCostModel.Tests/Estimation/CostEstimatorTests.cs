using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

public class CostEstimatorTests
{
    private static readonly CostEstimator Estimator = Cards.Estimator(Cards.January2025);

    [Fact]
    public void Estimate_DeepSeeksPublishedDay_CostsAThirtieth()
    {
        // DeepSeek's 24 hours: 342 B tokens hit, 266 B missed, 168 B out (open-infra-index, 2025-03-01).
        // R1: 342,000 x 0.14 + 266,000 x 0.55 + 168,000 x 2.19 = 47,880 + 146,300 + 367,920 = 562,100
        // o1: 342,000 x 7.50 + 266,000 x 15 + 168,000 x 60 = 2,565,000 + 3,990,000 + 10,080,000 = 16,635,000
        TokenUsage day = new() { Input = 266_000_000_000, Output = 168_000_000_000, CacheRead = 342_000_000_000 };
        Assert.Equal("562100 USD", Estimator.Estimate("deepseek-reasoner", day).ToString());
        Assert.Equal("16635000 USD", Estimator.Estimate("o1", day).ToString());

        IReadOnlyList<CostComparison> ranking = Estimator.Compare(["o1", "deepseek-reasoner"], day);
        Assert.Equal(["deepseek-reasoner", "o1"], ranking.Select(place => place.RequestedId));
        Assert.Equal(1m, ranking[0].Ratio);
        Assert.Equal(29.594378m, decimal.Round(ranking[1].Ratio!.Value, 6)); // 16,635,000 / 562,100
    }

    [Fact]
    public void Explain_SaysWhatTheCacheSaved()
    {
        CostReceipt receipt = Estimator.Explain("deepseek-reasoner", TokenUsage.FromInclusive(1_000, 500, cacheRead: 600, reasoning: 120));
        Assert.Equal(0.001399m, receipt.Total?.Amount); // 400 x 0.55 + 600 x 0.14 + 500 x 2.19 = 1399 per million
        Assert.Equal(0.000246m, receipt.CacheSavings?.Amount); // 600 x (0.55 - 0.14)
        Assert.Equal("https://api-docs.deepseek.com/quick_start/pricing", receipt.Lines[0].Source);
        Assert.Equal("January2025", receipt.Lines[0].RateCard);
        Assert.Equal(new DateOnly(2025, 1, 27), receipt.AsOf);
        Assert.Equal(MatchKind.Exact, receipt.Resolution!.Kind);
        Assert.Equal(["Input", "CacheRead", "Output", "Reasoning"], receipt.Lines.Select(line => line.Name));
    }

    [Fact]
    public void Explain_WritingToTheCacheOnly_SavesLessThanNothing()
    {
        CostReceipt receipt = Cards.Model("\"PerMillionTokens\": { \"Input\": 4, \"CacheRead\": 0.4, \"CacheWrite5m\": 5, \"Output\": 20 }")
            .Explain("m", new TokenUsage { CacheWrite5m = 1_000_000 });
        Assert.Equal(-1m, receipt.CacheSavings?.Amount); // 4 uncached - 5 paid
    }

    [Theory]
    [InlineData("deepseek-reasoner", MatchKind.Exact)]
    [InlineData("deepseek-r1", MatchKind.Alias)]
    [InlineData("DeepSeek-R1", MatchKind.Normalized)]
    public void GetModel_SaysHowTheIdWasMatched(string id, MatchKind kind)
    {
        PricedModel model = Estimator.GetModel(id);
        Assert.Equal("deepseek-reasoner", model.Id);
        Assert.Equal(kind, model.Resolution.Kind);
    }

    [Theory]
    [InlineData("deepseek-reasoner-distill-qwen-7b")]
    [InlineData("deepseek")]
    [InlineData("o1-mini")]
    [InlineData("")]
    public void Estimate_UnknownId_IsUnpricedAndNeverGuessed(string id)
    {
        CostEstimate estimate = Estimator.Estimate(id, new TokenUsage { Input = 1 });
        Assert.Equal(CostStatus.Unpriced, estimate.Status);
        Assert.Equal($"unpriced: No price for model '{id}'. Add it under 'LlmCostModel:RateCards' or reference LlmCostModel.Catalog.", estimate.ToString());
        Assert.False(Estimator.TryGetModel(id, out _));
        Assert.Throws<UnpricedException>(() => Estimator.GetModel(id));
    }

    [Fact]
    public void Default_IsUnpricedWithoutAReason()
    {
        Assert.Equal(CostStatus.Unpriced, default(CostEstimate).Status);
        Assert.Null(default(CostEstimate).Total?.Amount);
        Assert.Empty(default(CostEstimate).Issues);
    }

    [Fact]
    public void Strict_NotWhollyPriced_Throws()
    {
        CostEstimator strict = new(new LlmCostModelOptions { Strict = true }, Cards.Parse(Cards.January2025));
        TokenUsage day = new() { Input = 266_000_000_000, Output = 168_000_000_000, CacheRead = 342_000_000_000 };
        Assert.Equal("562100 USD", strict.Estimate("deepseek-reasoner", in day).ToString());
        Assert.Throws<UnpricedException>(() => strict.Estimate("nobody", default));
        Assert.Throws<UnpricedException>(() => strict.Estimate("o1", new TokenUsage { AudioInput = 1 }));
    }

    [Fact]
    public void Providers_SellingOneId_AreTold()
    {
        CostEstimator estimator = Cards.Estimator("""
            { "a": { "Provider": "a", "Currency": "USD", "Models": { "llama": { "PerMillionTokens": { "Input": 1 } } } },
              "b": { "Provider": "b", "Currency": "USD", "Models": { "llama": { "PerMillionTokens": { "Input": 2 } } } } }
            """);
        TokenUsage million = new() { Input = 1_000_000 };
        Assert.Equal("1 USD", estimator.Estimate("llama", million, new CallContext { Provider = "a" }).ToString());
        Assert.Equal("2 USD", estimator.Estimate("llama", million, new CallContext { Provider = "B" }).ToString());
        Assert.Equal(
            "unpriced: Providers sell model 'llama' at their own prices; known at a, b. Say which one bills the call with CallContext.Provider.",
            estimator.Estimate("llama", million).ToString());
        Assert.Equal(
            "unpriced: No price for model 'llama' at provider 'c'; it is known at a, b. Correct CallContext.Provider or add a rate card for 'c'.",
            estimator.Estimate("llama", million, new CallContext { Provider = "c" }).ToString());
        Assert.Equal("2 USD", estimator.GetModel("llama", "b").Estimate(in million).ToString());
    }

    [Fact]
    public void Providers_TheMakersCard_IsMeantWithoutAProvider()
    {
        CostEstimator estimator = Cards.Estimator("""
            { "azure": { "Provider": "azure", "Currency": "USD", "Models": { "gpt-4o": { "PerMillionTokens": { "Input": 2.75 } } } },
              "openai": { "Provider": "openai", "FirstParty": true, "Currency": "USD", "Models": { "gpt-4o": { "PerMillionTokens": { "Input": 2.5 } } } } }
            """);
        Assert.Equal("openai", estimator.Estimate("gpt-4o", default).Provider);
        Assert.Equal("azure", estimator.Estimate("gpt-4o", default, new CallContext { Provider = "azure" }).Provider);
    }

    [Fact]
    public void Compare_SeveralCurrencies_Refuses()
    {
        CostEstimator estimator = Cards.Estimator("""
            { "a": { "Currency": "USD", "Models": { "x": { "PerMillionTokens": { "Input": 1 } } } }, "b": { "Currency": "CNY", "Models": { "y": { "PerMillionTokens": { "Input": 2 } } } } }
            """);
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => estimator.Compare(["x", "y"], new TokenUsage { Input = 1 }));
        Assert.Equal("Cannot rank prices in several currencies (USD, CNY). Compare the models of one currency, or convert the estimates with an ExchangeRate first.", exception.Message);
    }

    [Fact]
    public void Compare_PartialAndUnpriced_ComeLastWithoutRatio()
    {
        IReadOnlyList<CostComparison> ranking = Estimator.Compare(["nobody", "o1", "deepseek-r1"], new TokenUsage { Input = 1_000_000 });
        Assert.Equal(["deepseek-r1", "o1", "nobody"], ranking.Select(place => place.RequestedId));
        Assert.Null(ranking[2].Ratio);
    }

    [Fact]
    public void Money_DifferentCurrencies_DoNotAddUp()
    {
        Money usd = new(1, "USD");
        Assert.Equal(new Money(3, "USD"), usd + new Money(2, "USD"));
        Assert.Equal("Cannot add 2 CNY to 1 USD: the currencies differ. Convert one of them with an ExchangeRate first.", Assert.Throws<InvalidOperationException>(() => usd + new Money(2, "CNY")).Message);
        ExchangeRate rate = new() { From = "CNY", To = "USD", Rate = 0.14m, Date = new DateOnly(2025, 1, 27), Source = "https://www.pbc.gov.cn" };
        Assert.Equal(new Money(1.28m, "USD"), usd + new Money(2, "CNY").Convert(rate)); // 1 + 2 x 0.14
        Assert.Throws<InvalidOperationException>(() => usd.Convert(rate));
    }
}
