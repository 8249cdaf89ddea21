using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>What the library itself writes: a ledger, entries of budgets, priced calls, calls.</summary>
internal sealed class LedgerFormat : LogFormat
{
    public override string Name => "ledger";

    public override string Description => "calls as this library writes them";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        public override IEnumerable<LogEntry>? Read(JsonElement record)
        {
            try
            {
                return CallRecordReader.Read(record);
            }
            catch (FormatException exception)
            {
                return [LogEntry.Unreadable(exception.Message)];
            }
        }
    }
}
