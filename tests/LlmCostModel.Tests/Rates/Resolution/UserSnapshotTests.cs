namespace LlmCostModel.Tests.Rates.Resolution;

/// <summary>Providers answer with the id of a dated snapshot; a user's own price of the model holds for it (issue 15).</summary>
public sealed class UserSnapshotTests
{
    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    [Theory]
    [InlineData("gpt-4o", "gpt-4o-2024-08-06")] // OpenAI
    [InlineData("claude-sonnet-4-5", "claude-sonnet-4-5-20250929")] // Anthropic
    [InlineData("claude-opus-4", "claude-opus-4@20250514")] // Vertex AI
    [InlineData("gpt-4", "gpt-4-0613")] // month and day
    [InlineData("mistral-large", "mistral-large-2411")] // year and month
    [InlineData("cogview-4", "cogview-4-250304")]
    [InlineData("gemini-2.5-flash-preview", "gemini-2.5-flash-preview-05-20")]
    [InlineData("command-r", "command-r-08-2024")] // Cohere
    public void Estimate_DatedSnapshotOfAUsersModel_HasTheUsersPrice(string model, string snapshot)
    {
        CostReceipt receipt = Estimator($$"""{ "contract": { "Currency": "USD", "Models": { "{{model}}": { "PerMillionTokens": { "Input": 1 } } } } }""")
            .Explain(snapshot, Million);

        Assert.Equal("1 USD", receipt.Total.ToString());
        Assert.Equal((model, "contract", MatchKind.Normalized), (receipt.Resolution!.ModelId, receipt.Resolution.RateCard, receipt.Resolution.Kind));
        Assert.Equal(
            [$"'{snapshot}' is a dated snapshot of '{model}', which your rate card 'contract' prices; list the snapshot there to price it apart"],
            receipt.Resolution.Steps);
    }

    [Theory]
    [InlineData("gpt-4o", "gpt-4o-mini")]
    [InlineData("gpt-4o", "gpt-4o-2024-13-06")] // no month
    [InlineData("gpt-4o", "gpt-4o-20240230")] // no day
    [InlineData("gpt-4o", "gpt-4o-20240806-preview")] // not at the end
    [InlineData("llama-3", "llama-3-70b")]
    [InlineData("qwen3", "qwen3-1024")] // a size
    [InlineData("gemini-2.0-flash", "gemini-2.0-flash-001")] // a revision, which may have its own price
    [InlineData("o1", "o12024-12-17")]
    public void Estimate_WhatIsNoDate_IsNoSnapshot(string model, string id) => Assert.Equal(
        CostStatus.Unpriced,
        Estimator($$"""{ "contract": { "Currency": "USD", "Models": { "{{model}}": { "PerMillionTokens": { "Input": 1 } } } } }""")
            .Estimate(id, Million).Status);

    [Fact]
    public void Estimate_SnapshotThatTheUserLists_HasItsOwnPrice()
    {
        CostEstimator estimator = Estimator("""
            { "contract": { "Currency": "USD", "Models": {
                "gpt-4o": { "PerMillionTokens": { "Input": 1 } },
                "gpt-4o-2024-05-13": { "PerMillionTokens": { "Input": 5 } } } } }
            """);

        Assert.Equal("5 USD", estimator.Estimate("gpt-4o-2024-05-13", Million).Total.ToString());
        Assert.Equal("1 USD", estimator.Estimate("gpt-4o-2024-08-06", Million).Total.ToString());
    }

    [Fact]
    public void Estimate_SnapshotAtAnotherProvider_DoesNotHaveTheUsersPrice()
    {
        CostEstimator estimator = Estimator("""
            { "contract": { "Provider": "azure", "Currency": "USD", "Models": { "gpt-4o": { "PerMillionTokens": { "Input": 1 } } } } }
            """);

        Assert.Equal("1 USD", estimator.Estimate("gpt-4o-2024-08-06", Million, new CallContext { Provider = "azure" }).Total.ToString());
        Assert.Equal(CostStatus.Unpriced, estimator.Estimate("gpt-4o-2024-08-06", Million, new CallContext { Provider = "openai" }).Status);
    }

    [Fact]
    public void Estimate_OnlyAliasesAccepted_TakesNoDateOff()
    {
        LlmCostModelOptions options = new() { WeakestMatch = MatchKind.Alias };
        options.AddJson("""{ "contract": { "Currency": "USD", "Models": { "gpt-4o": { "PerMillionTokens": { "Input": 1 } } } } }"""u8.ToArray(), "contract.json");

        Assert.Equal(CostStatus.Unpriced, new CostEstimator(options).Estimate("gpt-4o-2024-08-06", Million).Status);
    }

    [Fact]
    public void Price_AnswerOfASnapshot_SaysWhoseThePriceIs()
    {
        ModelCall call = ModelCall.FromUsage("gpt-4o-2024-08-06", Million) with { At = DateTimeOffset.UnixEpoch };
        PricedCall priced = Estimator("""{ "contract": { "Currency": "USD", "Models": { "gpt-4o": { "PerMillionTokens": { "Input": 1 } } } } }""").Price(call);

        Assert.Equal("1 USD", priced.Total.ToString());
        Assert.Equal(
            "'gpt-4o-2024-08-06' is a dated snapshot of 'gpt-4o', which your rate card 'contract' prices; list the snapshot there to price it apart.",
            string.Join(" | ", priced.Notes));
    }

    private static CostEstimator Estimator(string cards) => new(RateCardJson.Parse(System.Text.Encoding.UTF8.GetBytes(cards), "contract.json"));
}
