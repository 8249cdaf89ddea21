using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmCostModel.TestData;
using Microsoft.Extensions.AI;
using static LlmCostModel.Extensions.AI.Tests.LoopbackModel;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>Recorded bodies through the official libraries: what the middleware reads is what the body says, or there is a reason.</summary>
public sealed class RecordedClientTests
{
    [SharedDataTheory]
    [InlineData("openai.chat.completions")]
    [InlineData("openai.responses")]
    [InlineData("anthropic.messages")]
    public async Task RecordedBodies_ThroughTheOfficialLibrary_AreReadAsTheyAre(string api)
    {
        List<string> differences = [];
        int same = 0;
        int reasons = 0;
        int refused = 0;
        foreach (string line in SharedData.ReadLines("usage-payloads/payloads.jsonl"))
        {
            using JsonDocument record = JsonDocument.Parse(line);
            JsonElement root = record.RootElement;
            if (root.GetProperty("api").GetString() != api)
            {
                continue; // of another API
            }

            Recorded recorded = Recorded.Of(root);
            (CallCost? cost, Exception? failure) = await CallAsync(api, recorded);
            if (failure is not null)
            {
                refused++; // the library itself does not take the recording, of which content was removed
            }
            else if (cost!.Priced.Call.Reading is { Status: not UsageStatus.Complete } reading)
            {
                reasons += string.IsNullOrEmpty(reading.Reason) ? 0 : 1;
                if (recorded.Read() is { Status: UsageStatus.Complete, Usage: { } counts } whole && counts != default)
                {
                    differences.Add($"{recorded.Id}: {reading.Reason} Body: {whole.Usage}");
                }
            }
            else if (recorded.Read() is { } body && (body.Usage, body.Served.Tier) == (cost.Usage, cost.Priced.Call.Reading.Served.Tier) && body.Meters.Equals(cost.Priced.Call.Reading.Meters))
            {
                same++;
            }
            else
            {
                differences.Add($"{recorded.Id}: {cost.Priced.Call.Reading} ({cost.Priced.Call.Reading.Origin}) Body: {recorded.Read()}");
            }
        }

        Assert.True(differences.Count == 0, string.Create(CultureInfo.InvariantCulture, $"{same} same, {reasons} with reasons, {refused} refused;\n{string.Join("\n", differences)}"));
        Assert.True(same > 50, string.Create(CultureInfo.InvariantCulture, $"{same} same, {reasons} with reasons, {refused} refused"));
    }

    private static async Task<(CallCost? Cost, Exception? Failure)> CallAsync(string api, Recorded recorded)
    {
        await using LoopbackModel model = new(recorded.Reply);
        Ledger ledger = new();
        using IChatClient client = Open(api, model).AsBuilder().UseCostTracking(TestRates.Estimator, options => options.Observers.Add(ledger)).Build();
        try
        {
            ChatResponse response = recorded.Reply.IsStream ? await client.GetStreamingResponseAsync("Hello?").ToChatResponseAsync() : await client.GetResponseAsync("Hello?");
            return (ledger.Costs.Single(), null);
        }
        catch (Exception exception)
        {
            return (null, exception);
        }
    }

    private static IChatClient Open(string api, LoopbackModel model) => api switch
    {
        "openai.chat.completions" => RealClients.OpenAIChat(model, retries: 0),
        "openai.responses" => RealClients.OpenAIResponses(model),
        _ => RealClients.Anthropic(model),
    };

    private sealed record Recorded(string Id, Reply Reply)
    {
        internal static Recorded Of(JsonElement root)
        {
            string id = root.GetProperty("id").GetString()!;
            if (!root.GetProperty("streaming").GetBoolean())
            {
                return new(id, new Reply(Completed(root.GetProperty("response"))));
            }

            string[] events = [.. root.GetProperty("events").EnumerateArray().Select(Completed)];
            bool isNamed = events.Length > 0 && root.GetProperty("events")[0].TryGetProperty("type", out _);
            return new(id, isNamed ? Reply.NamedStream(events) : Reply.Stream([.. events, "[DONE]"]));
        }

        /// <summary>The recordings hold no content, without which the libraries do not take a body.</summary>
        private static string Completed(JsonElement body)
        {
            JsonObject whole = JsonObject.Create(body)!;
            foreach (JsonObject one in new[] { whole, whole["response"] as JsonObject, whole["message"] as JsonObject }.OfType<JsonObject>())
            {
                one.Remove("output_item_counts"); // put there instead of the content
                one.Remove("content_block_counts");
                switch ((string?)one["object"] ?? (string?)one["type"])
                {
                    case "response":
                        one.TryAdd("id", "resp_1");
                        one.TryAdd("output", new JsonArray());
                        break;
                    case "message":
                        one.TryAdd("id", "msg_1");
                        one.TryAdd("role", "assistant");
                        one.TryAdd("content", new JsonArray());
                        one.TryAdd("stop_reason", null);
                        one.TryAdd("stop_sequence", null);
                        break;
                }
            }

            return whole.ToJsonString();
        }

        internal UsageReading? Read()
        {
            byte[] body = System.Text.Encoding.UTF8.GetBytes(Reply.Body);
            try
            {
                return Reply.IsStream ? UsageReader.ReadStream(body) : UsageReader.Read(body);
            }
            catch (UsageFormatException)
            {
                return null;
            }
        }
    }
}
