using System.Text;
using System.Text.Json;
using LlmCostModel.Cli.Output;

namespace LlmCostModel.Cli.Records;

/// <summary>Prices records one after the other: writes each, or adds them up.</summary>
internal sealed class PriceRun : IDisposable
{
    private const int FlushAt = 1 << 16;

    private readonly CommandHost _host;
    private readonly ICostEstimator _estimator;
    private readonly bool _each;
    private readonly StreamWriter? _rejects;
    private readonly StringBuilder _pending = new();
    private readonly DateTimeOffset _now;

    public PriceRun(CommandHost host, ICostEstimator estimator, CostGroups groups, bool each, string? rejectsFile)
    {
        _host = host;
        _estimator = estimator;
        _each = each;
        _now = host.Clock.GetUtcNow();
        _rejects = rejectsFile is null ? null : new StreamWriter(rejectsFile, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        Groups = groups;
    }

    public CostGroups Groups { get; }

    public int Records { get; private set; }

    public int Rejected { get; private set; }

    public bool IsComplete { get; private set; } = true;

    public void Add(PriceRecord record)
    {
        Records++;
        if (record.Rejection is not null)
        {
            Reject(record);
            return;
        }

        // One "now" for the whole run, so that records without an instant are priced alike.
        RecordCost cost = RecordCost.Of(record, _estimator, _now);
        IsComplete &= cost.Status == CostStatus.Priced;
        if (_each)
        {
            WriteLine(writer => WriteEach(writer, record, cost));
        }
        else
        {
            Groups.Add(record, cost, _now);
        }
    }

    public void Finish()
    {
        _host.Write(_pending.ToString());
        _pending.Clear();
    }

    public void Dispose() => _rejects?.Dispose();

    private void Reject(PriceRecord record)
    {
        Rejected++;
        IsComplete = false;
        _rejects?.Write(JsonText.Write(
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("line", record.Number);
                writer.WriteString("reason", record.Rejection);
                writer.WriteString("record", record.Raw);
                writer.WriteEndObject();
            },
            indented: false));
        if (_each)
        {
            WriteLine(writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("record", record.Number);
                writer.WriteString("id", record.Id);
                writer.WriteString("status", "rejected");
                writer.WriteStartArray("reasons");
                writer.WriteStringValue(record.Rejection);
                writer.WriteEndArray();
                writer.WriteEndObject();
            });
        }
        else
        {
            _host.Error.WriteLine($"record {record.Number}: {record.Rejection}");
        }
    }

    private static void WriteEach(Utf8JsonWriter writer, PriceRecord record, RecordCost cost)
    {
        writer.WriteStartObject();
        writer.WriteNumber("record", record.Number);
        writer.WriteString("id", record.Id);
        writer.WriteString("model", record.Model.Length == 0 ? null : record.Model);
        writer.WriteString("canonical", cost.Canonical);
        writer.WriteString("status", JsonText.Status(cost.Status));
        writer.WriteStartArray("reasons");
        foreach (string reason in cost.Reasons)
        {
            writer.WriteStringValue(reason);
        }

        writer.WriteEndArray();
        writer.WriteString("currency", cost.Total?.Currency);
        writer.WriteDecimal("total", cost.Total?.Amount);
        writer.WriteDecimal("reported", record.Reported?.Charged.Amount);
        WriteReportedMore(writer, record, cost);
        if (record.IsUsageKnown)
        {
            writer.WriteUsage("usage", record.Usage);
        }
        else
        {
            writer.WriteNull("usage");
        }

        writer.WriteMeters(record.Meters);
        WriteOthers(writer, record);
        writer.WriteEndObject();
    }

    /// <summary>What goes with a reported cost: the upstream cost of an own key, and how far the calculated cost is from all of it.</summary>
    private static void WriteReportedMore(Utf8JsonWriter writer, PriceRecord record, RecordCost cost)
    {
        if (record.Reported is not { } reported)
        {
            return;
        }

        if (reported.OwnKey)
        {
            writer.WriteDecimal("reportedUpstream", reported.Upstream?.Amount);
        }

        if (cost.Status == CostStatus.Priced && reported.Total is { } all && cost.Total is { } total && total.Currency == all.Currency)
        {
            writer.WriteDecimal("drift", new CostDrift(total, all).Difference);
        }
    }

    private static void WriteOthers(Utf8JsonWriter writer, PriceRecord record)
    {
        if (record.Others.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("others");
        foreach (OtherModelUsage other in record.Others)
        {
            writer.WriteStartObject();
            writer.WriteString("model", other.Model);
            writer.WriteUsage("usage", other.Usage);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteLine(Action<Utf8JsonWriter> write)
    {
        _pending.Append(JsonText.Write(write, indented: false));
        if (_pending.Length > FlushAt)
        {
            Finish();
        }
    }
}
