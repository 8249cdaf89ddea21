using System.Globalization;
using System.Text.Json;
using LlmCostModel.TestData;
using Microsoft.Extensions.AI;
using static LlmCostModel.Extensions.AI.Tests.LoopbackModel;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>Recorded bodies through the official libraries: what the middleware reads is what the body says, or there is a reason.</summary>
public sealed class RecordedClientTests
{
    [SharedDataTheory]
    [InlineData("openai.chat.completions")]
#if NET10_0_OR_GREATER // the oldest adapter of OpenAI's responses calls a member that the abstractions which Anthropic's brings along lack
    [InlineData("openai.responses")]
#endif
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
}
