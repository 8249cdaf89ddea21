namespace LlmCostModel.Logs;

/// <summary>Finds records that tell of the same call: a response that was fetched twice, a line that was copied. The id that a provider
/// gave its response says so; records without one are a call each. A server that gives an id again says another time, or counts that cannot
/// be those of the same call.</summary>
/// <remarks>It keeps every record that it is given, for the last may tell of the first call. Not thread-safe.</remarks>
public sealed class CallMerger
{
    private readonly List<LogRecord> _records = [];
    private readonly Dictionary<(string Id, string Model, string BatchItem), List<int>> _indexes = [];

    /// <summary>Gets the records, each call once, in the order in which they came first.</summary>
    public IReadOnlyList<LogRecord> Records => _records;

    /// <summary>Gets how many records told of a call that was there already.</summary>
    public int Merged { get; private set; }

    /// <summary>Gets how many have the id of another call.</summary>
    public int Reused { get; private set; }

    /// <summary>Determines whether another record may tell of the same call: a provider's response says its id. Others need not be kept
    /// until all are read.</summary>
    /// <param name="record">The record.</param>
    /// <returns><see langword="true"/> if one may.</returns>
    public static bool CanRepeat(LogRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Call is { Reading: { Origin: UsageOrigin.Provider, Identity.ResponseId: not null } };
    }

    /// <summary>Keeps a record until all are read. Of those of one call the one that says most stays, in the place of the first.</summary>
    /// <param name="record">The record.</param>
    public void Add(LogRecord record)
    {
        if (!CanRepeat(record))
        {
            _records.Add(record);
            return;
        }

        UsageReading reading = record.Call!.Reading;
        (string, string, string) key = (reading.Identity.ResponseId!, reading.Model ?? "", reading.Identity.BatchItemId ?? "");
        if (!_indexes.TryGetValue(key, out List<int>? indexes))
        {
            _indexes[key] = indexes = [];
        }

        int same = indexes.FindIndex(index => IsSame(_records[index], record));
        if (same < 0)
        {
            Reused += indexes.Count == 0 ? 0 : 1;
            indexes.Add(_records.Count);
            _records.Add(record);
            return;
        }

        Merged++;
        LogRecord before = _records[indexes[same]];
        if (IsFuller(in reading, before.Call!.Reading))
        {
            _records[indexes[same]] = record with { Number = before.Number };
        }
    }

    /// <summary>Whether two records of one id tell of one call: made at the same time as far as they say, and one states no count less than
    /// the other.</summary>
    private static bool IsSame(LogRecord one, LogRecord other)
    {
        if (one.Created is not null && other.Created is not null && one.Created != other.Created)
        {
            return false;
        }

        if (one.Call!.Reading.Usage is not { } left || other.Call!.Reading.Usage is not { } right)
        {
            return true;
        }

        return (left.TotalInput <= right.TotalInput && left.TotalOutput <= right.TotalOutput)
            || (left.TotalInput >= right.TotalInput && left.TotalOutput >= right.TotalOutput);
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
