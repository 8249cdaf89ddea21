namespace LlmCostModel.Extensions.AI;

/// <summary>How client libraries state usage, each row with its source. The first row that fits counts, so narrower names come
/// first.</summary>
/// <remarks>docs/middleware.md says what each row means for costs.</remarks>
internal static class KnownAdapters
{
    /// <summary>What Microsoft.Extensions.AI documents, for clients without a row.</summary>
    internal static ClientAdapterOptions Default { get; } = new() { Client = "Microsoft.Extensions.AI" };

    internal static IReadOnlyList<ClientAdapterOptions> All { get; } =
    [
        // github.com/tghamm/Anthropic.SDK 5.10.0, ChatClientHelper.CreateUsageDetails: input without the cache, whose two counts are under
        // AdditionalCounts; no total. A stream states usage when it starts and when it ends, and the end repeats the start.
        new()
        {
            Client = "Anthropic.SDK.",
            CacheIsApart = true,
            StreamsRunningTotals = true,
            IsSerializable = true,
            Omits = "how long cache writes are kept",
        },

        // Package Anthropic 13.12.0: input with both cache counts; writes under AdditionalCounts. Its objects print themselves
        // as the JSON that they were read from.
        new() { Client = "Anthropic.", Prints = true, Omits = "how long cache writes are kept, and the tier and place that served" },

        // Package Microsoft.Extensions.AI.OpenAI 10.11.0: as documented, and OpenAI's objects write themselves.
        new()
        {
            Client = "OpenAI.",
            AlsoNamed = ["openai", "Microsoft.Extensions.AI.OpenAI", "Azure.AI.OpenAI."],
            CacheIsApart = false,
            OmitsCacheWrites = true,
            Omits = "the tier that served",
        },

        // github.com/aws/aws-sdk-net, BedrockChatClient.CreateUsageDetails, read at 84d92b2 and ef5d6f9: Converse's counts as they are, the
        // input without the cache, the total with it. The raw object is the AWS library's, which does not write itself as JSON.
        new()
        {
            Client = "Amazon.",
            AlsoNamed = ["aws.bedrock"],
            CacheIsApart = true,
            Omits = "how long cache writes are kept and the tier that served",
        },

        // github.com/googleapis/dotnet-genai, GoogleGenAIChatClient.ExtractUsageDetails, read at 0f18069: thoughts beside the candidates,
        // results of tools beside the prompt. Older ones have cached and thought tokens under AdditionalCounts.
        new()
        {
            Client = "Google.GenAI.",
            AlsoNamed = ["gcp.gen_ai", "gcp.gemini", "gcp.vertex_ai"],
            CacheIsApart = false,
            ReasoningIsApart = true,
            HidesReasoning = true,
            StreamsRunningTotals = true,
            IsSerializable = true,
            OmitsModalities = true,
            OmitsTier = true,
            Omits = "audio, images, searches and the tier that served",
        },

        // github.com/mscraftsman/generative-ai, Mscc.GenerativeAI.Microsoft of May 2026, AbstractionMapper.ParseContentResponseUsage. A
        // stream has no usage but in its raw events. GenerateContentResponse.ToString() is the text of the model, and is not read.
        new()
        {
            Client = "Mscc.GenerativeAI.",
            CacheIsApart = false,
            ReasoningIsApart = true,
            HidesReasoning = true,
            StreamsRunningTotals = true,
            IsSerializable = true,
            OmitsModalities = true,
            OmitsTier = true,
            Omits = "audio, images, results of tools, searches and the tier that served",
        },

        // github.com/tghamm/Mistral.SDK 2.3.1, CompletionsEndpoint.ChatClient: three counts; its objects have no cached ones either.
        new()
        {
            Client = "Mistral.SDK.",
            AlsoNamed = ["MistralClient"],
            OmitsCachedTokens = true,
            GapsOfBody = new() { Client = "Mistral.SDK.", OmitsCachedTokens = true },
        },

        // github.com/lofcz/LlmTornado, TypeConverters.ToChatCompletion, read at 8a2e799: three counts, no RawRepresentation.
        new()
        {
            Client = "LlmTornado.",
            AlsoNamed = ["LlmTornado"],
            OmitsCachedTokens = true,
            OmitsCacheWrites = true,
            Omits = "the tier that served",
        },

        // Package Betalgo.Ranul.OpenAI 9.2.6: three counts and reasoning; the cached ones are in its objects, where OpenAI puts them. What
        // other servers of the same protocol say is not: Moonshot's cached ones, Anthropic's writes, searches.
        new()
        {
            Client = "Betalgo.Ranul.OpenAI.",
            OmitsCachedTokens = true,
            OmitsCacheWrites = true,
            IsSerializable = true,
            Omits = "images, searches and the tier that served",
            GapsOfBody = new()
            {
                Client = "Betalgo.Ranul.OpenAI.",
                OmitsCachedTokens = true,
                OmitsCacheWrites = true,
                Omits = "images and searches",
                GapsOfBody = new() { Client = "Betalgo.Ranul.OpenAI.", OmitsCacheWrites = true, Omits = "images and searches" },
            },
        },

        // github.com/dotnet/extensions, AzureAIInferenceChatClient, read at b12d27e, over Azure.AI.Inference 1.0.0-beta.5: three counts.
        // The objects of Azure.AI.Inference write themselves, without what they do not know.
        new()
        {
            Client = "Azure.AI.Inference.",
            AlsoNamed = ["azure.ai.inference", "Microsoft.Extensions.AI.AzureAIInference"],
            OmitsCachedTokens = true,
            GapsOfBody = new() { Client = "Azure.AI.Inference.", OmitsCachedTokens = true },
        },

        // github.com/awaescher/OllamaSharp 5.5.2, AbstractionMapper.ParseOllamaChatResponseUsage, read at 00a0852: all that Ollama counts.
        new() { Client = "OllamaSharp.", AlsoNamed = ["ollama"] },

        // Package Microsoft.SemanticKernel 1.82.0: connectors keep the object of the library that they call in InnerContent.
        new() { Client = "Microsoft.SemanticKernel.", Wraps = "InnerContent" },

        // ai.google.dev/api/generate-content#UsageMetadata, read 2026-11-26: the total has thoughts and results of tools beside the rest.
        new() { Client = "Gemini by its models", Models = "gemini-", HidesReasoning = true },
    ];

    /// <summary>The rows that models lead to.</summary>
    internal static ClientAdapterOptions[] ByModel { get; } = [.. All.Where(row => row.Models is not null)];
}
