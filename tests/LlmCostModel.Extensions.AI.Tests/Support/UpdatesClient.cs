using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>A client that streams the updates that it is given.</summary>
internal sealed class UpdatesClient(IReadOnlyList<ChatResponseUpdate> updates) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(updates.ToChatResponse());

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        updates.ToAsyncEnumerable();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
