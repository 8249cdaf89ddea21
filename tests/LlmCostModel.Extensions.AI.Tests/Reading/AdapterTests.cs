#pragma warning disable MEAI001 // Audio counts are experimental.
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI.Tests.Reading;

/// <summary>The counts of every client whose source was read, and made-up siblings of each kind.</summary>
public sealed class AdapterTests
{
    private static readonly CostEstimator Estimator = new(RateCardJson.Parse(
        """
        { "test": { "Currency": "USD", "Models": {
            "claude": { "PerMillionTokens": { "Input": 3.3, "CacheRead": 0.33, "CacheWrite": 4.125, "Output": 16.5 } },
            "audio": { "PerMillionTokens": { "Input": 2.5, "AudioInput": 40, "Output": 10, "AudioOutput": 80 } },
            "gemini-text": { "PerMillionTokens": { "Input": 0.3, "Output": 2.5 }, "BilledAs": { "AudioInput": "Input", "Reasoning": "Output" } },
            "gemini-tiers": {
              "PerMillionTokens": { "Input": 1, "CacheRead": 0.1, "AudioInput": 0.8, "Output": 4, "AudioOutput": 10 },
              "Rules": [ { "Name": "flex", "When": { "Tier": "flex" }, "Multiply": 0.5 }, { "Name": "priority", "When": { "Tier": "priority" }, "Multiply": 1.8 } ] },
            "gemini-2.5-flash": { "PerMillionTokens": { "Input": 0.3, "CacheRead": 0.03, "AudioInput": 1, "Output": 2.5 }, "BilledAs": { "Reasoning": "Output" } },
            "large": { "PerMillionTokens": { "Input": 2, "CacheRead": 0.5, "Output": 6 }, "BilledAs": { "Reasoning": "Output" } },
            "plain": { "PerMillionTokens": { "Input": 2, "Output": 6 }, "BilledAs": { "Reasoning": "Output" } } } } }
        """u8.ToArray(),
        "adapters.json"));

    /// <summary>Case 90: 368 x 3.3 + 10,536 x 0.33 + 4,000 x 4.125 + 19 x 16.5 = 21,504.78 millionths, whoever the client says it is.</summary>
    [Theory]
    [InlineData("aws.bedrock")]
    [InlineData("unknown")]
    public async Task Bedrock_CacheBesideTheInput_IsCounted(string client)
    {
        CallCost cost = await CallAsync(client, "claude", new()
        {
            InputTokenCount = 368,
            OutputTokenCount = 19,
            TotalTokenCount = 14_923,
            AdditionalCounts = new() { ["CacheReadInputTokens"] = 10_536, ["CacheWriteInputTokens"] = 4_000 },
        });

        Assert.Equal((CostStatus.Priced, "0.02150478 USD"), (cost.Status, cost.Total.ToString()));
        Assert.Equal(UsageOrigin.Adapter, cost.Priced.Call.Reading.Origin);
    }

    /// <summary>Case 91: 100 x 2.5 + 900 x 40 + 50 x 10 + 150 x 80 = 48,750 millionths.</summary>
    [Fact]
    public async Task TypedAudioCounts_ArePricedAsAudio()
    {
        CallCost cost = await CallAsync("unknown", "audio", new()
        {
            InputTokenCount = 1_000,
            InputAudioTokenCount = 900,
            InputTextTokenCount = 100,
            OutputTokenCount = 200,
            OutputAudioTokenCount = 150,
            OutputTextTokenCount = 50,
            TotalTokenCount = 1_200,
        });

        Assert.Equal((CostStatus.Priced, "0.04875 USD"), (cost.Status, cost.Total.ToString()));
    }

    /// <summary>A sibling of case 91: 300 tokens of the input are neither text nor audio, and no name says what they are.</summary>
    [Fact]
    public async Task TypedAudioCounts_ThatLeaveARest_AreALowerBound()
    {
        CallCost cost = await CallAsync("unknown", "audio", new() { InputTokenCount = 1_000, InputAudioTokenCount = 600, InputTextTokenCount = 100, OutputTokenCount = 10 });

        Assert.Equal(CostStatus.Partial, cost.Status);
        Assert.Contains("300 input and 0 output tokens are neither text nor of another stated kind.", cost.Issues[0].Message, StringComparison.Ordinal);
    }

