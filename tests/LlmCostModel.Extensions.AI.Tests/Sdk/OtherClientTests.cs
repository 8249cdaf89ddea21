using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmCostModel.TestData;
using Microsoft.Extensions.AI;
using static LlmCostModel.Extensions.AI.Tests.LoopbackModel;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>Bodies through the libraries of others: the cost is that of the body, or there is a reason and the cost is a bound of it.</summary>
public sealed class OtherClientTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const string Chat = """{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Hi."}}],"usage":{"prompt_tokens":1000,"completion_tokens":200,"total_tokens":1200,"prompt_tokens_details":{"cached_tokens":600,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":50}},"service_tier":"default"}""";
    private const string Ollama = """{"model":"m","created_at":"2026-08-07T06:08:11.017589Z","message":{"role":"assistant","content":"Hi."},"done":true,"done_reason":"stop","total_duration":1,"prompt_eval_count":310,"eval_count":145}""";
    private const string Gemini = """{"modelVersion":"m","candidates":[],"usageMetadata":{"promptTokenCount":1000,"candidatesTokenCount":100,"thoughtsTokenCount":50,"totalTokenCount":1150,"promptTokensDetails":[{"modality":"TEXT","tokenCount":400},{"modality":"AUDIO","tokenCount":600}]}}""";
    private const string Flex = """{"modelVersion":"m","candidates":[],"usageMetadata":{"promptTokenCount":1000,"candidatesTokenCount":100,"totalTokenCount":1100,"trafficType":"ON_DEMAND_FLEX"}}""";
    private const string Converse = """{"usage":{"inputTokens":10,"outputTokens":4,"totalTokens":7365,"cacheReadInputTokens":0,"cacheWriteInputTokens":7351},"stopReason":"end_turn","metrics":{"latencyMs":1}}""";

    /// <summary>Input 2, read 0.5, written 2.5, output 8; audio 40 and 80; half of it at flex.</summary>
    [Theory]
    [InlineData("betalgo", Chat, "Priced 0.0027")] // 400 x 2 + 600 x 0.5 + 200 x 8 = 2,700
    [InlineData("semantic kernel", Chat, "Priced 0.0027")]
    [InlineData("ollama", Ollama, "Priced 0.00178")] // 310 x 2 + 145 x 8
    [InlineData("gemini", Gemini, "Priced 0.026")] // 400 x 2 + 600 x 40 + 150 x 8
    [InlineData("gemini by counts", Gemini, "Partial 0.0016")] // (1,000 x 2 + 150 x 8) / 2 at least
    [InlineData("gemini", Flex, "Priced 0.0014")] // (1,000 x 2 + 100 x 8) / 2
    [InlineData("gemini by counts", Flex, "Partial 0.0014")]
    [InlineData("bedrock", Converse, "Priced 0.0184295")] // 10 x 2 + 7,351 x 2.5 + 4 x 8
    public async Task Body_ThroughALibrary_CostsWhatItSays(string client, string body, string expected)
    {
        CallCost cost = await CallAsync(client, new Recorded("own", new Reply(body)), EstimatorOf("m", sellsWrites: client == "bedrock"), "m");

        Assert.Equal(expected, $"{cost.Status} {cost.Total!.Value.ToString()[..^4]}");
    }

    /// <summary>At least so many are the same: the recordings hold no content, so that libraries refuse some.</summary>
    [SharedDataTheory]
    [InlineData("betalgo", "openai.chat.completions", 50)]
    [InlineData("semantic kernel", "openai.chat.completions", 50)]
    [InlineData("ollama", "ollama.chat", 10)]
    [InlineData("gemini", "gemini.generateContent", 40)]
    [InlineData("gemini by counts", "gemini.generateContent", 0)]
    [InlineData("bedrock", "bedrock.converse", 5)]
    public async Task RecordedBodies_ThroughALibrary_CostWhatTheySayOrThereIsAReason(string client, string api, int atLeast)
    {
        List<string> differences = [];
        (int same, int bounds, int unknown, int refused) = (0, 0, 0, 0);
        foreach (string line in SharedData.ReadLines("usage-payloads/payloads.jsonl"))
        {
            using JsonDocument record = JsonDocument.Parse(line);
            if (record.RootElement.GetProperty("api").GetString() != api)
            {
                continue; // of another API
            }

            Recorded recorded = Recorded.Of(record.RootElement);
            recorded = client switch
            {
                "ollama" => recorded with { Reply = Lines(record.RootElement) },
                "betalgo" or "semantic kernel" => recorded with { Reply = recorded.Reply with { Body = WithChoices(recorded.Reply) } },
                _ => recorded,
            };
            if (recorded.Read() is not { } body)
            {
                continue; // Not readable either.
            }

            string model = body.Model ?? "m";
            CostEstimator estimator = EstimatorOf(model, body.Usage is { CacheWrite: > 0 } or { CacheWrite5m: > 0 });
            PricedCall said = estimator.Price(new ModelCall { Reading = body, RequestedModel = model });
            CallCost? cost;
            try
            {
                cost = await CallAsync(client, recorded, estimator, model);
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                refused++;
                continue;
            }

            // A note says so, as the counts of searches say nothing of their cost to a bound.
            if (body.Meters.Count > 0 && cost.Priced.Notes.Any(note => note.Contains("searches", StringComparison.Ordinal)))
            {
                said = estimator.Price(new ModelCall { Reading = body with { Meters = MeteredQuantities.Empty }, RequestedModel = model });
            }

            bool isSaid = cost.Status != CostStatus.Priced && cost.Issues.All(issue => issue.Message.Length > 0);
            if (cost.Status == said.Status && cost.Total == said.Total)
            {
                same++;
            }
            else if (isSaid && cost.Total is null)
            {
                unknown++;
            }
            else if (isSaid && (said.Total is not { } whole || cost.Total!.Value.Amount <= whole.Amount))
            {
                bounds++;
            }
            else
            {
                differences.Add($"{recorded.Id}: {cost.Status} {cost.Total} {cost.Usage} Body: {said.Status} {said.Total} {body.Usage} {body.Meters} {body.Served.Tier} {string.Join(' ', said.Issues)}");
            }
        }

        string counts = string.Create(CultureInfo.InvariantCulture, $"{same} same, {bounds} bounds, {unknown} unknown, {refused} refused");
        output.WriteLine($"{client}: {counts}");
        Assert.True(differences.Count == 0 && same >= atLeast, $"{counts};\n{string.Join("\n", differences)}");
    }

    private static async Task<CallCost> CallAsync(string name, Recorded recorded, CostEstimator estimator, string requested)
    {
        await using LoopbackModel model = new(recorded.Reply);
        Ledger ledger = new();
        using IChatClient client = OtherClients.Open(name, model, requested).AsBuilder().UseCostTracking(estimator, options => options.Observers.Add(ledger)).Build();
        ChatOptions options = new() { ModelId = requested };
        _ = recorded.Reply.IsStream
            ? await client.GetStreamingResponseAsync("Hello?", options).ToChatResponseAsync()
            : await client.GetResponseAsync("Hello?", options);
        return Assert.Single(ledger.Costs);
    }

    /// <summary>Prices by which each kind of token makes another amount; writes to a cache have one where the model sells them.</summary>
    private static CostEstimator EstimatorOf(string model, bool sellsWrites)
    {
        JsonObject card = JsonNode.Parse("""
            { "PerMillionTokens": { "Input": 2, "CacheRead": 0.5, "CacheWrite": 2.5, "AudioInput": 40, "Output": 8, "AudioOutput": 80, "ImageOutput": 30 },
              "BilledAs": { "Reasoning": "Output", "CacheWrite5m": "CacheWrite", "ImageInput": "Input", "VideoInput": "Input", "AudioCacheRead": "AudioInput", "ImageCacheRead": "CacheRead" },
              "PerMeter": { "WebSearch": 0.01, "GroundedQuery": 0.01, "GroundedPrompt": 0.01 },
              "Rules": [ { "Name": "flex", "When": { "Tier": "flex" }, "Multiply": 0.5 }, { "Name": "priority", "When": { "Tier": "priority" }, "Multiply": 2 } ] }
            """)!.AsObject();
        if (!sellsWrites)
        {
            card["PerMillionTokens"]!.AsObject().Remove("CacheWrite");
            card["BilledAs"]!["CacheWrite"] = "Input";
            card["BilledAs"]!["CacheWrite5m"] = "Input";
        }

        JsonObject cards = new() { ["test"] = new JsonObject { ["Currency"] = "USD", ["Models"] = new JsonObject { [model] = card } } };
        return new CostEstimator(RateCardJson.Parse(Encoding.UTF8.GetBytes(cards.ToJsonString()), "other.json"));
    }

    /// <summary>These clients do not take an answer without choices, which the recordings leave out.</summary>
    private static string WithChoices(Reply reply)
    {
        string Whole(string json)
        {
            JsonObject whole = JsonNode.Parse(json)!.AsObject();
            JsonObject choice = new()
            {
                ["index"] = 0,
                ["finish_reason"] = "stop",
                [reply.IsStream ? "delta" : "message"] = new JsonObject { ["role"] = "assistant", ["content"] = "Hi." },
            };
            whole["choices"] = new JsonArray(choice);
            return whole.ToJsonString();
        }

        const string Data = "data: ";
        return !reply.IsStream ? Whole(reply.Body) : string.Join('\n', reply.Body.Split('\n')
            .Select(line => line.StartsWith(Data + "{", StringComparison.Ordinal) ? Data + Whole(line[Data.Length..]) : line));
    }

    /// <summary>Ollama answers by lines of JSON; the recordings hold no messages.</summary>
    private static Reply Lines(JsonElement record)
    {
        bool isStream = record.GetProperty("streaming").GetBoolean();
        JsonElement[] events = isStream ? [.. record.GetProperty("events").EnumerateArray()] : [record.GetProperty("response")];
        IEnumerable<string> lines = events.Select((one, i) =>
        {
            JsonObject whole = JsonObject.Create(one)!;
            whole.TryAdd("message", new JsonObject { ["role"] = "assistant", ["content"] = "Hi." });
            whole["done"] = i == events.Length - 1;
            return whole.ToJsonString();
        });
        return new Reply(string.Join('\n', lines), IsStream: isStream);
    }
}
