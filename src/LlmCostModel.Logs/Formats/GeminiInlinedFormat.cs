using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Batches of Gemini that hold their answers.</summary>
internal sealed class GeminiInlinedFormat : LogFormat
{
    public override string Name => "gemini-inlined";

    public override string Description => "batches of Gemini with their answers inside";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        public override IEnumerable<LogEntry>? Read(JsonElement record) => InlinedResponses.Read(record)?.Select(answer =>
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            return ResponseRecords.Read(document.RootElement.Clone(), ApiFormat.Detect);
        });
    }
}
