using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>A client that gives the provider name of another, and one answer.</summary>
internal sealed class NamedClient(string provider, ChatResponse answer) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(answer);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        answer.ToChatResponseUpdates().ToAsyncEnumerable();

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata(provider) : null;

    public void Dispose()
    {
    }
}
