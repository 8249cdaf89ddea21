using System.Text;
using System.Text.Json;
using LlmCostModel.TestData;
using Xunit.Abstractions;

namespace LlmCostModel.Tests.Usage.Reading;

/// <summary>All recorded responses of the evaluation data: each is read, or refused for a reason that is listed here.</summary>
public sealed class RecordedPayloadTests(ITestOutputHelper output)
{
    [SharedDataFact]
    public void Read_EveryRecordedPayload_IsReadOrRefusedForAListedReason()
    {
        SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (string line in SharedData.ReadLines("usage-payloads/payloads.jsonl"))
        {
            using JsonDocument row = JsonDocument.Parse(line);
            string id = row.RootElement.GetProperty("id").GetString()!;
            string provider = row.RootElement.GetProperty("provider").GetString()!;
            string outcome;
            try
            {
                UsageReading reading = Read(row.RootElement, UsageWire.Detect);
                outcome = reading.Status.ToString();
                outcome += reading.Status == UsageStatus.Complete ? "" : " " + reading.Reason;
            }
            catch (UsageFormatException exception)
            {
                outcome = exception.Fault.ToString();
                output.WriteLine($"{id} {provider} {row.RootElement.GetProperty("api")} {exception.Message}");
            }

            string key = $"{provider} {row.RootElement.GetProperty("api")} {outcome}";
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        foreach ((string key, int count) in counts)
        {
            output.WriteLine($"{count,4} {key}");
        }
    }

    internal static UsageReading Read(JsonElement row, UsageWire wire)
    {
        if (row.TryGetProperty("response", out JsonElement response))
        {
            return UsageReader.Read(response, wire);
        }

        StringBuilder stream = new();
        foreach (JsonElement item in row.GetProperty("events").EnumerateArray())
        {
            stream.Append("data: ").Append(item.GetRawText()).Append("\n\n");
        }

        return UsageReader.ReadStream(Encoding.UTF8.GetBytes(stream.ToString()), wire);
    }
}
