using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmCostModel.TestData;
using Xunit.Abstractions;

namespace LlmCostModel.Tests.Responses;

/// <summary>All recorded responses of the evaluation data: each is read, or refused for a reason that is listed here.</summary>
public sealed class RecordedPayloadTests(ITestOutputHelper output)
{
    private const string Payloads = "usage-payloads/payloads.jsonl";

    /// <summary>The rows that are refused, and why that is right.</summary>
    private static readonly Dictionary<string, (UsageFaultKind Kind, string Why)> Refused = new()
    {
        ["up-d-0117"] = (UsageFaultKind.NotRecognized, "a guardrail's answer: policy units, no model was called"),
        ["up-d-0118"] = (UsageFaultKind.NotRecognized, "a guardrail's answer: policy units, no model was called"),
        ["up-d-0125"] = (UsageFaultKind.Impossible, "Azure states 539 cached of 447 prompt tokens"),
        ["up-d-0226"] = (UsageFaultKind.Impossible, "17 + 492 + 1209 tokens, but a total of 61"),
        ["up-d-0382"] = (UsageFaultKind.Impossible, "3 reasoning and 4 audio of 4 output tokens; a fixture written by hand"),
        ["up-d-0441"] = (UsageFaultKind.Ambiguous, "input_tokens and output_tokens without anything that names the API"),
        ["up-d-0442"] = (UsageFaultKind.Ambiguous, "input_tokens and output_tokens without anything that names the API"),
        ["up-d-0472"] = (UsageFaultKind.Impossible, "11 reasoning of 10 completion tokens, by a total that leaves no room"),
    };

    [SharedDataFact]
    public void Read_EveryRecordedPayload_IsReadOrRefusedForAListedReason()
    {
        SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
        int rows = 0;
        foreach (string line in SharedData.ReadLines(Payloads))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement row = document.RootElement;
            string id = row.GetProperty("id").GetString()!;
            string outcome;
            rows++;
            try
            {
                UsageReading reading = Read(row);
                outcome = reading.Status.ToString();
                Assert.False(Refused.ContainsKey(id), $"{id} was read: {reading}");
                Assert.Equal(reading.Status == UsageStatus.Complete, reading.Reason is null);
            }
            catch (UsageFormatException exception)
            {
                outcome = exception.Kind.ToString();
                Assert.True(Refused.TryGetValue(id, out (UsageFaultKind Kind, string Why) expected), $"{id}: {exception.Message}");
                Assert.Equal(expected.Kind, exception.Kind);
                output.WriteLine($"{id}: {expected.Why}. {exception.Message}");
            }

            string key = $"{row.GetProperty("provider")} {row.GetProperty("api")}: {outcome}";
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        foreach ((string key, int count) in counts)
        {
            output.WriteLine($"{count,4} {key}");
        }

        Assert.Equal(529, rows);
        Assert.Equal(Refused.Count, rows - counts.Where(pair => Enum.GetNames<UsageStatus>().Any(status => pair.Key.EndsWith(status, StringComparison.Ordinal))).Sum(pair => pair.Value));
    }

    /// <summary>Counts found by name and added in the test itself, without the library's table.</summary>
    [SharedDataFact]
    public void Read_EveryRecordedPayload_InputIsTheProvidersOwnTotal()
    {
        int compared = 0;
        foreach (string line in SharedData.ReadLines(Payloads))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement row = document.RootElement;
            string id = row.GetProperty("id").GetString()!;
            if (Refused.ContainsKey(id) || (row.TryGetProperty("response", out JsonElement response) ? UsageBlock(response) : StreamedBlock(row)) is not { } block)
            {
                continue; // it is refused, or states no usage
            }

            UsageReading reading = Read(row);
            if (reading.Usage is not { } usage || block.TryGetProperty("iterations", out _))
            {
                continue; // its total is that of the main model alone
            }

            long? stated = Number(block, "prompt_tokens") ?? Number(block, "promptTokenCount") + (Number(block, "toolUsePromptTokenCount") ?? 0)
                ?? (block.TryGetProperty("cache_read_input_tokens", out _) || row.GetProperty("api").GetString() == "anthropic.messages"
                    ? Number(block, "input_tokens") + (Number(block, "cache_read_input_tokens") ?? 0) + (Number(block, "cache_creation_input_tokens") ?? 0)
                    : Number(block, "input_tokens"))
                ?? Number(block, "inputTokens") + (Number(block, "cacheReadInputTokens") ?? Number(block, "cacheReadInputTokenCount") ?? 0)
                    + (Number(block, "cacheWriteInputTokens") ?? Number(block, "cacheWriteInputTokenCount") ?? 0);
            if (stated is { } input)
            {
                compared++;
                Assert.True(usage.TotalInput == input, $"{id}: {usage} is not {input} input tokens.");
            }

            // Seconds of audio are billed by the second; their tokens are in the total alone.
            long? total = Number(block, "total_tokens") ?? Number(block, "totalTokenCount") ?? Number(block, "totalTokens");
            if (total is { } all && !block.TryGetProperty("prompt_audio_seconds", out _))
            {
                Assert.True(usage.TotalInput + usage.TotalOutput == all, $"{id}: {usage} is not {all} tokens.");
            }
        }

        output.WriteLine($"{compared} rows compared");
        Assert.InRange(compared, 400, 529);
    }

    /// <summary>What the events of a stream state together: counts grow, so that the largest of a name counts.</summary>
    private static JsonElement? StreamedBlock(JsonElement row)
    {
        JsonObject merged = [];
        foreach (JsonElement one in row.GetProperty("events").EnumerateArray())
        {
            JsonElement? block = UsageBlock(one)
                ?? (one.TryGetProperty("message", out JsonElement message) && message.ValueKind == JsonValueKind.Object ? UsageBlock(message) : null)
                ?? (one.TryGetProperty("metadata", out JsonElement metadata) && metadata.ValueKind == JsonValueKind.Object ? UsageBlock(metadata) : null);
            if (block is { ValueKind: JsonValueKind.Object } stated)
            {
                foreach (JsonProperty count in stated.EnumerateObject())
                {
                    if (Number(stated, count.Name) is not { } later || merged[count.Name] is not { } before || later > (long)before)
                    {
                        merged[count.Name] = JsonNode.Parse(count.Value.GetRawText());
                    }
                }
            }
        }

        return merged.Count == 0 ? null : JsonSerializer.SerializeToElement(merged);
    }

    private static JsonElement? UsageBlock(JsonElement body) =>
        body.TryGetProperty("usage", out JsonElement usage) || body.TryGetProperty("usageMetadata", out usage) ? usage
        : body.TryGetProperty("response", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object ? UsageBlock(inner) : null;

    private static long? Number(JsonElement block, string name) =>
        block.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : null;

    private static UsageReading Read(JsonElement row)
    {
        if (row.TryGetProperty("response", out JsonElement response))
        {
            return UsageReader.Read(response);
        }

        UsageStreamReader reader = new();
        foreach (JsonElement item in row.GetProperty("events").EnumerateArray())
        {
            reader.Append(Encoding.UTF8.GetBytes($"data: {item.GetRawText()}\n\n"));
        }

        while (reader.TryTakeAnswer(out _))
        {
            // up-d-0081 holds three answers; the row states the last.
        }

        return reader.Finish();
    }
}
