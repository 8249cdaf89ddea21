using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LlmCostModel.Catalog.Tests.Ids;

/// <summary>Ids as they are met in the wild. A wrong match is the worst outcome; no match, with its reason, the lesser evil.</summary>
public class HardIdTests
{
    private static readonly ICostEstimator Estimator = new ServiceCollection().AddLlmCostModel().AddCatalog().BuildServiceProvider().GetRequiredService<ICostEstimator>();

    /// <summary>Id, provider of the call, the model and provider that must be found, the region that the id names.</summary>
    public static TheoryData<string, string?, string, string, string?> Ids => new()
    {
        { "gpt-4o-mini-2024-07-18", null, "gpt-4o-mini", "openai", null },
        { "gpt-4o-2024-05-13", null, "gpt-4o-2024-05-13", "openai", null },
        { "chatgpt-4o-latest", null, "chatgpt-4o-latest", "openai", null },
        { "gpt-35-turbo", null, "gpt-3.5-turbo", "openai", null },
        { "gpt-4-1106-preview", null, "gpt-4-turbo", "openai", null },
        { "gpt-4-0125-preview", null, "gpt-4-turbo", "openai", null },
        { "gpt-4", null, "gpt-4", "openai", null }, // what an Azure deployment really is, only its owner's map can tell
        { "gpt-5.1-chat-latest", null, "gpt-5.1-chat-latest", "openai", null },
        { "gpt-5.6", null, "gpt-5.6-sol", "openai", null },
        { "gpt-5-6-sol", null, "gpt-5.6-sol", "openai", null },
        { "codex-mini-latest", null, "codex-mini-latest", "openai", null },
        { "o3-2025-04-16", null, "o3", "openai", null },
        { "o4-mini-deep-research-2025-06-26", null, "o4-mini-deep-research", "openai", null },
        { "ft:gpt-4o-2024-08-06:org-id::A112", null, "ft:gpt-4o", "openai", null },
        { "ft:gpt-4o-mini-2024-07-18:org:name:id", null, "ft:gpt-4o-mini", "openai", null },
        { "ft:gpt-4.1-mini-2025-04-14:org::id", null, "ft:gpt-4.1-mini", "openai", null },
        { "projects/p/locations/us-east5/publishers/anthropic/models/claude-opus-4-8", null, "claude-opus-4-8", "vertex", "us-east5" },
        { "accounts/fireworks/routers/glm-5p2-fast", null, "accounts/fireworks/routers/glm-5p2-fast", "fireworks", null },
        { "anthropic/claude-fable-5.1", null, "claude-fable-5-1", "anthropic", null },
        { "ft:gpt-3.5-turbo-0125:org::id", null, "ft:gpt-3.5-turbo", "openai", null },
        { "ft:gpt-4o-2024-08-06", null, "ft:gpt-4o", "openai", null },
        { "gpt-4o-mini-search-preview", null, "gpt-4o-mini-search-preview", "openai", null },
        { "text-embedding-ada-002-v2", null, "text-embedding-ada-002", "openai", null },
        { "azure/eu/gpt-5.1", null, "gpt-5.1", "azure", "eu" },
        { "azure/global-standard/gpt-4o-2024-11-20", null, "gpt-4o", "azure", "global" },
        { "claude-sonnet-4-5-20250929[1m]", null, "claude-sonnet-4-5", "anthropic", null },
        { "claude-3-5-sonnet-20240620", "bedrock", "anthropic.claude-3-5-sonnet-20240620-v1:0", "bedrock", null },
        { "claude-3-5-sonnet-20241022", "bedrock", "anthropic.claude-3-5-sonnet-20241022-v2:0", "bedrock", null },
        { "gpt-5.6-terra-2026-07-09", "azure", "gpt-5.6-terra", "azure", null },
        { "claude-opus-5@20260601", null, "claude-opus-5", "vertex", null },
        { "claude-sonnet-4-20250514", "bedrock", "anthropic.claude-sonnet-4-20250514-v1:0", "bedrock", null },
        { "claude-sonnet-4-5-20250929", "vertex", "claude-sonnet-4-5", "vertex", null },
        { "claude-sonnet-4-5-20250929", "azure_ai", "claude-sonnet-4-5", "azure_ai", null },
        { "azure_ai/global/grok-3", null, "grok-3", "azure_ai", "global" },
        { "publishers/deepseek-ai/models/deepseek-v3.1-maas", null, "deepseek-ai/deepseek-v3.1-maas", "vertex", null },
        { "openai/gpt-5", null, "gpt-5", "openai", null },
        { "claude-sonnet-4@20250514", null, "claude-sonnet-4", "vertex", null },
        { "claude-opus-4@20250514", null, "claude-opus-4", "vertex", null },
        { "claude-opus-4-5@20251101", null, "claude-opus-4-5", "vertex", null },
        { "claude-4-sonnet-20250514", null, "claude-sonnet-4", "anthropic", null },
        { "claude-sonnet-4-0", null, "claude-sonnet-4", "anthropic", null },
        { "claude-3.5-sonnet", null, "claude-3-5-sonnet", "anthropic", null },
        { "claude-3-7-sonnet-latest", null, "claude-3-7-sonnet", "anthropic", null },
        { "anthropic/claude-opus-4.5", null, "claude-opus-4-5", "anthropic", null },
        { "low/1024-x-1024/gpt-image-1.5", null, "gpt-image-1.5", "openai", null },
        { "~anthropic/claude-fable-latest", null, "~anthropic/claude-fable-latest", "openrouter", null },
        { "anthropic/claude-opus-5", null, "claude-opus-5", "anthropic", null },
        { "anthropic.claude-3-5-sonnet-20240620-v1:0", null, "anthropic.claude-3-5-sonnet-20240620-v1:0", "bedrock", null },
        { "anthropic.claude-3-5-sonnet-20241022-v2:0", null, "anthropic.claude-3-5-sonnet-20241022-v2:0", "bedrock", null },
        { "us.anthropic.claude-sonnet-4-20250514-v1:0", null, "anthropic.claude-sonnet-4-20250514-v1:0", "bedrock", "us" },
        { "eu.anthropic.claude-sonnet-4-5-20250929-v1:0", null, "anthropic.claude-sonnet-4-5-20250929-v1:0", "bedrock", "eu" },
        { "apac.anthropic.claude-sonnet-4-20250514-v1:0", null, "anthropic.claude-sonnet-4-20250514-v1:0", "bedrock", "apac" },
        { "us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0", null, "anthropic.claude-sonnet-4-5-20250929-v1:0", "bedrock", "us-gov" },
        { "global.anthropic.claude-sonnet-4-5-20250929-v1:0", null, "anthropic.claude-sonnet-4-5-20250929-v1:0", "bedrock", "global" },
        { "bedrock/us-gov-west-1/anthropic.claude-sonnet-4-5-20250929-v1:0", null, "anthropic.claude-sonnet-4-5-20250929-v1:0", "bedrock", "us-gov" },
        { "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-3-7-sonnet-20250219-v1:0", null, "anthropic.claude-3-7-sonnet-20250219-v1:0", "bedrock", "us" },
        { "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-5-haiku-20241022-v1:0", null, "anthropic.claude-3-5-haiku-20241022-v1:0", "bedrock", null },
        { "openai.gpt-5.6-sol", null, "openai.gpt-5.6-sol", "bedrock", null },
        { "us.openai.gpt-5.6-sol", null, "openai.gpt-5.6-sol", "bedrock", "us" },
        { "openai.gpt-oss-120b-1:0", null, "openai.gpt-oss-120b-1:0", "bedrock", null },
        { "us.meta.llama3-3-70b-instruct-v1:0", null, "meta.llama3-3-70b-instruct-v1:0", "bedrock", "us" },
        { "us.writer.palmyra-x4-v1:0", null, "writer.palmyra-x4-v1:0", "bedrock", "us" },
        { "models/gemini-2.5-flash-preview-05-20", null, "gemini-2.5-flash-preview-05-20", "google", null }, // that preview had its own prices
        { "models/gemini-2.5-pro", null, "gemini-2.5-pro", "google", null },
        { "publishers/google/models/gemini-2.0-flash-lite-001", null, "gemini-2.0-flash-lite", "vertex", null },
        { "gemini/gemini-2.0-flash", null, "gemini-2.0-flash", "google", null },
        { "gemini-2.0-flash", "vertex", "gemini-2.0-flash", "vertex", null },
        { "gemini-flash-latest", null, "gemini-flash-latest", "google", null },
        { "gemini-2.0-flash-exp", null, "gemini-2.0-flash-exp", "google", null },
        { "gemini-1.5-pro-002", null, "gemini-1.5-pro", "google", null },
        { "gemini-2.5-pro-preview-06-05", null, "gemini-2.5-pro", "google", null },
        { "gemini-2.5-flash-lite", null, "gemini-2.5-flash-lite", "google", null },
        { "accounts/fireworks/models/deepseek-v3p2", null, "accounts/fireworks/models/deepseek-v3p2", "fireworks", null },
        { "accounts/fireworks/models/glm-4p5", null, "accounts/fireworks/models/glm-4p5", "fireworks", null },
        { "deepseek-chat", null, "deepseek-chat", "deepseek", null },
        { "deepseek-reasoner", null, "deepseek-reasoner", "deepseek", null },
        { "llama-3.3-70b-versatile", null, "llama-3.3-70b-versatile", "groq", null },
        { "qwen/qwen3-32b", "groq", "qwen/qwen3-32b", "groq", null },
        { "mistralai/mistral-7b-instruct:free", null, "mistralai/mistral-7b-instruct:free", "openrouter", null },
        { "open-mistral-nemo", null, "open-mistral-nemo", "mistral", null },
        { "gemini-2.5-flash-image", null, "gemini-2.5-flash-image", "google", null },
        { "meta-llama/Llama-3.3-70B-Instruct", "openrouter", "meta-llama/llama-3.3-70b-instruct", "openrouter", null },
        { "mistral-medium-2505", null, "mistral-medium-2505", "mistral", null },
        { "pixtral-large-2411", null, "pixtral-large-2411", "mistral", null },
        { "grok-4-latest", null, "grok-4", "xai", null },
        { "grok-4-1-fast", null, "grok-4-1-fast-reasoning", "xai", null },
        { "grok-2-vision-1212", null, "grok-2-vision", "xai", null },
        { "zai-glm-4.7", "cerebras", "zai-glm-4.7", "cerebras", null },
        { "perplexity/sonar", null, "sonar", "perplexity", null },
        { "gpt-5.6-luna-2026-07-09", null, "gpt-5.6-luna", "openai", null },
    };

