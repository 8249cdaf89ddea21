using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>What providers publish of their provisioned throughput: how much a unit serves, and what each token counts as.</summary>
/// <remarks>
/// Vertex AI, per GSU and second:
/// https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/provisioned-throughput/supported-models and, for Gemini 3.6
/// Flash, .../measure-provisioned-throughput.
/// Microsoft Foundry, input tokens a minute per PTU, for global and data zone deployments:
/// https://learn.microsoft.com/azure/foundry/openai/how-to/provisioned-throughput-sizing. Cached input does not count there.
/// All read on 2026-11-27. A regional deployment at Foundry has larger minimums: use <c>with</c>.
/// </remarks>
public static class ProvisionedPresets
{
    private const string VertexTable =
        "https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/provisioned-throughput/supported-models";

    private const string VertexExample =
        "https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/provisioned-throughput/measure-provisioned-throughput";

    private const string FoundryTable = "https://learn.microsoft.com/azure/foundry/openai/how-to/provisioned-throughput-sizing";

    private const string UpTo200k = "Prompts of up to 200,000 tokens: longer ones count double as input, output one and a half times.";

    private static readonly DateOnly Read = new(2026, 11, 27);

    /// <summary>Gets all presets, by name.</summary>
    public static ImmutableArray<ProvisionedUnits> All { get; } =
    [
        .. new[]
        {
            Foundry("gpt-5.4", 2_400, 6),
            Foundry("gpt-5.3-codex", 3_400, 8),
            Foundry("gpt-5.2", 3_400, 8),
            Foundry("gpt-5.1", 4_750, 8),
            Foundry("gpt-5", 4_750, 8),
            Foundry("gpt-5-mini", 23_750, 8),
            Foundry("gpt-4.1", 3_000, 4),
            Foundry("gpt-4.1-mini", 14_900, 4),
            Foundry("gpt-4.1-nano", 59_400, 4),
            Foundry("o3", 3_000, 4),
            Foundry("o4-mini", 5_400, 4),
            Gemini("gemini-3.6-flash", 675, 5, VertexExample),
            Gemini("gemini-3.5-flash", 675, 6),
            Gemini("gemini-3.1-flash-lite", 4_030, 6),
            Gemini("gemini-3-flash-preview", 2_015, 6),
            Gemini("gemini-3.1-pro-preview", 500, 6) with { Assumption = UpTo200k },
            Gemini("gemini-2.5-pro", 650, 8, VertexExample) with { Assumption = UpTo200k },
            Claude("claude-sonnet-5", 350, 25),
            Claude("claude-fable-5", 105, 1),
            Claude("claude-opus-4-8", 210, 35),
            Claude("claude-opus-4-7", 210, 35),
            Claude("claude-opus-4-6", 210, 35),
            Claude("claude-opus-4-5", 210, 35),
            Claude("claude-opus-4-1", 70, 35),
            Claude("claude-sonnet-4-6", 350, 25),
            Claude("claude-sonnet-4-5", 350, 25) with { Assumption = UpTo200k },
            Claude("claude-haiku-4-5", 1_050, 8),
        }.OrderBy(units => units.Name, StringComparer.Ordinal),
    ];

    /// <summary>Finds a preset.</summary>
    /// <param name="name">Its name: the provider and the model, such as <c>vertex gemini-3.6-flash</c>.</param>
    /// <returns>The preset; <see langword="null"/> when there is none.</returns>
    public static ProvisionedUnits? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(units => units.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    private static ProvisionedUnits Foundry(string model, int tokensPerMinute, int output) => new()
    {
        Name = $"azure {model}",
        TokensPerMinute = tokensPerMinute,
        OutputWeight = output,
        CachedWeight = 0,
        Minimum = 15,
        Increment = 5,
        Source = FoundryTable,
        AsOf = Read,
    };

    private static ProvisionedUnits Gemini(string model, int tokensPerSecond, int output, string source = VertexTable) => new()
    {
        Name = $"vertex {model}",
        TokensPerMinute = tokensPerSecond * 60,
        OutputWeight = output,
        CachedWeight = 0.1m,
        Source = source,
        AsOf = Read,
    };

    private static ProvisionedUnits Claude(string model, int tokensPerSecond, int minimum) => new()
    {
        Name = $"vertex {model}",
        TokensPerMinute = tokensPerSecond * 60,
        OutputWeight = 5,
        CachedWeight = 0.1m,
        WriteWeight = 1.25m,
        LongWriteWeight = 2,
        Minimum = minimum,
        Source = VertexTable,
        AsOf = Read,
    };
}
