using System.Text;
using System.Text.Json;
using LlmCostModel.TestData;

namespace LlmCostModel.Extensions.Http.Tests;

/// <summary>All recorded answers of the evaluation data, through the handler.</summary>
public sealed class RecordedBodyTests
{
    /// <summary>The handler and the reader see the same in every recorded body, or refuse it alike.</summary>
    [SharedDataTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_EveryRecordedPayload_ReadsWhatTheReaderReads(bool isLong)
    {
        int rows = 0;
        foreach (string line in SharedData.ReadLines("usage-payloads/payloads.jsonl"))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement row = document.RootElement;
            bool isStream = !row.TryGetProperty("response", out JsonElement response);
            string body = isStream
                ? string.Concat(row.GetProperty("events").EnumerateArray().Select(one => $"data: {one.GetRawText()}\n\n"))
                : response.GetRawText();
            (UsageReading Reading, string? Error) expected = isStream ? Stream(body)
                : UsageReader.TryRead(Encoding.UTF8.GetBytes(body), out UsageReading whole, out string? error) ? (whole, null) : (default, error);
            // A body that is too long to be kept as it is goes another way.
            string sent = isLong && !isStream ? new string(' ', JsonBody.MaxPlain) + body : body;
            using Tracked tracked = new(new ScriptedHandler(_ => isStream ? ScriptedHandler.Events(sent) : ScriptedHandler.Json(sent)));

            using HttpResponseMessage _ = await tracked.Client.PostAsync(Tracked.Chat, new StringContent("{}"));

            string id = row.GetProperty("id").GetString()!;
            if (tracked.Costs is [])
            {
                Assert.True(body.Contains("\"status\":\"in_progress\"", StringComparison.Ordinal) || body.Contains("\"status\":\"queued\"", StringComparison.Ordinal), id);
                continue; // work that is not done yet
            }

            UsageReading read = tracked.Costs[^1].Priced.Call.Reading;
            Assert.True(expected.Error is null ? read == expected.Reading : (read.Status, read.Reason) == (UsageStatus.Unknown, expected.Error), id);
            rows++;
        }

        Assert.InRange(rows, 520, 529);
    }

    private static (UsageReading Reading, string? Error) Stream(string body)
    {
        UsageStreamReader reader = new();
        try
        {
            reader.Append(Encoding.UTF8.GetBytes(body));
            while (reader.TryTakeAnswer(out UsageReading _))
            {
            }

            return (reader.Finish(), null);
        }
        catch (UsageFormatException exception)
        {
            return (default, exception.Message);
        }
    }
}
