using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Who a client talks to, as its metadata say.</summary>
internal static class Clients
{
    internal static ClientIdentity Identify(this ChatClientMetadata? client) =>
        Identify(client?.ProviderName, client?.ProviderUri, client?.DefaultModelId);

    internal static ClientIdentity Identify(this EmbeddingGeneratorMetadata? client) =>
        Identify(client?.ProviderName, client?.ProviderUri, client?.DefaultModelId);

    [Experimental("MEAI001")]
    internal static ClientIdentity Identify(this ImageGeneratorMetadata? client) =>
        Identify(client?.ProviderName, client?.ProviderUri, client?.DefaultModelId);

    [Experimental("MEAI001")]
    internal static ClientIdentity Identify(this SpeechToTextClientMetadata? client) =>
        Identify(client?.ProviderName, client?.ProviderUri, client?.DefaultModelId);

    [Experimental("MEAI001")]
    internal static ClientIdentity Identify(this TextToSpeechClientMetadata? client) =>
        Identify(client?.ProviderName, client?.ProviderUri, client?.DefaultModelId);

    private static ClientIdentity Identify(string? protocol, Uri? address, string? defaultModel) =>
        new(protocol, address, defaultModel, HttpRefusal.IsRefusedByProvider);
}
