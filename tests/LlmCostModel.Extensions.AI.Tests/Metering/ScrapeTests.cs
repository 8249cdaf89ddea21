using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>A Prometheus on this machine scrapes tracked calls, draws the drift panel and raises the alert, by the files of the
/// documentation.</summary>
[Collection("metrics")]
public sealed class ScrapeTests
{
    /// <summary>By gpt-test's prices 1,000 x 2 + 100 x 8 = 2,800 millionths, of which the provider says 3,000; a call that reports nothing costs ten times as much.</summary>
    private const string Body = """{"model":"gpt-test","usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100,"cost":0.003,"cost_details":{"upstream_inference_cost":null}}}""";

    [PrometheusFact]
    public async Task Scraped_RealCalls_DriftLikeByLikeAndAlertOnTheFirst()
    {
        await using PrometheusServer prometheus = PrometheusServer.Start(ObservabilityFiles.Alerts);
        using MeterProvider provider = Sdk.CreateMeterProviderBuilder().AddMeter(MetricNames.Meter)
            .AddPrometheusHttpListener(options => options.Port = prometheus.Target).Build();
        using IChatClient reporting = Tracked(new ScriptedChatClient(_ => Reporting()));
        using IChatClient silent = Tracked(new ScriptedChatClient(10_000, 1_000));

        // A rate needs two scrapes; the counters grow between all of them.
        string drift = ObservabilityFiles.Query(7, rateInterval: "10s", range: "30s");
        double? quotient = await prometheus.WaitForAsync(drift, async () =>
        {
            await reporting.GetResponseAsync("Hello?");
            await silent.GetResponseAsync("Hello?");
        });

        Assert.Equal(2_800.0 / 3_000.0, quotient!.Value, 9);
        Assert.DoesNotContain(await prometheus.AlertsAsync(), alert => alert.StartsWith("LlmCallsUnpriced", StringComparison.Ordinal));

        using IChatClient unknown = Tracked(new ScriptedChatClient(_ => ScriptedChatClient.Answer(10, 1, "acme-9")));
        await unknown.GetResponseAsync("Hello?");

        Assert.Equal("LlmCallsUnpriced firing UnknownModel acme-9", await prometheus.WaitForAlertAsync("LlmCallsUnpriced"));
    }

    private static ChatResponse Reporting() => new(new ChatMessage(ChatRole.Assistant, "Hi."))
    {
        ModelId = "gpt-test",
        RawRepresentation = JsonSerializer.Deserialize<JsonElement>(Body),
    };

    private static IChatClient Tracked(IChatClient client) => client.AsBuilder().UseCostTracking(TestRates.Estimator).Build();
}
