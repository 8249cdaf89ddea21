using System.Diagnostics;
using System.Globalization;
using LlmCostModel.TestData;
using Microsoft.Extensions.AI;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>What the OpenTelemetry SDK exports. The meter is one per process, so these tests run alone.</summary>
[Collection("metrics")]
public class MetricTests
{
    private readonly List<Metric> _exported = [];

    [Fact]
    public async Task Calls_Exported_HaveDocumentedNamesUnitsAndValues()
    {
        using MeterProvider provider = Collect();
        using IChatClient client = Tracked(new ScriptedChatClient(1_000, 100), options => options.MetricTags.Add("feature"));

        using (CostScope.Begin(("feature", "search"), ("user", "42")))
        {
            await client.GetResponseAsync("Hello?");
            await client.GetResponseAsync("Hello?");
        }

        provider.ForceFlush();

        // 1,000 x 2 + 100 x 8 = 2,800 millionths a call
        Metric cost = Named(MetricNames.UsageCost);
        Assert.Equal(("{currency}", MetricType.DoubleSum), (cost.Unit, cost.MetricType));
        MetricPoint point = Assert.Single(Points(cost));
        Assert.Equal(0.0056, point.GetSumDouble(), 12);
        Assert.Equal(
            ["feature=search", "gen_ai.operation.name=chat", "gen_ai.provider.name=scripted", "gen_ai.request.model=gpt-test", "gen_ai.response.model=gpt-test", "llmcost.currency=USD"],
            Tags(point));

        Metric perCall = Named(MetricNames.OperationCost);
        Assert.Equal(("{currency}", MetricType.Histogram), (perCall.Unit, perCall.MetricType));
        MetricPoint histogram = Assert.Single(Points(perCall));
        Assert.Equal(2, histogram.GetHistogramCount());
        List<double> bounds = [];
        foreach (HistogramBucket bucket in histogram.GetHistogramBuckets())
        {
            bounds.Add(bucket.ExplicitBound);
        }

        Assert.Equal([0.00001, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 50, double.PositiveInfinity], bounds);

        Metric tokens = Named(MetricNames.UsageTokens);
        Assert.Equal(("{token}", MetricType.LongSum), (tokens.Unit, tokens.MetricType));
        Assert.Equal([("Input", 2_000), ("Output", 200)], Points(tokens).Select(one => (Tag(one, MetricNames.TokenKind), one.GetSumLong())).Order());
        Assert.Equal([("priced", 2)], Points(Named(MetricNames.Calls)).Select(one => (Tag(one, MetricNames.Status), one.GetSumLong())));
        Assert.All(_exported, metric => Assert.False(string.IsNullOrEmpty(metric.Description)));
    }

    // The bucket of value i has i + 1 tokens.
    [Fact]
    public void Tokens_OfEveryBucket_AreAKindOfTheirOwn()
    {
        using MeterProvider provider = Collect();
        TokenBucket[] buckets = Enum.GetValues<TokenBucket>();
        TokenUsage usage = buckets.Aggregate(default(TokenUsage), (sum, bucket) => sum.With(bucket, (int)bucket + 1));

        PricedCall priced = TestRates.Estimator.Price(ModelCall.FromUsage("gpt-test", usage));
        new CostInstruments(null, new CostTrackingOptions()).Record(new CallCost { Operation = "chat", Priced = priced });

        provider.ForceFlush();
        IEnumerable<(string?, long)> points = Points(Named(MetricNames.UsageTokens)).Select(one => (Tag(one, MetricNames.TokenKind), one.GetSumLong()));
        Assert.Equal(buckets.Select(bucket => ((string?)bucket.ToString(), (long)bucket + 1)).Order(), points.Order());
    }

