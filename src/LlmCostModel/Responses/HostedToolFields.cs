using N = LlmCostModel.StatedCount;
using S = LlmCostModel.JsonScope;

namespace LlmCostModel;

/// <summary>Where answers list the tools that the provider ran, and how often it ran each; what a call counts as is in <see
/// cref="HostedTools"/>.</summary>
internal static class HostedToolFields
{
    /// <summary>A part of an answer: of Responses, of Anthropic's and LangChain's content, of Interactions, of Mistral's Conversations, of
    /// the AI SDK.</summary>
    internal static readonly ApiField[] Item =
    [
        new("type", FieldKind.ItemType), new("action", FieldKind.ObjectOrOther, into: S.SearchAction),
        new("name", FieldKind.ItemName), new("toolName", FieldKind.ItemName), new("providerExecuted", FieldKind.Hosted),
        new("arguments", FieldKind.ObjectOrOther, into: S.SearchArguments),
        new("status", FieldKind.ItemStatus), new("content", FieldKind.ResultOrTexts, into: S.ToolResult),
        new("text", FieldKind.AnswerText),

        // Mistral's Conversations: https://docs.mistral.ai/api/#tag/beta.conversations
        new("model", FieldKind.ItemModel),
    ];

    /// <summary>At the top of a body, or of an event.</summary>
    internal static readonly ApiField[] Root =
    [
        new("outputs", FieldKind.Items, into: S.OutputItem), new("step", FieldKind.Piece, into: S.OutputItem),
        new("content_block", FieldKind.Piece, into: S.OutputItem),
        new("toolCalls", FieldKind.Items, into: S.CalledTool), new("tool_usage", FieldKind.ObjectOrOther, into: S.ToolUsage),
        new("server_side_tool_usage", FieldKind.ObjectOrOther, into: S.ServerToolMap, marks: ApiEvidence.Xai),
        new("additional_kwargs", FieldKind.ObjectOrOther, into: S.AddedArguments),
    ];

    internal static readonly (S Scope, ApiField[] Fields)[] Scopes =
    [
        (S.SearchAction, [new("type", FieldKind.ActionType)]),
        (S.ToolResult, [new("type", FieldKind.ResultType)]),
        (S.TextParts, [new("parts", FieldKind.Items, into: S.TextPart)]),
        (S.TextPart, [new("text", FieldKind.AnswerText)]),
        (S.SearchArguments, [new("queries", FieldKind.Queries)]),
        (S.CalledTool, [new("toolName", FieldKind.ItemName), new("providerExecuted", FieldKind.Hosted)]),
        (S.ExecutedTool, [new("type", FieldKind.ItemType)]), // https://console.groq.com/docs/compound/built-in-tools
        (S.ChatMessage,
            [new("content", FieldKind.AnswerText), new("executed_tools", FieldKind.Items, into: S.ExecutedTool)]),
        (S.AddedArguments, [new("tool_outputs", FieldKind.Items, into: S.OutputItem)]), // LangChain, partners/openai
        (S.GroundingCount, [new("type", FieldKind.ItemType), Count("count", N.GroundedQuery)]),

        // xAI counts what succeeded, and bills it: usage.proto, enum ServerSideTool
        (S.ServerToolMap,
        [
            Count("SERVER_SIDE_TOOL_WEB_SEARCH", N.WebSearch), Count("SERVER_SIDE_TOOL_X_SEARCH", N.XSearch),
            Count("SERVER_SIDE_TOOL_CODE_EXECUTION", N.CodeExecution),
            Count("SERVER_SIDE_TOOL_COLLECTIONS_SEARCH", N.FileSearchCall),
            Count("SERVER_SIDE_TOOL_ATTACHMENT_SEARCH", N.AttachmentSearch),
            new("SERVER_SIDE_TOOL_MCP", FieldKind.AddedCount, N.FreeCall),
            new("SERVER_SIDE_TOOL_VIEW_IMAGE", FieldKind.AddedCount, N.FreeCall),
            new("SERVER_SIDE_TOOL_VIEW_X_VIDEO", FieldKind.AddedCount, N.FreeCall),
        ]),

        // Responses, beside the usage of the model. Images are made by a model of their own, whose tokens are named.
        (S.ToolUsage, [new("web_search", FieldKind.ObjectOrOther, into: S.ToolRequests)]),
        (S.ToolRequests, [Count("num_requests", N.WebSearch)]),

        // Mistral's Conversations count their calls of connectors by name.
        (S.Connectors,
        [
            Count("web_search", N.WebSearch), Count("code_interpreter", N.CodeExecution), Count("image_generation", N.ImageGeneration),
        ]),
    ];

    private static ApiField Count(string name, N stated) => new(name, FieldKind.Count, stated);
}
