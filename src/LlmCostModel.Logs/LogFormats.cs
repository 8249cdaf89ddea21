using System.Collections.Immutable;

namespace LlmCostModel.Logs;

/// <summary>The formats that the library reads.</summary>
public static class LogFormats
{
    /// <summary>Gets records of a model with disjoint counts, as <c>llmcost</c> reads and writes them.</summary>
    public static LogFormat UsageRecords { get; } = new UsageRecordFormat();

    /// <summary>Gets all of them, in the order in which they are looked for.</summary>
    public static ImmutableArray<LogFormat> All { get; } =
    [
        new RealtimeFormat(), new ManagedAgentsFormat(), new OpenTelemetryFormat(), new GeminiInlinedFormat(),
        new CodexFormat(), new CopilotFormat(), new BedrockStreamFormat(), new PydanticAIFormat(), new ClineFormat(),
        new AISdkFormat(), new ClaudeCodeFormat(), new GeminiCliFormat(), new OpenCodeFormat(), new PiFormat(),
        new LiteLlmFormat(), new OpenRouterFormat(), new LangfuseFormat(), new HeliconeFormat(), new PortkeyFormat(),
        new LangSmithFormat(), new BedrockLogFormat(), new OpenAIUsageFormat(), new AnthropicUsageFormat(), new CursorFormat(),
        new CostReportFormat(), UsageRecords, new LedgerFormat(),
    ];

    /// <summary>Finds a format by its name.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <returns>The format; <see langword="null"/> when there is none of that name.</returns>
    public static LogFormat? Find(string name) =>
        All.FirstOrDefault(format => format.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
