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
        CostEstimate estimate = _estimator.Estimate(record.Model, record.Usage, record.Context with { At = record.Context.At ?? _now }, record.Meters);
        IsComplete &= estimate.Status == CostStatus.Priced;
        if (_each)
        {
            WriteLine(writer => WriteEach(writer, record, estimate));
        }
        else
        {
            Groups.Add(record, in estimate, _now);
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

    private static void WriteEach(Utf8JsonWriter writer, PriceRecord record, CostEstimate estimate)
    {
        writer.WriteStartObject();
        writer.WriteNumber("record", record.Number);
        writer.WriteString("id", record.Id);
        writer.WriteString("model", record.Model);
        writer.WriteString("canonical", estimate.Model);
        writer.WriteString("status", JsonText.Status(estimate.Status));
        writer.WriteIssues(estimate.Issues);
        writer.WriteString("currency", estimate.Currency);
        writer.WriteDecimal("total", estimate.TotalAmount);
        writer.WriteNull("reported");
        writer.WriteUsage("usage", record.Usage);
        writer.WriteMeters(record.Meters);
        writer.WriteEndObject();
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