    /// <summary>Id, provider of the call, and the part of the reason that tells this case from others.</summary>
    public static TheoryData<string, string?, string> Unknown => new()
    {
        { "gpt-5.3-spark", null, "Add it under 'LlmCostModel:RateCards', or say under 'LlmCostModel:Deployments'" },
        { "gpt-5.6-sol-272k", null, "the step of the price follows from the size of the call" }, // a tier is not an id
        { "ft:gpt-4-0613:org::id", null, "never that of its base" }, // never at the price of the model that it is made of
        { "azure/my-deployment", null, "Say under 'LlmCostModel:Deployments' which model it is" },
        { "github_copilot/gpt-4o", null, "a subscription" },
        { "vercel_ai_gateway/openai/gpt-4o", null, "No price for model 'openai/gpt-4o' at provider 'vercel_ai_gateway'" },
        { "claude-sonnet-4-0'", null, "no quotation marks" },
        { "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123", null, "This resource name does not tell the model. Say under 'LlmCostModel:Deployments'" },
        { "bedrock/*/1-month-commitment/anthropic.claude-v1", null, "billed by the hour" },
        { "gemini-2.5-flash-native-audio", null, "Add it under 'LlmCostModel:RateCards', or say under 'LlmCostModel:Deployments'" },
        { "deepseek-ai/DeepSeek-R1-0528", null, "Say which one bills the call with CallContext.Provider" },
        { "DeepSeek-R1-0528", null, "Add it under 'LlmCostModel:RateCards', or say under 'LlmCostModel:Deployments'" },
        { "deepseek-r1-distill-qwen-7b", null, "Add it under 'LlmCostModel:RateCards', or say under 'LlmCostModel:Deployments'" },
        { "meta-llama/Llama-3.3-70B-Instruct", null, "Say which one bills the call with CallContext.Provider" },
        { "moonshotai/kimi-k2-instruct", null, "Say which one bills the call with CallContext.Provider" },
        { "qwen/qwen3-32b", null, "known at groq, openrouter" },
        { "@cf/openai/gpt-oss-120b", null, "at provider 'cloudflare'" },
        { "gpt-oss:20b", null, "on a machine of yours" },
        { "qwen3:0.6b", null, "on a machine of yours" },
        { "mistralai/unlisted:free", null, "free variant" },
        { "openrouter/z-ai/glm-4.6:exacto", null, "Take the cost that the response states" },
        { "openai/gpt-4o:online", null, "Take the cost that the response states" },
        { "openrouter/auto", null, "A router costs what the model costs that it chose" },
        { "nova-3-general", null, "Add it under 'LlmCostModel:RateCards', or say under 'LlmCostModel:Deployments'" },
        { "sonic-2", null, "Add it under 'LlmCostModel:RateCards', or say under 'LlmCostModel:Deployments'" },
        { "azure_ai/gpt-5.4-nano", null, "at provider 'azure_ai'" },
        { "claude-sonnet-4-5-20250929", "bedrock", "does not tell which it was" },
        { "claude-opus-4-6", "bedrock", "does not tell which it was" },
        { "gpt-5.6-sol-2030-01-01", null, "It is a snapshot of 'gpt-5.6-sol' that is younger than the prices" },
        { "azure/eu/gpt-5.6-sol-2030-01-01", null, "It is a snapshot of 'gpt-5.6-sol' that is younger than the prices" },
        { "claude-opus-4-8-20300101", "vertex", "It is a snapshot of 'claude-opus-4-8' that is younger than the prices" },
        { "gpt-4-32k", "mistral", "at provider 'mistral'; it is known at" }, // a real id, whose size is part of it
        { "claude-opus-4", "bedrock", "at provider 'bedrock'; it is known at" }, // at one price in all profiles, but no id of Bedrock
        { "gpt-oss:20b", "ollama", "on a machine of yours" },
        { "azure/eu/gpt-5.1", "openai", "It is an id of provider 'azure', but the call names provider 'openai'" },
        { "vertex_ai/gemini-2.0-flash", "google", "It is an id of provider 'vertex', but the call names provider 'google'" },
        { "us.anthropic.claude-sonnet-4-20250514-v1:0", "anthropic", "It is an id of provider 'bedrock', but the call names provider 'anthropic'" },
    };