    /// <summary>Case 93: 35 x 0.3 + (12 + 62) x 2.5 = 195.5 millionths.</summary>
    [Fact]
    public async Task HiddenTokens_OfGemini_AreThoughts()
    {
        CallCost cost = await CallAsync("unknown", "gemini-2.5-flash", new() { InputTokenCount = 35, OutputTokenCount = 12, TotalTokenCount = 109 });

        Assert.Equal((CostStatus.Priced, "0.0001955 USD"), (cost.Status, cost.Total.ToString()));
        Assert.Equal(62, cost.Usage!.Value.Reasoning);
    }

    /// <summary>A sibling of case 93: nobody documents what the rest is. 35 x 2 + 12 x 6 = 142 millionths at least.</summary>
    [Fact]
    public async Task HiddenTokens_OfOthers_AreALowerBound()
    {
        CallCost cost = await CallAsync("unknown", "plain", new() { InputTokenCount = 35, OutputTokenCount = 12, TotalTokenCount = 109 });

        Assert.Equal((CostStatus.Partial, "0.000142 USD"), (cost.Status, cost.Total.ToString()));
        Assert.Contains("(109) has 62 tokens more than the counts", cost.Issues[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Total_Alone_IsNamed()
    {
        CallCost cost = await CallAsync("unknown", "plain", new() { TotalTokenCount = 500 });

        Assert.Equal(CostStatus.Partial, cost.Status);
        Assert.Contains("The response states 500 tokens in all, and not how many of them are output.", cost.Issues[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Total_BelowItsCounts_IsAContradiction()
    {
        CallCost cost = await CallAsync("unknown", "plain", new() { InputTokenCount = 35, OutputTokenCount = 12, TotalTokenCount = 40 });

        Assert.Equal((CostStatus.Unpriced, null), (cost.Status, cost.Total));
        Assert.Contains("the stated total (40) is not the sum of the counts (47)", cost.Issues[0].Message, StringComparison.Ordinal);
    }

    /// <summary>Anthropic.SDK: 700 x 3.3 + 1,300 x 0.33 + 200 x 16.5 = 6,039 millionths, streamed in two totals.</summary>
    [Fact]
    public async Task AnthropicSdk_InputWithoutTheCache_InARunningStream()
    {
        static UsageContent Usage(long output) => new(new UsageDetails
        {
            InputTokenCount = 700,
            OutputTokenCount = output,
            AdditionalCounts = new() { ["CacheCreationInputTokens"] = 0, ["CacheReadInputTokens"] = 1_300 },
        });
        ChatResponse answer = new([new(ChatRole.Assistant, [Usage(1)]), new(ChatRole.Assistant, [new TextContent("Hi."), Usage(200)])]) { ModelId = "claude" };
        using IChatClient client = new NamedClient("Anthropic.SDK.Messaging.Client", answer).AsBuilder().UseCostTracking(Estimator).Build();

        ChatResponse response = await client.GetStreamingResponseAsync("Hello?").ToChatResponseAsync();

        Assert.Equal("0.006039 USD", Assert.Single(response.GetCallCosts()).Total.ToString());
    }

    /// <summary>Without a row and a total, the names of Anthropic's wire say that the input has no cache in it: as above.</summary>
    [Fact]
    public async Task NamesOfAnthropicsCounts_WithoutTypedOnes_StandBesideTheInput()
    {
        CallCost cost = await CallAsync("unknown", "claude", new()
        {
            InputTokenCount = 700,
            OutputTokenCount = 200,
            AdditionalCounts = new() { ["CacheCreationInputTokens"] = 0, ["CacheReadInputTokens"] = 1_300 },
        });

        Assert.Equal("0.006039 USD", cost.Total.ToString());
    }

    /// <summary>(1,000 + 289) x 0.3 + (500 + 300) x 2.5 = 2,386.7 millionths, by counts alone, for a model that has one price of all input.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GoogleGenAI_ToolsAndThoughts_StandBesideTheRest(bool isOld)
    {
        UsageDetails usage = new() { InputTokenCount = 1_000, OutputTokenCount = 500, TotalTokenCount = 2_089, AdditionalCounts = new() { ["ToolUsePromptTokenCount"] = 289 } };
        if (isOld)
        {
            usage.AdditionalCounts["ThoughtsTokenCount"] = 300;
        }
        else
        {
            usage.ReasoningTokenCount = 300;
        }

        CallCost cost = await CallAsync("gcp.gen_ai", "gemini-text", usage);

        Assert.Equal((CostStatus.Priced, "0.0023867 USD"), (cost.Status, cost.Total.ToString()));
        Assert.Contains(cost.Priced.Notes, note => note.StartsWith("Google.GenAI leaves out audio, images, searches", StringComparison.Ordinal));
    }

    /// <summary>By counts alone nobody knows what was sound: 1,000 x 0.3 + 100 x 2.5 = 550 millionths at least, 1,000 x 1 + 250 = 1,250 at most.</summary>
    [Theory]
    [InlineData("gcp.gen_ai", "Google.GenAI")]
    [InlineData("gcp.vertex_ai", "Google.GenAI")]
    [InlineData("Mscc.GenerativeAI.Microsoft.GeminiChatClient", "Mscc.GenerativeAI")]
    public async Task Modalities_LeftOut_MakeABoundWhereTheyHavePricesOfTheirOwn(string client, string name)
    {
        CallCost cost = await CallAsync(client, "gemini-2.5-flash", new() { InputTokenCount = 1_000, OutputTokenCount = 100, TotalTokenCount = 1_100 });

        Assert.Equal((CostStatus.Partial, "0.00055 USD"), (cost.Status, cost.Total.ToString()));
        Assert.Contains(
            $"{name} leaves out what was audio, images or video and the tier that served: the call cost at least 0.00055 USD, 0.00055 USD if the counts are all, and 0.00125 USD at most.",
            cost.Issues[0].Message,
            StringComparison.Ordinal);
    }

    /// <summary>600 fresh, 400 cached, 100 out. Least: (600 x 0.8 + 400 x 0.1 + 100 x 4) x 0.5 = 460, as fresh sound is cheaper here;
    /// most: (600 x 1 + 400 x 0.1 + 100 x 10) x 1.8 = 2,952. A tier that is named leaves none open: 920 and 1,640.</summary>
    [Theory]
    [InlineData(null, "0.00046 USD", "0.002952 USD")]
    [InlineData("standard", "0.00092 USD", "0.00164 USD")]
    public async Task Tier_LeftOut_MakesABoundUnlessItIsNamed(string? tier, string least, string most)
    {
        CallCost cost = await CallAsync(
            "gcp.gen_ai",
            "gemini-tiers",
            new() { InputTokenCount = 1_000, CachedInputTokenCount = 400, OutputTokenCount = 100, TotalTokenCount = 1_100 },
            options => options.Context = new CallContext { Tier = tier });

        Assert.Equal((CostStatus.Partial, least), (cost.Status, cost.Total.ToString()));
        Assert.Contains($"and {most} at most.", cost.Issues[0].Message, StringComparison.Ordinal);
    }

    /// <summary>2,000 x 2 + 100 x 6 = 4,600 millionths if nothing was cached, as Mistral.SDK cannot say; 2,000 x 0.5 + 600 = 1,600 at least.</summary>
    [Theory]
    [InlineData("MistralClient", "Mistral.SDK")]
    [InlineData("azure.ai.inference", "Azure.AI.Inference")]
    [InlineData("LlmTornado", "LlmTornado")]
    public async Task CachedCounts_LeftOut_MakeABound(string client, string name)
    {
        CallCost cost = await CallAsync(client, "large", new() { InputTokenCount = 2_000, OutputTokenCount = 100, TotalTokenCount = 2_100 });

        Assert.Equal((CostStatus.Partial, "0.0016 USD"), (cost.Status, cost.Total.ToString()));
        Assert.Contains($"{name} leaves out how much of the input was read from a cache.", cost.Issues[0].Message, StringComparison.Ordinal);
        Assert.Contains("the call cost at least 0.0016 USD, and 0.0046 USD if nothing was.", cost.Issues[0].Message, StringComparison.Ordinal);
    }

    /// <summary>Without its body, OpenAI's adapter does not say what was written to a cache: 1,000 x 3.3 + 100 x 16.5 = 4,950 millionths at least, 1,000 x 4.125 + 1,650 = 5,775 at most.</summary>
    [Fact]
    public async Task CacheWrites_LeftOut_MakeALowerBound()
    {
        CallCost cost = await CallAsync("openai", "claude", new() { InputTokenCount = 1_000, OutputTokenCount = 100 });

        Assert.Equal((CostStatus.Partial, "0.00495 USD"), (cost.Status, cost.Total.ToString()));
        Assert.Contains("the call cost at least 0.00495 USD, and 0.005775 USD if all of it was.", cost.Issues[0].Message, StringComparison.Ordinal);
    }

    /// <summary>A model that has no price of cached input sells none: nothing is left open.</summary>
    [Fact]
    public async Task CachedCounts_LeftOutWhereNobodySellsThem_ChangeNothing()
    {
        CallCost cost = await CallAsync("MistralClient", "plain", new() { InputTokenCount = 2_000, OutputTokenCount = 100, TotalTokenCount = 2_100 });

        Assert.Equal((CostStatus.Priced, "0.0046 USD"), (cost.Status, cost.Total.ToString()));
    }

    [Fact]
    public async Task AdditionalCount_OfAnUnknownName_IsNamedAndMakesALowerBound()
    {
        CallCost cost = await CallAsync("unknown", "plain", new()
        {
            InputTokenCount = 100,
            OutputTokenCount = 10,
            AdditionalCounts = new() { ["acme.shadow_tokens"] = 7, ["acme.nothing"] = 0 },
        });

        Assert.Equal(CostStatus.Partial, cost.Status);
        Assert.Contains("The client states acme.shadow_tokens, of which it is not known what they are.", cost.Issues[0].Message, StringComparison.Ordinal);
    }

    /// <summary>With a row of the user the same names mean something: 60 x 2 + 40 x 0.5 + (10 + 7) x 6 = 242 millionths.</summary>
    [Fact]
    public async Task AdditionalCount_OfTheUsersRow_IsPriced()
    {
        CallCost cost = await CallAsync(
            "acme",
            "large",
            new() { InputTokenCount = 60, OutputTokenCount = 10, AdditionalCounts = new() { ["acme.shadow_tokens"] = 7, ["acme.cached"] = 40, ["acme.seen"] = 3 } },
            options => options.Adapters.Add(new ClientAdapterOptions
            {
                Client = "acme",
                CacheIsApart = true,
                ReasoningIsApart = true,
                Counts = { ["acme.shadow_tokens"] = TokenBucket.Reasoning, ["acme.cached"] = TokenBucket.CacheRead },
                Ignored = { "acme.seen" },
            }));

        Assert.Equal((CostStatus.Priced, "0.000242 USD"), (cost.Status, cost.Total.ToString()));
    }

    [Fact]
    public async Task AllZero_BesideAnAnswer_IsUnknown()
    {
        CallCost cost = await CallAsync("unknown", "plain", new() { InputTokenCount = 0, OutputTokenCount = 0, TotalTokenCount = 0 });

        Assert.Equal((CostStatus.Unpriced, null), (cost.Status, cost.Usage));
    }

    private static async Task<CallCost> CallAsync(string provider, string model, UsageDetails usage, Action<CostTrackingOptions>? configure = null)
    {
        ChatResponse answer = new(new ChatMessage(ChatRole.Assistant, "Hi.")) { ModelId = model, Usage = usage };
        using IChatClient client = new NamedClient(provider, answer).AsBuilder().UseCostTracking(Estimator, configure).Build();
        return Assert.Single((await client.GetResponseAsync("Hello?")).GetCallCosts());
    }
}
