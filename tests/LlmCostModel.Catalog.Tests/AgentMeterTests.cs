using System.Globalization;

namespace LlmCostModel.Catalog.Tests;

/// <summary>What hosted agents, containers, sessions and tools cost, around each change; the prices are those of the sources in the
/// catalog's files, the sums are in the comments.</summary>
public class AgentMeterTests
{
    private static readonly CostEstimator Estimator = BuiltInCatalog.CreateEstimator();

    [Theory]
    [InlineData("openai", "containers", "2026-03-30T23:59:59Z", "", "ContainerSession 2", "0.06")] // 2 x 0.03, any size
    [InlineData("openai", "containers", "2026-06-01T23:59:59Z", "", "ContainerSession 2", "0.06")] // 1g by default
    [InlineData("openai", "containers", "2026-03-31", "4g", "ContainerSession 2", "0.24")] // 2 x 0.12
    [InlineData("openai", "containers", "2026-06-02", "4g", "ContainerSession 2", null)] // by the minute from then on
    [InlineData("openai", "containers", "2026-06-02", "", "ContainerMinute 3", "0.0075")] // at least 5 x 0.03 / 20
    [InlineData("openai", "code-interpreter", "2026-06-02", "16g", "ContainerMinute 30", "0.72")] // 30 x 0.48 / 20
    [InlineData("anthropic", "managed-agents", "2026-04-08", "", "AgentSessionSecond 5400", "0.12")] // 1.5 x 0.08
    [InlineData("anthropic", "managed-agents", "2026-04-07T23:59:59Z", "", "AgentSessionSecond 5400", null)]
    [InlineData("bedrock", "agentcore-runtime", "2025-10-13", "", "VcpuSecond 3600; GigabyteSecond 7200", "0.1084")] // 0.0895 + 2 x 0.00945
    [InlineData("bedrock", "agentcore-gateway", "2026-04-01", "", "Request 2000", "0.01")] // 2 x 0.005
    [InlineData("bedrock", "agentcore-memory", "2026-04-01", "", "MemoryEvent 1000; MemoryRecordMonth 100; MemoryRetrieval 10", "0.33")] // 0.25 + 0.075 + 0.005
    [InlineData("azure_ai", "hosted-agents", "2026-04-22", "", "VcpuSecond 3600; GigabyteSecond 7200", "0.123")] // 0.0994 + 2 x 0.0118
    [InlineData("azure_ai", "hosted-agents", "2026-09-07", "", "VcpuSecond 3600; GigabyteSecond 7200", "0.12")] // 0.1 + 2 x 0.01
    [InlineData("azure_ai", "grounding-with-bing", "2026-09-07", "", "WebSearch 500", "7")] // 500 x 14 / 1,000
    [InlineData("vertex", "agent-runtime", "2025-12-15", "", "VcpuSecond 3600", "0.0994")]
    [InlineData("vertex", "agent-engine", "2026-08-21", "", "VcpuSecond 3600; GigabyteSecond 3600", "0.094")] // 0.085 + 0.009
    [InlineData("perplexity", "agent-api-tools", "2026-09-02", "", "WebSearch 10; WebFetch 10; ContainerSession 1", "0.085")] // 0.05 + 0.005 + 0.03
    [InlineData("perplexity", "search-api", "2026-09-02", "", "Request 1", "0.005")]
    [InlineData("groq", "groq/compound", "2026-03-01", "", "CodeExecutionSecond 3600; BrowserSecond 1800; WebFetch 100", "0.32")] // 0.18 + 0.04 + 0.1
    [InlineData("groq", "groq/compound", "2026-03-01", "basic", "WebSearch 100", "0.5")]
    [InlineData("groq", "groq/compound", "2026-03-01", "advanced", "WebSearch 100", "0.8")]
    [InlineData("groq", "groq/compound", "2026-03-01", "", "WebSearch 100", null)] // which search it was is not known
    [InlineData("xai", "grok-voice-agent", "2026-06-01", "", "LiveSessionSecond 90", "0.075")] // 1.5 x 0.05
    [InlineData("xai", "speech-to-text", "2026-06-01", "", "AudioInputSecond 1800", "0.05")]
    [InlineData("xai", "speech-to-text-streaming", "2026-06-01", "", "AudioInputSecond 1800", "0.1")]
    [InlineData("google", "gemini-3.8-flash", "2026-11-20", "", "MapsQuery 2", "0.028")] // 2 x 14 / 1,000
    public void Meters_OfTheDay_CostWhatIsStated(string provider, string model, string at, string option, string meters, string? usd)
    {
        CallContext context = On(at) with
        {
            Provider = provider,
            Attributes = option.Length == 0 ? null : CallAttributes.Create(new KeyValuePair<string, string>(provider == "groq" ? "searchType" : "memory", option)),
        };
        MeteredQuantities quantities = MeteredQuantities.Empty;
        foreach (string[] pair in meters.Split("; ").Select(meter => meter.Split(' ')))
        {
            quantities = quantities.With(pair[0], decimal.Parse(pair[1], CultureInfo.InvariantCulture));
        }

        CostEstimate estimate = Estimator.Estimate(model, default, context, quantities);

        Assert.Equal(usd is null ? null : decimal.Parse(usd, CultureInfo.InvariantCulture), estimate.Total?.Amount);
    }

    /// <summary>A quantity is billed beyond the free one of the period.</summary>
    [Theory]
    [InlineData("anthropic", "code-execution", "ContainerMinute", 0, 1200, 0)] // 1,550 hours are free in a month
    [InlineData("anthropic", "code-execution", "ContainerMinute", 93000, 1200, 1)] // 20 x 0.05
    [InlineData("anthropic", "code-execution", "ContainerMinute", 93000, 1, 0.004166666666666666666666666667)] // at least 5 minutes: 0.05 / 12
    [InlineData("vertex", "agent-runtime", "VcpuSecond", 180000, 3600, 0.0864)] // until the unified prices; 50 hours are free
    [InlineData("google", "gemini-2.5-flash", "MapsGroundedPrompt", 1500, 1000, 25)]
    [InlineData("google", "gemini-2.5-pro", "MapsGroundedPrompt", 9999, 1, 0)]
    [InlineData("google", "gemini-2.5-pro", "MapsGroundedPrompt", 10000, 1, 0.025)]
    public void Meter_BeyondWhatIsFree_CostsThePrice(string provider, string model, string meter, int before, int quantity, double usd)
    {
        CallContext context = On("2026-08-20") with { Provider = provider, ConsumedBefore = MeteredQuantities.Empty.With(meter, before) };

        CostEstimate estimate = Estimator.Estimate(model, default, context, MeteredQuantities.Empty.With(meter, quantity));

        Assert.Equal(usd, (double)estimate.Total!.Value.Amount, 12);
    }

    private static CallContext On(string at) =>
        new() { At = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) };
}
