using System.Text.Json;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Counts what of a prompt can be counted: its texts. Says what could not be.</summary>
internal sealed record PromptCount(long Tokens, long Parts, bool HasOtherThanText, bool HasHostedTools)
{
    internal static PromptCount Of(IEnumerable<ChatMessage> messages, ChatOptions? options, Func<string, int> count)
    {
        long tokens = Count(options?.Instructions, count);
        long parts = options?.Instructions is null ? 0 : 1;
        bool others = false;
        bool hosted = false;
        foreach (ChatMessage message in messages)
        {
            parts++;
            foreach (AIContent content in message.Contents)
            {
                if (TextOf(content) is { } text)
                {
                    tokens = checked(tokens + Count(text, count));
                    parts += content is FunctionCallContent or FunctionResultContent ? 1 : 0; // providers wrap each
                }
                else
                {
                    others |= content is not UsageContent;
                }
            }
        }

        foreach (AITool tool in options?.Tools ?? [])
        {
            parts++;
            hosted |= tool is not AIFunctionDeclaration;
            string schema = tool is AIFunctionDeclaration function ? function.JsonSchema.GetRawText() : "";
            tokens = checked(tokens + Count(tool.Name, count) + Count(tool.Description, count) + Count(schema, count));
        }

        return new PromptCount(tokens, parts, others, hosted);
    }

    private static string? TextOf(AIContent content) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent reasoning => reasoning.Text,
        FunctionCallContent call => Json(call.Arguments) is { } arguments ? $"{call.CallId} {call.Name} {arguments}" : null,
        FunctionResultContent { Result: AIContent or IEnumerable<AIContent> } => null, // pictures, files
        FunctionResultContent result when (result.Result as string ?? Json(result.Result)) is { } text => $"{result.CallId} {text}",
        _ => null,
    };

    /// <summary>As clients write what tools are given and give back; <see langword="null"/> for what cannot be written.</summary>
    private static string? Json(object? value)
    {
        try
        {
            return JsonSerializer.Serialize(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(object)));
        }
        catch (Exception exception) when (exception is NotSupportedException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static long Count(string? text, Func<string, int> count) => string.IsNullOrEmpty(text) ? 0 : count(text);
}
