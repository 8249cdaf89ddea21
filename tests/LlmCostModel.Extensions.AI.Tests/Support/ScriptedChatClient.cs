using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>A model without a network: answers from a function.</summary>
internal sealed class ScriptedChatClient(Func<IReadOnlyList<ChatMessage>, ChatResponse> answer) : IChatClient
{
    private readonly ChatClientMetadata _metadata = new("scripted", null, "gpt-test");

    internal ScriptedChatClient(long input, long output)
        : this(_ => Answer(input, output))
    {
    }

    internal int Calls { get; private set; }

    internal static ChatResponse Answer(long input, long output, string? model = "gpt-test") => new(new ChatMessage(ChatRole.Assistant, "Hi."))
    {
        ModelId = model,
        FinishReason = ChatFinishReason.Stop,
        Usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output },
    };

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Calls++;
        return Task.FromResult(answer([.. messages]));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Calls++;
        foreach (ChatResponseUpdate update in answer([.. messages]).ToChatResponseUpdates())
        {
            await Task.Yield();
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata) ? _metadata : null;

    public void Dispose()
    {
    }
}
