using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

/// <summary>Stands for a model, so that the samples run without a key: it calls a tool once, then answers. Its usage is that of the reference call.</summary>
internal sealed class ScriptedModel : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        bool answersTool = messages.Any(message => message.Contents.OfType<FunctionResultContent>().Any());
        AITool? tool = answersTool ? null : options?.Tools?.FirstOrDefault();
        AIContent content = tool is null ? new TextContent("It is sunny.") : new FunctionCallContent("call-1", tool.Name, new Dictionary<string, object?>());
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [content]))
        {
            ModelId = "deepseek-reasoner",
            FinishReason = tool is null ? ChatFinishReason.Stop : ChatFinishReason.ToolCalls,
            Usage = new UsageDetails { InputTokenCount = 1_000, CachedInputTokenCount = 600, OutputTokenCount = 500 },
        });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (ChatResponseUpdate update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("deepseek", new Uri("https://api.deepseek.com"), "deepseek-reasoner") : null;

    public void Dispose()
    {
    }
}