    [Theory]
    [MemberData(nameof(Ids))]
    public void Id_Resolved_IsTheRightModel(string id, string? provider, string model, string expectedProvider, string? region)
    {
        CostReceipt receipt = Explain(id, provider);

        Assert.True(receipt.Resolution is not null, string.Join(" ", receipt.Issues));
        Assert.Equal((model, expectedProvider, region), (receipt.Resolution.ModelId, receipt.Resolution.Provider, receipt.Resolution.Region));
        Assert.Equal(receipt.Resolution.Kind == MatchKind.Exact, receipt.Resolution.Steps.Count == 0);
    }

    [Theory]
    [MemberData(nameof(Unknown))]
    public void Id_Unknown_SaysWhy(string id, string? provider, string reason)
    {
        CostReceipt receipt = Explain(id, provider);

        Assert.True(receipt.Resolution is null, $"{id} must not be {receipt.Resolution}");
        Assert.Equal(CostStatus.Unpriced, receipt.Status);
        CostIssue issue = Assert.Single(receipt.Issues);
        Assert.Contains($"'{id}'", issue.Message, StringComparison.Ordinal);
        Assert.Contains(reason, issue.Message, StringComparison.Ordinal);
    }

    /// <summary>A name of the caller's own is found behind the path that a gateway puts in front, with the region that the path names.</summary>
    [Theory]
    [InlineData("my-deployment", null)]
    [InlineData("azure/my-deployment", null)]
    [InlineData("azure/eu/my-deployment", "eu")]
    [InlineData("arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123", "us")]
    public void Deployment_OfTheCaller_IsMapped(string id, string? region)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("LlmCostModel:Deployments:my-deployment:Model", "gpt-5.1"),
            new("LlmCostModel:Deployments:my-deployment:Provider", "azure"),
            new("LlmCostModel:Deployments:profile:Id", "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123"),
            new("LlmCostModel:Deployments:profile:Model", "us.anthropic.claude-sonnet-4-20250514-v1:0"),
        ]).Build();
        using ServiceProvider services = new ServiceCollection().AddLlmCostModel(configuration).AddCatalog().BuildServiceProvider();

        ModelResolution? resolution = services.GetRequiredService<ICostEstimator>().Explain(id, default).Resolution;

        Assert.NotNull(resolution);
        Assert.Equal((MatchKind.Mapped, region), (resolution.Kind, resolution.Region));
        Assert.Equal(id.StartsWith("arn", StringComparison.Ordinal) ? "anthropic.claude-sonnet-4-20250514-v1:0" : "gpt-5.1", resolution.ModelId);
    }

    /// <summary>A geography's profile costs 10% more, a global one does not, wherever it is called from.</summary>
    [Theory]
    [InlineData("global.anthropic.claude-sonnet-4-5-20250929-v1:0", "eu-central-1", 3)]
    [InlineData("global.anthropic.claude-sonnet-4-5-20250929-v1:0", null, 3)]
    [InlineData("eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "eu-central-1", 3.3)]
    [InlineData("bedrock/eu-central-1/anthropic.claude-sonnet-4-5-20250929-v1:0", null, 3.3)]
    public void GlobalProfile_CostsTheSameFromEverywhere(string id, string? region, decimal perMillion) =>
        Assert.Equal(perMillion / 10, Estimator.Estimate(id, new TokenUsage { Input = 100_000 }, new CallContext { Region = region }).Total?.Amount);

    [Fact]
    public void SizeAndQuality_InThePath_AreAttributesOfTheCall()
    {
        CostReceipt receipt = Explain("low/1024-x-1536/gpt-image-1.5", null);

        Assert.Equal("gpt-image-1.5", receipt.Resolution?.ModelId);
        Assert.Equal("quality=low, size=1024x1536", receipt.Resolution?.Attributes?.ToString());
    }

    private static CostReceipt Explain(string id, string? provider) =>
        Estimator.Explain(id, new TokenUsage { Input = 1 }, new CallContext { Provider = provider, At = new DateTimeOffset(2026, 8, 21, 12, 0, 0, TimeSpan.Zero) });
}
