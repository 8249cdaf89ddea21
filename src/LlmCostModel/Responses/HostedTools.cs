using System.Text;

namespace LlmCostModel;

/// <summary>Tools that a provider runs itself, by the names under which answers list their calls: what is billed for a call.</summary>
/// <remarks>Sources, read 2026-11-26: https://platform.openai.com/docs/api-reference/responses/object,
/// https://docs.x.ai/developers/tools/tool-usage-details, https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool,
/// https://ai.google.dev/gemini-api/docs/interactions, https://docs.mistral.ai/agents/connectors, and vercel/ai, packages/*/src/tool.
/// </remarks>
internal static class HostedTools
{
    /// <summary>With or without <c>_call</c> behind them.</summary>
    private static readonly (byte[] Name, StatedCount Stated)[] Priced =
    [
        Row("web_search", StatedCount.WebSearch), Row("web_search_preview", StatedCount.WebSearch), Row("web_fetch", StatedCount.WebFetch),
        Row("file_search", StatedCount.FileSearchCall), Row("collections_search", StatedCount.FileSearchCall),
        Row("attachment_search", StatedCount.AttachmentSearch), Row("code_interpreter", StatedCount.CodeExecution),
        Row("image_generation", StatedCount.ImageGeneration), Row("google_maps", StatedCount.MapsGroundedPrompt),

        // xAI's server calls what belongs to its search of X by names of its own.
        Row("x_search", StatedCount.XSearch), Row("x_keyword_search", StatedCount.XSearch), Row("x_semantic_search", StatedCount.XSearch),
        Row("x_user_search", StatedCount.XSearch), Row("x_thread_fetch", StatedCount.XSearch),
    ];

    /// <summary>Billed by their tokens alone: searches for tools, pages that the caller names, servers that are not the provider's.
    /// </summary>
    private static readonly byte[][] Free =
    [
        .. new[]
        {
            "tool_search", "tool_search_tool_regex", "tool_search_tool_bm25", "advisor", "url_context", "mcp", "mcp_server_tool",
            "view_image", "view_x_video", "browse_page", "open_page", "open_page_with_find",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>What is counted for a call of the tool; <see cref="StatedCount.None"/> when it is free or not known.</summary>
    internal static StatedCount Find(ReadOnlySpan<byte> utf8Name)
    {
        ReadOnlySpan<byte> name = Bare(utf8Name);
        foreach ((byte[] known, StatedCount stated) in Priced)
        {
            if (Ascii.EqualsIgnoreCase(name, known))
            {
                return stated;
            }
        }

        return StatedCount.None;
    }

    internal static bool AreFree(ReadOnlySpan<byte> utf8Name)
    {
        ReadOnlySpan<byte> name = Bare(utf8Name);
        foreach (byte[] known in Free)
        {
            if (Ascii.EqualsIgnoreCase(name, known))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> name) => name.EndsWith("_call"u8) ? name[..^5] : name;

    private static (byte[] Name, StatedCount Stated) Row(string name, StatedCount stated) => (Encoding.UTF8.GetBytes(name), stated);
}
