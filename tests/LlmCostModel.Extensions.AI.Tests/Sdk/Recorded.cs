using System.Text.Json;
using System.Text.Json.Nodes;
using static LlmCostModel.Extensions.AI.Tests.LoopbackModel;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>A recorded answer, as a server gives it.</summary>
internal sealed record Recorded(string Id, Reply Reply)
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

    /// <summary>What the answer says; <see langword="null"/> when it cannot be read.</summary>
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
