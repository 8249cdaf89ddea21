using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Records of a model and disjoint counts.</summary>
internal sealed class UsageRecordFormat : LogFormat
{
    public override string Name => "usage";

    public override string Description => "usage records";

    public override LogFormatReader Open() => new Reader(takesAll: false);

    internal override LogFormatReader OpenChosen() => new Reader(takesAll: true);

    private sealed class Reader(bool takesAll) : LogFormatReader
    {
        public override IEnumerable<LogEntry>? Read(JsonElement record) =>
            takesAll || UsageRecordReader.IsUsageRecord(record) ? [UsageRecordReader.Read(record)] : null;
    }
}
