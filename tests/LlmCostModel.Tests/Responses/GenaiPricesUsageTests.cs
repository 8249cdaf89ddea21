using System.Text.Json;
using LlmCostModel.TestData;
using Xunit.Abstractions;

namespace LlmCostModel.Tests.Responses;

/// <summary>Usage of real responses against another tool's reading of them (genai-prices), after making its inclusive counts disjoint.</summary>
public sealed class GenaiPricesUsageTests(ITestOutputHelper output)
{
    [SharedDataFact]
    public void Read_EveryRow_EqualsTheOtherToolOrDiffersForAListedReason()
    {
        SortedDictionary<string, int> differences = new(StringComparer.Ordinal);
        int rows = 0;
        int equal = 0;
        foreach (string line in SharedData.ReadLines("cost-cases/genai_prices_expected.jsonl"))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement row = document.RootElement;
            UsageReading reading = UsageReader.Read(row.GetProperty("response"));
            string json = row.GetProperty("response").GetRawText();
            rows++;
            foreach (JsonElement expected in row.GetProperty("expected").EnumerateArray())
            {
                if (!IsOfOurApi(reading.Api, expected))
                {
                    continue; // the other tool reads it by an API that it is not of
                }

                string? difference = Difference(in reading, expected.GetProperty("normalized_usage"));
                if (difference is null)
                {
                    equal++;
                    continue;
                }

                string key = Listed(difference, json, expected) ?? $"not listed: {row.GetProperty("id")} {expected.GetProperty("provider")} {expected.GetProperty("api_flavor")} {difference}";
                differences[key] = differences.GetValueOrDefault(key) + 1;
            }
        }

        foreach ((string key, int count) in differences)
        {
            output.WriteLine($"{count,4} {key}");
        }

        output.WriteLine($"{equal} equal");
        Assert.Equal((238, 370), (rows, equal));
        Assert.DoesNotContain(differences.Keys, key => key.StartsWith("not listed", StringComparison.Ordinal));
    }

    /// <summary>The other tool reads each body by every provider that might have sent it; only its reading by the same API can be compared.</summary>
    private static bool IsOfOurApi(ApiFormat api, JsonElement expected)
    {
        string flavour = expected.GetProperty("api_flavor").GetString()!;
        string provider = expected.GetProperty("provider").GetString()!;
        return api switch
        {
            ApiFormat.AnthropicMessages => flavour == "anthropic" || provider == "anthropic" && flavour == "default",
            ApiFormat.OpenAIResponses => flavour == "responses",
            ApiFormat.GeminiGenerateContent => provider == "google" && flavour == "default",
            ApiFormat.OpenAIEmbeddings => flavour == "embeddings",
            _ => flavour is "chat" or "default" && !(provider is "google" or "anthropic"),
        };
    }

    private static string? Difference(in UsageReading reading, JsonElement other)
    {
        TokenUsage usage = ApiConventionTests.WithCompactions(in reading)!.Value;
        long Theirs(string name) => other.TryGetProperty(name, out JsonElement value) ? value.GetInt64() : 0;
        (string Name, long Ours, long Theirs)[] counts =
        [
            ("input", usage.TotalInput, Theirs("input_tokens")),
            ("output", usage.TotalOutput, Theirs("output_tokens")),
            ("cache read", usage.TotalCacheRead, Theirs("cache_read_tokens")),
            ("cache write", usage.TotalCacheWrite, Theirs("cache_write_tokens")),
            ("reasoning", usage.Reasoning, Theirs("output_reasoning_tokens")),
            ("audio", usage.AudioInput + usage.AudioCacheRead, Theirs("input_audio_tokens")),
            ("image", usage.ImageInput + usage.ImageCacheRead, Theirs("input_image_tokens")),
            ("video", usage.VideoInput + usage.VideoCacheRead, Theirs("input_video_tokens")),
            ("image output", usage.ImageOutput, Theirs("output_image_tokens")),
        ];
        string text = string.Join(", ", counts.Where(count => count.Ours != count.Theirs).Select(count => $"{count.Name} {count.Ours} not {count.Theirs}"));
        return text.Length == 0 ? null : text;
    }

    /// <summary>Where we differ, and why the provider's documentation is on our side.</summary>
    private static string? Listed(string difference, string json, JsonElement expected)
    {
        string provider = expected.GetProperty("provider").GetString()!;
        bool Only(string name) => difference.StartsWith(name, StringComparison.Ordinal) && !difference.Contains(',', StringComparison.Ordinal);
        return json.Contains("\"compaction\"", StringComparison.Ordinal)
            ? "compactions are billed and not in the top level: https://platform.claude.com/docs/en/build-with-claude/compaction"
            : Only("cache read") && json.Contains("num_cached_tokens", StringComparison.Ordinal) && provider == "mistral"
            ? "Mistral's num_cached_tokens are cached prompt tokens, which the other tool drops: https://docs.mistral.ai/api/"
            : Only("reasoning") && provider is "aws" or "google"
            ? "thinking_tokens are part of the same Messages body on Bedrock and Vertex, which the other tool reads only from Anthropic itself: https://platform.claude.com/docs/en/build-with-claude/extended-thinking"
            : Only("cache write") && provider == "azure"
            ? "cache_write_tokens stand in the body; the other tool reads them from OpenAI alone: https://platform.openai.com/docs/guides/prompt-caching"
            : Only("video") && provider == "openrouter"
            ? "video_tokens are part of prompt_tokens_details, which the other tool does not read: https://openrouter.ai/docs/use-cases/usage-accounting"
            : null;
    }
}
