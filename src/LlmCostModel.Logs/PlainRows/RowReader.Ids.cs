namespace LlmCostModel.Logs;

// By what the calls of a block are known again.
internal sealed partial class RowReader
{
    private readonly RowId[] _ids = new RowId[terms.Merges ? BlockSums.MostRows : 0];
    private readonly long[] _countsOf = new long[TokenBuckets.All.Length];

    /// <summary>The ids of the block, after they were read.</summary>
    public ReadOnlySpan<RowId> Ids => _ids.AsSpan(0, columns.Id < 0 ? 0 : _block.Rows);

    /// <summary>How many ids the file has, if its other row groups have as many as the one that is open.</summary>
    public long ExpectedIds => columns.Id < 0 || _rows!.Count == 0 || !_rows[columns.Id].Column.IsBytes ? 0
        : (long)((Int128)_rows.InAll * Math.Min(_rows[columns.Id].Entries, _rows.Count) / _rows.Count);

    /// <summary>Reads the ids of the block.</summary>
    public ReadOnlySpan<RowId> ReadIds()
    {
        ReadOnlySpan<byte> places = _sums.Places(_block.Rows);
        ColumnValues? times = columns.At < 0 ? null : _rows![columns.At];
        for (int i = 0; i < Ids.Length; i++)
        {
            int row = _block.Start + i;
            ref RowId id = ref _ids[i];
            UInt128? key = _scan.IdOf(row);
            (id.IsStated, id.Id) = (key is not null, key.GetValueOrDefault());
            if (!id.IsStated)
            {
                continue;
            }

            foreach ((TokenBucket bucket, int column) in columns.Counts)
            {
                _countsOf[(int)bucket] = _rows![column].Number(row);
            }

            long at = (times is null ? terms.Asked.At?.UtcTicks : ValueText.TicksOf(times, row)).GetValueOrDefault();
            id.Content = CallKeys.ContentOf(id.Id, _nameAt[places[i]].Kind.Said, at, _scan.TagsOf(row), CallKeys.UsageOf(_countsOf));
        }

        return Ids;
    }
}