    [Fact]
    public async Task UnpricedCall_Exported_CountsByReasonAndAddsNoCost()
    {
        using MeterProvider provider = Collect();
        using IChatClient unknownModel = Tracked(new ScriptedChatClient(_ => ScriptedChatClient.Answer(10, 10, "no-such-model")));
        using IChatClient unknownUsage = Tracked(new ScriptedChatClient(_ => new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hi.")) { ModelId = "gpt-test" }));

        await unknownModel.GetResponseAsync("Hello?");
        await unknownUsage.GetResponseAsync("Hello?");
        provider.ForceFlush();

        Assert.Equal([("UnknownModel", 1), ("UnknownUsage", 1)], Points(Named(MetricNames.UnpricedCalls)).Select(one => (Tag(one, MetricNames.Reason), one.GetSumLong())).Where(one => one.Item2 != 0).Order());
        Assert.DoesNotContain(_exported, metric => metric.Name == MetricNames.UsageCost);
    }

    /// <summary>Every reason has a 0 from the first call on, so that its first occurrence is an increase.</summary>
    [Fact]
    public async Task UnpricedCalls_BeforeTheFirst_AreZero()
    {
        using MeterProvider provider = Collect();
        using IChatClient client = Tracked(new ScriptedChatClient(1, 1));

        await client.GetResponseAsync("Hello?");
        provider.ForceFlush();

        List<MetricPoint> points = Points(Named(MetricNames.UnpricedCalls));
        Assert.Equal(Enum.GetNames<CostIssueKind>().Order(), points.Select(one => Tag(one, MetricNames.Reason)!).Order());
        Assert.All(points, one => Assert.Equal(0, one.GetSumLong()));
    }

    /// <summary>OpenTelemetry's counters: all input, and the cached part of it again; text is only known to be text where another modality is stated.</summary>
    [Fact]
    public void Tokens_Detailed_AreAllInputAndOutputByModality()
    {
        using MeterProvider provider = Collect();
        TokenUsage usage = new() { Input = 100, CacheRead = 30, CacheWrite5m = 7, AudioInput = 20, Output = 50, Reasoning = 9 };

        PricedCall priced = TestRates.Estimator.Price(ModelCall.FromUsage("gpt-test", usage));
        new CostInstruments(null, new CostTrackingOptions()).Record(new CallCost { Operation = "chat", Priced = priced });
        provider.ForceFlush();

        Assert.Equal([("audio", 20), ("text", 130), ("unknown", 7)], Modalities(MetricNames.InputTokens));
        Assert.Equal([("text", 30)], Modalities(MetricNames.CacheReadInputTokens));
        Assert.Equal([("unknown", 7)], Modalities(MetricNames.CacheWriteInputTokens));
        Assert.Equal([("unknown", 59)], Modalities(MetricNames.OutputTokens));
        Assert.Equal([("unknown", 9)], Modalities(MetricNames.ReasoningOutputTokens));

        IEnumerable<(string?, long)> Modalities(string name) => Points(Named(name)).Select(one => (Tag(one, MetricNames.Modality), one.GetSumLong())).Order();
    }

    [Fact]
    public async Task DriftedCall_BeyondTheTolerance_IsCounted()
    {
        using MeterProvider provider = Collect();
        string[] bodies = ["""{"prompt_tokens":100,"completion_tokens":10,"total_tokens":110,"cost":0.0003}""", """{"prompt_tokens":100,"completion_tokens":10,"total_tokens":110,"cost":0.00028}"""];
        await using LoopbackModel model = new(bodies.Select(usage => Bodies.Chat(usage, "default")));
        using IChatClient client = Tracked(RealClients.OpenAIChat(model));

        await client.GetResponseAsync("Hello?");
        await client.GetResponseAsync("Hello?");
        provider.ForceFlush();

        Assert.Equal([("under", 1)], Points(Named(MetricNames.DriftedCalls)).Select(one => (Tag(one, MetricNames.Direction), one.GetSumLong())).Where(one => one.Item2 != 0));
        Assert.Equal(0.00056, Points(Named(MetricNames.ComparedCost)).Single().GetSumDouble(), 12); // 2 x (100 x 2 + 10 x 8) millionths
        Assert.Equal(0.00058, Points(Named(MetricNames.ComparedReportedCost)).Single().GetSumDouble(), 12);
        Assert.Equal(0.00058, Points(Named(MetricNames.ReportedCost)).Single().GetSumDouble(), 12);
    }

    [Fact]
    public async Task MetricTags_OfManyUsers_StayBounded()
    {
        int users = SampleSize.Of(1_000_000, atTheDesk: 100_000);
        using MeterProvider provider = Collect();
        using IChatClient client = Tracked(new ScriptedChatClient(1, 1), options =>
        {
            options.MetricTags.Add("user");
            options.MaxMetricTagValues = 50;
        });

        for (int user = 0; user < users; user++)
        {
            using CostScope scope = CostScope.Begin(("user", user.ToString(CultureInfo.InvariantCulture)));
            await client.GetResponseAsync([]);
        }

        provider.ForceFlush();
        MetricPoint[] points = [.. Points(Named(MetricNames.Calls)).Where(point => Tag(point, "user") is not null)]; // not what an earlier test left running
        Assert.Equal(51, points.Length);
        Assert.Equal(users - 50, points.Single(point => Tag(point, "user") == "other").GetSumLong());
    }

    [Fact]
    public async Task Activity_OfTheCall_CarriesTheCost()
    {
        List<Activity> spans = [];
        using TracerProvider tracing = Sdk.CreateTracerProviderBuilder().AddSource("tests").AddInMemoryExporter(spans).Build();
        using IChatClient client = new ScriptedChatClient(1_000, 100).AsBuilder().UseOpenTelemetry(sourceName: "tests").UseCostTracking(TestRates.Estimator).Build();
        using ActivitySource application = new("tests");

        using (application.StartActivity("request"))
        {
            await client.GetResponseAsync("Hello?");
            await client.GetStreamingResponseAsync("Hello?").ToChatResponseAsync();
        }

        Activity[] calls = [.. spans.Where(span => span.OperationName.StartsWith("chat", StringComparison.Ordinal))];
        Assert.Equal(2, calls.Length);
        Assert.All(calls, span => Assert.Equal((0.0028, "0.0028", "USD", "priced"), (span.GetTagItem(MetricNames.ActivityCost), span.GetTagItem(MetricNames.ActivityCostText), span.GetTagItem(MetricNames.Currency), span.GetTagItem(MetricNames.Status))));
        Assert.Null(spans.Single(span => span.OperationName == "request").GetTagItem(MetricNames.ActivityCost));
    }

    private static IChatClient Tracked(IChatClient client, Action<CostTrackingOptions>? configure = null) =>
        client.AsBuilder().UseCostTracking(TestRates.Estimator, configure).Build();

    private static List<MetricPoint> Points(Metric metric)
    {
        List<MetricPoint> points = [];
        foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
        {
            points.Add(point);
        }

        return points;
    }

    private static string[] Tags(MetricPoint point)
    {
        List<string> tags = [];
        foreach (KeyValuePair<string, object?> tag in point.Tags)
        {
            tags.Add($"{tag.Key}={tag.Value}");
        }

        return [.. tags.Order(StringComparer.Ordinal)];
    }

    private static string? Tag(MetricPoint point, string name) => Tags(point).SingleOrDefault(tag => tag.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    private MeterProvider Collect() => Sdk.CreateMeterProviderBuilder().AddMeter(MetricNames.Meter).AddInMemoryExporter(_exported).Build();

    private Metric Named(string name) => _exported.Single(metric => metric.Name == name);
}
