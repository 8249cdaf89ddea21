namespace LlmCostModel.Logs;

/// <summary>Calls as a table of usage records: one row for each, and one for each call that was made inside of it.</summary>
/// <remarks>The columns are called as <see cref="LogReader"/> finds them: read again, the rows have the same cost. All of them are in
/// memory until they are written. Not thread-safe.</remarks>
public sealed class CallTable
{
    private readonly WrittenColumn _id = new("id", ParquetKind.Text);
    private readonly WrittenColumn _model = new("model", ParquetKind.Text);
    private readonly WrittenColumn _at = new("at", ParquetKind.Instant);
    private readonly WrittenColumn _provider = new("provider", ParquetKind.Text);
    private readonly WrittenColumn _region = new("region", ParquetKind.Text);
    private readonly WrittenColumn _tier = new("tier", ParquetKind.Text);
    private readonly WrittenColumn[] _counts = [.. TokenBuckets.All.Select(row => new WrittenColumn(row.JsonName, ParquetKind.Integer))];
    private readonly SortedDictionary<string, WrittenColumn> _others = new(StringComparer.Ordinal);

    /// <summary>Gets how many rows there are.</summary>
    public int Rows => _model.Count;

    /// <summary>Gets how many calls have no row: no usage record can say what they are, for they are the sum of several, name no model, or
    /// do not say all that they consumed.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Adds a call.</summary>
    /// <param name="record">The record that told of it.</param>
    /// <param name="call">What it cost.</param>
    public void Add(LogRecord record, PricedCall call)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(call);
        UsageReading reading = call.Call.Reading;
        bool isWhole = reading is { Status: UsageStatus.Complete, Calls: null or 1 }
            && call.Parts.All(part => part is { Model: not null } && (part.Usage is not null || part.Meters.Count > 0));
        if (!isWhole)
        {
            LeftOut += reading.Status == UsageStatus.NotBilled ? 0 : 1;
            return;
        }

        foreach (PricedPart part in call.Parts)
        {
            Add(record, call, part, isMain: ReferenceEquals(part, call.Main));
        }
    }

    /// <summary>Writes the rows as a Parquet file.</summary>
    /// <param name="target">Where to.</param>
    /// <exception cref="LogFormatException">A quantity has more digits than decimals of Parquet.</exception>
    public void WriteParquet(Stream target)
    {
        ArgumentNullException.ThrowIfNull(target);
        foreach (WrittenColumn column in _others.Values)
        {
            column.FillTo(Rows);
        }

        WrittenColumn[] columns = [_id, _model, _at, _provider, _region, _tier, .. _counts, .. _others.Values];
        new ParquetWriter(target).Write([.. columns.Where(column => column == _model || column == _counts[0] || IsUsed(column))]);
    }

    private static bool IsUsed(WrittenColumn column) => Enumerable.Range(0, column.Count).Any(row => !column.IsNull(row));

    private void Add(LogRecord record, PricedCall call, PricedPart part, bool isMain)
    {
        CallContext context = call.Context;
        int row = Rows;
        _id.AddText(isMain ? call.Call.Identity.Id : null);
        _model.AddText(part.Model);
        _at.AddInstant(call.Call.Context.At);
        _provider.AddText(context.Provider);
        _region.AddText(context.Region);
        _tier.AddText(context.Batch == true ? ServiceTiers.Batch : context.Tier);
        for (int i = 0; i < _counts.Length; i++)
        {
            long count = part.Usage.GetValueOrDefault()[TokenBuckets.All[i].Bucket];
            _counts[i].AddNumber(part.Usage is not null && (count != 0 || i == 0) ? count : null);
        }

        foreach ((string name, string value) in record.Tags)
        {
            Other("tags." + name, ParquetKind.Text, row).AddText(value);
        }

        foreach ((string name, decimal quantity) in part.Meters)
        {
            Other("meters." + name, ParquetKind.Decimal, row).AddDecimal(quantity);
        }

        foreach ((string name, string value) in context.Attributes ?? CallAttributes.Empty)
        {
            Other("attributes." + name, ParquetKind.Text, row).AddText(value);
        }
    }

    private WrittenColumn Other(string name, ParquetKind kind, int row)
    {
        if (!_others.TryGetValue(name, out WrittenColumn? column))
        {
            _others[name] = column = new(name, kind);
        }

        column.FillTo(row);
        return column;
    }
}
