using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Who a client talks to, as its metadata say.</summary>
internal static class Clients
{
    internal static ClientIdentity Identify(this ChatClientMetadata? client, object inner) =>
        Identify(client?.ProviderName, client?.ProviderUri, client?.DefaultModelId, inner);

    internal static ClientIdentity Identify(this EmbeddingGeneratorMetadata? client, object inner) =>
        Identify(client?.ProviderName, client?.ProviderUri, client?.DefaultModelId, inner);

    [Experimental("MEAI001")]
    internal static ClientIdentity Identify(this ImageGeneratorMetadata? client, object inner) =>
        Identify(client?.ProviderName, client?.ProviderUri, client?.DefaultModelId, inner);

    [Experimental("MEAI001")]
    internal static ClientIdentity Identify(this SpeechToTextClientMetadata? client, object inner) =>
        Identify(client?.ProviderName, client?.ProviderUri, client?.DefaultModelId, inner);

    [Experimental("MEAI001")]
    internal static ClientIdentity Identify(this TextToSpeechClientMetadata? client, object inner) =>
        Identify(client?.ProviderName, client?.ProviderUri, client?.DefaultModelId, inner);

    /// <summary>What reads the responses of a tracker's client.</summary>
    internal static ResponseReader Reader(this CostTracker tracker) =>
        new(new AdapterTable(tracker.Options.Adapters, tracker.Client.Type, tracker.Client.Protocol), tracker.Options.Api);

    private static ClientIdentity Identify(string? protocol, Uri? address, string? defaultModel, object inner) =>
        new(protocol, address, defaultModel, HttpRefusal.IsRefusedByProvider) { Type = inner.GetType() };
}
