using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Events of Bedrock's ConverseStream without a usage; the one that has it is a body of its own.</summary>
internal sealed class BedrockStreamFormat : LogFormat
{
    private static readonly string[] WithoutCall =
        ["messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop"];

    public override string Name => "bedrock-stream";

    public override string Description => "events of Bedrock's ConverseStream";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        public override IEnumerable<LogEntry>? Read(JsonElement record) =>
            record.ValueKind == JsonValueKind.Object
            && record.EnumerateObject().Any()
            && record.EnumerateObject().All(member => WithoutCall.Contains(member.Name))
                ? []
                : null;
    }
}
