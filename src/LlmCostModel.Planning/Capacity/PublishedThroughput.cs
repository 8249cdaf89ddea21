using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>Throughputs that were published with the machine, the model and the requests they were measured on.</summary>
/// <remarks>Read on 2026-11-27. The same chip differs twenty-fold with batching, precision and the speed promised to each user: they show
/// orders of magnitude, and replace no measurement of your own.</remarks>
public static class PublishedThroughput
{
    private const string InferenceX = "https://inferencex.semianalysis.com";

    private const string GpuStack = "https://docs.gpustack.ai/2.3/performance-lab/deepseek-r1/h200/";

    private const string ByUser = "At 75 tokens a second for each user, counted as InferenceX counts them";

    /// <summary>Gets all of them, by name.</summary>
    public static ImmutableArray<ThroughputRow> All { get; } =
    [
        .. new ThroughputRow[]
        {
            new()
            {
                Name = "deepseek-day",
                Hardware = "H800",
                Accelerators = 8,
                Model = "DeepSeek-V3/R1",
                Precision = "FP8",
                InputTokensPerSecond = 73_700,
                OutputTokensPerSecond = 14_800,
                IncludesHits = true,
                Source = "https://github.com/deepseek-ai/open-infra-index, 202502OpenSourceWeek, day 6",
                AsOf = new(2025, 2, 28),
                Note = "Average of a day; 56.25% of the input were hits, which the input tokens a second include",
            },
            new()
            {
                Name = "gb200-inferencex",
                Hardware = "GB200 NVL72",
                Accelerators = 1,
                Model = "DeepSeek-R1",
                Precision = "FP8",
                PromptTokens = 8_000,
                AnswerTokens = 1_000,
                TotalTokensPerSecond = 5_789.6m,
                IncludesHits = false,
                Source = InferenceX,
                AsOf = new(2026, 11, 23),
                Note = ByUser,
            },
            new()
            {
                Name = "b200-inferencex",
                Hardware = "B200",
                Accelerators = 1,
                Model = "DeepSeek-R1",
                Precision = "FP8",
                PromptTokens = 8_000,
                AnswerTokens = 1_000,
                TotalTokensPerSecond = 2_557.7m,
                IncludesHits = false,
                Source = InferenceX,
                AsOf = new(2026, 11, 23),
                Note = ByUser,
            },
            new()
            {
                Name = "h200-gpustack-medium",
                Hardware = "H200",
                Accelerators = 8,
                Model = "DeepSeek-R1",
                TotalTokensPerSecond = 19_024.33m,
                Source = GpuStack,
                AsOf = new(2025, 11, 1),
                Note = "Prompts of medium length, SGLang",
            },
            new()
            {
                Name = "h200-gpustack-sharegpt",
                Hardware = "H200",
                Accelerators = 8,
                Model = "DeepSeek-R1",
                TotalTokensPerSecond = 7_143.30m,
                Source = GpuStack,
                AsOf = new(2025, 11, 1),
                Note = "Conversations of ShareGPT, SGLang",
            },
            new()
            {
                Name = "lmsys-96h100",
                Hardware = "H100",
                Accelerators = 8,
                Model = "DeepSeek-V3",
                Precision = "FP8",
                PromptTokens = 2_000,
                InputTokensPerSecond = 52_300,
                OutputTokensPerSecond = 22_300,
                IncludesHits = false,
                Source = "https://lmsys.org/blog/2025-05-05-large-scale-ep/",
                AsOf = new(2025, 5, 5),
                Note = "12 nodes, prefill and decode on nodes of their own, SGLang",
            },
        }.OrderBy(row => row.Name, StringComparer.Ordinal),
    ];

    /// <summary>Finds a row.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The row; <see langword="null"/> when there is none.</returns>
    public static ThroughputRow? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(row => row.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
