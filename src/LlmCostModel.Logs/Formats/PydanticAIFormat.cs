using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>The requests among Pydantic AI's messages; the responses are bodies of their own.</summary>
internal sealed class PydanticAIFormat : LogFormat
{
    public override string Name => "pydantic-ai";

    public override string Description => "messages of Pydantic AI";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        public override IEnumerable<LogEntry>? Read(JsonElement record) =>
            record.ValueKind == JsonValueKind.Object
            && record.Text("type") is null
            && record.Text("kind") == "request"
            && record.TryGetProperty("parts", out JsonElement parts)
            && parts.ValueKind == JsonValueKind.Array
                ? []
                : null;
    }
}
