namespace LlmCostModel.Catalog.Tests.Ids;

/// <summary>The forms in which ids come from gateways, clients and logs.</summary>
public class WildIdTests
{
    private static readonly CostEstimator Estimator = BuiltInCatalog.CreateEstimator();

    private static readonly DateTimeOffset Day = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    [Theory]
    [MemberData(nameof(WildIds.Known), MemberType = typeof(WildIds))]
    public void Id_InAnyForm_IsTheModel(string id, string? provider, string meaning)
    {
        CostReceipt receipt = Explain(id, provider);

        Assert.True(receipt.Resolution is not null, string.Join(" ", receipt.Issues));
        ModelResolution found = receipt.Resolution;
        Assert.Equal(meaning, $"{found.ModelId} at {found.Provider}{(found.Region is null ? "" : $" in {found.Region}")}"
            + (found.Tier is null ? "" : $", {found.Tier}"));
    }

    [Theory]
    [MemberData(nameof(WildIds.Unknown), MemberType = typeof(WildIds))]
    public void Id_OfNoCard_SaysWhatIsKnown(string id, string? provider, string reason)
    {
        CostReceipt receipt = Explain(id, provider);

        Assert.True(receipt.Resolution is null, $"{id} must not be {receipt.Resolution}");
        Assert.Contains(reason, Assert.Single(receipt.Issues).Message, StringComparison.Ordinal);
    }

    /// <summary>Where a call runs is in its id, else it is in the card's region, and never at the price of another.</summary>
    [Theory]
    [InlineData("arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-micro-v1:0", null, 0.046)] // AWS's list of 2026-09-18
    [InlineData("arn:aws:bedrock:eu-central-1:1:inference-profile/eu.amazon.nova-lite-v1:0", null, 0.078)]
    [InlineData("arn:aws:bedrock:ap-south-1::foundation-model/qwen.qwen3-32b-v1:0", null, null)]
    [InlineData("arn:aws:bedrock:us-west-2::foundation-model/qwen.qwen3-32b-v1:0", null, 0.15)]
    [InlineData("arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0", null, 3.6)] // 3 x 1.2
    [InlineData("arn:aws-us-gov:bedrock:us-gov-east-1:1:inference-profile/us-gov.anthropic.claude-opus-4-5-20251101-v1:0", null, null)]
    [InlineData("anthropic.claude-opus-4-5-20251101-v1:0", null, 5.5)] // in one region: 5 x 1.1
    [InlineData("anthropic.claude-opus-4-5-20251101-v1:0", "global", 5.0)]
    [InlineData("global.anthropic.claude-opus-4-5-20251101-v1:0", null, 5.0)]
    [InlineData("us.anthropic.claude-opus-4-5-20251101-v1:0", null, 5.5)]
    [InlineData("zai.glm-5", null, 1.0)]
    [InlineData("zai.glm-5", "eu-central-1", null)]
    public void Bedrock_Region_DecidesThePrice(string id, string? region, double? price)
    {
        // 100,000 tokens, so that no step of a long context is reached
        CostEstimate estimate = Estimator.Estimate(
            id, new TokenUsage { Input = 100_000 }, new CallContext { Region = region, At = Day.AddMonths(2) });

        Assert.Equal((decimal?)price / 10, estimate.Total?.Amount);
        Assert.Equal(price is null ? CostStatus.Unpriced : CostStatus.Priced, estimate.Status);
    }

    /// <summary>Speed that an id asks for has its own price; a tier that the response states comes first, and a model that is not sold so
    /// has none.</summary>
    [Theory]
    [InlineData("gpt-5-fast", null, 2.5)] // https://developers.openai.com/api/docs/pricing, priority: twice 1.25
    [InlineData("gpt-5-fast", "standard", 1.25)]
    [InlineData("gpt-5", null, 1.25)]
    [InlineData("gpt-5-nano-fast", null, null)]
    [InlineData("claude-opus-5-fast", null, 10.0)] // https://platform.claude.com/docs/en/build-with-claude/fast-mode
    [InlineData("claude-opus-4-6-fast", null, 5.0)] // served as standard since 2026-06-29: https://code.claude.com/docs/en/fast-mode
    [InlineData("claude-sonnet-4-5-fast", null, null)]
    public void Fast_InTheId_IsATier(string id, string? tier, double? price)
    {
        CostEstimate estimate = Estimator.Estimate(id, new TokenUsage { Input = 100_000 }, new CallContext { Tier = tier, At = Day });

        Assert.Equal((decimal?)price / 10, estimate.Total?.Amount);
    }

    /// <summary>Azure's embeddings name the model <c>ada</c>, as GPT-3's was called: 0.10 USD per million, not 0.40.</summary>
    [Theory]
    [InlineData("""{ "object": "list", "data": [ { "object": "embedding", "index": 0, "embedding": [ 0.1 ] } ], "model": "ada", "usage": { "prompt_tokens": 1000000, "total_tokens": 1000000 } }""", null, "text-embedding-ada-002", 0.1)]
    [InlineData("""{ "object": "list", "data": [ { "object": "embedding", "index": 0, "embedding": [ 0.1 ] } ], "model": "ada", "usage": { "prompt_tokens": 1000000, "total_tokens": 1000000 } }""", "azure", "text-embedding-ada-002", 0.1)]
    [InlineData("""{ "object": "text_completion", "choices": [ { "text": "x", "index": 0, "finish_reason": "stop" } ], "model": "ada", "usage": { "prompt_tokens": 1000000, "completion_tokens": 0, "total_tokens": 1000000 } }""", null, "ada", 0.4)]
    public void Ada_InAResponse_IsWhatItsApiMakesIt(string body, string? provider, string model, double total)
    {
        ModelCall call = ModelCall.FromResponse(System.Text.Encoding.UTF8.GetBytes(body));
        int year = provider is null ? 2023 : 2025; // Azure's price is known from its first reading on
        PricedCall priced = Estimator.Price(call with { At = new(year, 12, 1, 0, 0, 0, default), Asked = new CallContext { Provider = provider } });

        Assert.Equal((model, (decimal?)total), (priced.Parts[0].Model, priced.Total?.Amount));
    }

    private static CostReceipt Explain(string id, string? provider) =>
        Estimator.Explain(id, in Million, new CallContext { Provider = provider, At = Day });
}
