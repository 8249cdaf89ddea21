namespace LlmCostModel.Logs;

/// <summary>The names of Claude's models that people read, as Anthropic's console and AWS write them on bills, and their ids.</summary>
/// <remarks>https://platform.claude.com/docs/en/about-claude/models/overview and
/// https://docs.aws.amazon.com/bedrock/latest/userguide/models-supported.html, read 2026-11-27. A name is looked up whole.</remarks>
internal static class ClaudeNames
{
    private static readonly (string Name, string Id, string Bedrock)[] All =
    [
        ("Claude Haiku 3", "claude-3-haiku-20240307", "anthropic.claude-3-haiku-20240307-v1:0"),
        ("Claude Sonnet 3", "claude-3-sonnet-20240229", "anthropic.claude-3-sonnet-20240229-v1:0"),
        ("Claude Opus 3", "claude-3-opus-20240229", "anthropic.claude-3-opus-20240229-v1:0"),
        ("Claude Haiku 3.5", "claude-3-5-haiku-20241022", "anthropic.claude-3-5-haiku-20241022-v1:0"),
        ("Claude Sonnet 3.7", "claude-3-7-sonnet-20250219", "anthropic.claude-3-7-sonnet-20250219-v1:0"),
        ("Claude Sonnet 4", "claude-sonnet-4-20250514", "anthropic.claude-sonnet-4-20250514-v1:0"),
        ("Claude Opus 4", "claude-opus-4-20250514", "anthropic.claude-opus-4-20250514-v1:0"),
        ("Claude Opus 4.1", "claude-opus-4-1-20250805", "anthropic.claude-opus-4-1-20250805-v1:0"),
        ("Claude Sonnet 4.5", "claude-sonnet-4-5", "anthropic.claude-sonnet-4-5-20250929-v1:0"),
        ("Claude Haiku 4.5", "claude-haiku-4-5", "anthropic.claude-haiku-4-5-20251001-v1:0"),
        ("Claude Opus 4.5", "claude-opus-4-5", "anthropic.claude-opus-4-5-20251101-v1:0"),
        ("Claude Opus 4.6", "claude-opus-4-6", "anthropic.claude-opus-4-6-v1"),
        ("Claude Sonnet 4.6", "claude-sonnet-4-6", "anthropic.claude-sonnet-4-6"),
        ("Claude Opus 4.7", "claude-opus-4-7", "anthropic.claude-opus-4-7"),
        ("Claude Opus 4.8", "claude-opus-4-8", "anthropic.claude-opus-4-8"),
        ("Claude Opus 5", "claude-opus-5", "anthropic.claude-opus-5"),
        ("Claude Opus 5.5", "claude-opus-5-5", "anthropic.claude-opus-5-5"),
        ("Claude Sonnet 5", "claude-sonnet-5", "anthropic.claude-sonnet-5"),
        ("Claude Sonnet 5.5", "claude-sonnet-5-5", "anthropic.claude-sonnet-5-5"),
        ("Claude Haiku 5.5", "claude-haiku-5-5", "anthropic.claude-haiku-5-5"),
        ("Claude Fable 5", "claude-fable-5", "anthropic.claude-fable-5"),
        ("Claude Fable 5.1", "claude-fable-5-1", "anthropic.claude-fable-5-1"),
        ("Claude Fable 5.2", "claude-fable-5-2", "anthropic.claude-fable-5-2"),
    ];

    private static readonly Dictionary<string, (string Id, string Bedrock)> ByName =
        All.ToDictionary(row => row.Name, row => (row.Id, row.Bedrock), StringComparer.OrdinalIgnoreCase);

    /// <summary>The id at Anthropic; <see langword="null"/> when the name is not known.</summary>
    public static string? Find(string name) => ByName.TryGetValue(name, out (string Id, string) found) ? found.Id : null;

    /// <summary>The id on Bedrock; <see langword="null"/> when the name is not known.</summary>
    public static string? FindOnBedrock(string name) => ByName.TryGetValue(name, out (string, string Bedrock) found) ? found.Bedrock : null;
}
