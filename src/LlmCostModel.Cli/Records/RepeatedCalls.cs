namespace LlmCostModel.Cli.Records;

/// <summary>Finds records that tell of the same call: a response that was fetched twice, a line that was copied. The id that a provider
/// gave its response says so; records without one are a call each.</summary>
internal sealed class RepeatedCalls
{
    private readonly List<PriceRecord> _records = [];
    private readonly Dictionary<(string Id, string Model, string BatchItem), int> _indexes = [];

    /// <summary>The records that wait, each call once, in the order in which they came first.</summary>
    public IReadOnlyList<PriceRecord> Records => _records;

    /// <summary>How many records told of a call that was there already.</summary>
    public int Merged { get; private set; }

    /// <summary>Whether a record may be repeated.</summary>
    public static bool CanRepeat(PriceRecord record) =>
        record.Call is { Reading: { Origin: UsageOrigin.Provider, Identity.ResponseId: not null } };

    /// <summary>Keeps a record until all are read.</summary>
    public void Add(PriceRecord record)
    {
        if (!CanRepeat(record))
        {
            _records.Add(record);
            return;
        }

        UsageReading reading = record.Call!.Reading;
        (string, string, string) key = (reading.Identity.ResponseId!, reading.Model ?? "", reading.Identity.BatchItemId ?? "");
        if (_indexes.TryAdd(key, _records.Count))
        {
            _records.Add(record);
            return;
        }

        Merged++;
        PriceRecord before = _records[_indexes[key]];
        if (IsFuller(in reading, before.Call!.Reading))
        {
            _records[_indexes[key]] = record with { Number = before.Number };
        }
    }

    /// <summary>Whether a later record says at least as much of the call: counts only grow until they are final.</summary>
    private static bool IsFuller(in UsageReading later, in UsageReading before) =>
        (Rank(in later), Size(in later)).CompareTo((Rank(in before), Size(in before))) >= 0;

    private static int Rank(in UsageReading reading) => reading.Status switch
    {
        UsageStatus.Unknown => 0,
        UsageStatus.NotBilled => 1,
        UsageStatus.Partial => 2,
        _ => 3,
    };

    private static decimal Size(in UsageReading reading) =>
        reading.Usage is { } usage ? (decimal)usage.TotalInput + usage.TotalOutput : 0;
}
