using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Parts of the AI SDK's streams, one a line.</summary>
internal sealed class AISdkFormat : LogFormat
{
    public override string Name => "ai-sdk";

    public override string Description => "streams of the AI SDK";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        private readonly SdkLines _lines = new();

        public override IEnumerable<LogEntry>? Read(JsonElement record) =>
            record.ValueKind == JsonValueKind.Object && record.Text("type") is { } type ? _lines.Read(type, record)?.ToEntries() : null;
    }
}
