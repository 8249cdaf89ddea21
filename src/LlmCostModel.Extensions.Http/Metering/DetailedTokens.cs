using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LlmCostModel;

/// <summary>Counts tokens as OpenTelemetry names them: all input and all output, and what of them was cached or reasoning, each by its
/// modality.</summary>
/// <remarks>https://github.com/open-telemetry/semantic-conventions-genai, docs/gen-ai/gen-ai-inference-usage-metrics.md, read at ef678ba
/// 2026-11-26; in development.</remarks>
internal sealed class DetailedTokens(Meter meter)
{
    private readonly Counter<long> _input = meter.CreateCounter<long>(
        MetricNames.InputTokens, "{token}", "Input tokens, those read from or written to a cache included.");

    private readonly Counter<long> _read = meter.CreateCounter<long>(
        MetricNames.CacheReadInputTokens, "{token}", "Input tokens that were read from a cache.");

    private readonly Counter<long> _written = meter.CreateCounter<long>(
        MetricNames.CacheWriteInputTokens, "{token}", "Input tokens that were written to a cache.");

    private readonly Counter<long> _output = meter.CreateCounter<long>(
        MetricNames.OutputTokens, "{token}", "Output tokens, reasoning included.");

    private readonly Counter<long> _reasoning = meter.CreateCounter<long>(
        MetricNames.ReasoningOutputTokens, "{token}", "Output tokens that are reasoning.");

    internal bool Enabled => _input.Enabled || _read.Enabled || _written.Enabled || _output.Enabled || _reasoning.Enabled;

    internal void Record(in TokenUsage usage, in TagList tags)
    {
        bool hasInputKinds = HasKinds(in usage, TokenSide.Input);
        bool hasOutputKinds = HasKinds(in usage, TokenSide.Output);
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            long count = usage[row.Bucket];
            if (count == 0)
            {
                continue;
            }

            bool isInput = row.Side == TokenSide.Input;
            string modality = row.CacheRole == CacheRole.Write
                ? "unknown"
                : NameOf(row.Modality, isInput ? hasInputKinds : hasOutputKinds);
            TagList tagged = tags;
            tagged.Add(MetricNames.Modality, modality);
            (isInput ? _input : _output).Add(count, in tagged);
            Counter<long>? part = row.CacheRole switch
            {
                CacheRole.Read => _read,
                CacheRole.Write => _written,
                _ => row.Bucket == TokenBucket.Reasoning ? _reasoning : null,
            };
            part?.Add(count, in tagged);
        }
    }

    /// <summary>A provider that states the tokens of one modality states all; one that states none may count images among its
    /// text.</summary>
    private static bool HasKinds(in TokenUsage usage, TokenSide side)
    {
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            if (row.Side == side && row.Modality != TokenModality.Text && usage[row.Bucket] != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static string NameOf(TokenModality modality, bool isStated) => modality switch
    {
        TokenModality.Audio => "audio",
        TokenModality.Image => "image",
        TokenModality.Video => "video",
        _ => isStated ? "text" : "unknown",
    };
}
