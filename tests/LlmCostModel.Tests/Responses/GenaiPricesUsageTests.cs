using System.Text.Json;
using LlmCostModel.TestData;
using Xunit.Abstractions;

namespace LlmCostModel.Tests.Responses;

/// <summary>Usage of real responses against another tool's reading of them (genai-prices), after making its inclusive counts disjoint.
/// </summary>
[Trait("Prints", "figures")]
public sealed class GenaiPricesUsageTests(ITestOutputHelper output)
{
    /// <summary>
    /// The other tool reads a body once for every provider and API that might have sent it. Each of its readings has our counts, or a line in
    /// <c>genai-prices.txt</c>; the section's kind names the counts that differ.
    /// </summary>
    [SharedDataFact]
    public void Read_EveryExpectation_EqualsTheOtherToolOrIsListed()
    {
        ReasonList reasons = ReasonList.Read("genai-prices.txt");
        SortedDictionary<string, int> listed = new(StringComparer.Ordinal);
        List<string> unlisted = [];
        int rows = 0;
        int equal = 0;
        foreach (string line in SharedData.ReadLines("cost-cases/genai_prices_expected.jsonl"))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement row = document.RootElement;
            UsageReading reading = UsageReader.Read(row.GetProperty("response"));
            rows++;
            foreach (JsonElement expected in row.GetProperty("expected").EnumerateArray())
            {
                (string Name, long Ours, long Theirs)[] apart = [.. Differences(in reading, expected.GetProperty("normalized_usage"))];
                if (apart.Length == 0)
                {
                    equal++;
                    continue;
                }

                string key = $"{row.GetProperty("id")} {expected.GetProperty("provider")} {expected.GetProperty("api_flavor")}";
                Reason? reason = reasons.Find(key);
                if (reason?.Kind == string.Join(", ", apart.Select(count => count.Name)))
                {
                    listed[reason.Why] = listed.GetValueOrDefault(reason.Why) + 1;
                }
                else
                {
                    string counts = string.Join(", ", apart.Select(count => $"{count.Name} {count.Ours} not {count.Theirs}"));
                    unlisted.Add($"{key}: {reading.Api} {counts}");
                }
            }
        }

        Assert.True(unlisted.Count == 0, string.Join('\n', unlisted));
        reasons.AssertAllApply();
        foreach ((string reason, int count) in listed)
        {
            output.WriteLine($"{count,4} {reason}");
        }

        int others = listed.Values.Sum();
        output.WriteLine($"Of {equal + others} readings of {rows} responses by genai-prices, {equal} have our counts, {others} are listed.");
        Assert.Equal((238, 400, 105), (rows, equal, others));
    }

    private static IEnumerable<(string Name, long Ours, long Theirs)> Differences(in UsageReading reading, JsonElement other)
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
        return counts.Where(count => count.Ours != count.Theirs);
    }
}
