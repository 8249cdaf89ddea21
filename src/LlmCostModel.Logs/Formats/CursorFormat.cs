using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Usage events as Cursor's dashboard exports them.</summary>
/// <remarks>
/// The columns of exports of 2025 and 2026; Cursor does not document them. The counts are disjoint, and add up to the total: what is
/// written to the cache is <c>Input (w/ Cache Write)</c>. A plan covers what is <c>Included</c>, at no cost of its own.
/// </remarks>
internal sealed class CursorFormat : LogFormat
{
    private const string Written = "Input (w/ Cache Write)";
    private const string Fresh = "Input (w/o Cache Write)";

    public override string Name => "cursor";

    public override string Description => "usage events of Cursor";

    internal override IReadOnlyList<string> Marks { get; } = ["Output Tokens"];

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        public override IEnumerable<LogEntry>? Read(JsonElement record) =>
            RecordFields.Of(record) is { } fields && fields.Has("Date", "Model", Written, Fresh, "Cache Read", "Output Tokens")
                ? LoggedCall.Read(() => ReadRow(fields)) is { } entry ? [entry] : []
                : null;

        private static LogEntry? ReadRow(RecordFields fields)
        {
            string? kind = fields.Text("Kind");
            TokenUsage usage = new()
            {
                Input = fields.Count(Fresh) ?? 0,
                CacheWrite = fields.Count(Written) ?? 0,
                CacheRead = fields.Count("Cache Read") ?? 0,
                Output = fields.Count("Output Tokens") ?? 0,
            };
            LoggedCall call = new()
            {
                Model = fields.Text("Model"),
                Usage = usage,
                At = fields.Instant("Date"),
                Key = fields.Names(),
                Reported = fields.Text("Cost") is { } cost && cost.AsSpan().ContainsAnyInRange('0', '9')
                    ? LoggedCall.CostOf(fields.Amount("Cost")) : null,
                Tags = [("user", fields.Text("User")), ("billing", kind), ("max mode", fields.Text("Max Mode"))],
            };
            if (kind is not null && (kind.Contains("No Charge", StringComparison.OrdinalIgnoreCase)
                || kind.Contains("Not Charged", StringComparison.OrdinalIgnoreCase)))
            {
                return (call with { Unbilled = $"Cursor says: {kind}." }).ToEntry();
            }

            long sum = checked(usage.TotalInput + usage.TotalOutput);
            if (fields.Count("Total Tokens") is { } total && total != sum)
            {
                call.Doubts.Add(FormattableString.Invariant($"The counts add up to {sum} tokens, and the total is {total}."));
            }

            return sum == 0 ? null : call.ToEntry();
        }
    }
}
