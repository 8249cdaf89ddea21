namespace LlmCostModel.Logs;

// Rows of Parquet. One thread works on them: what takes time is done for a column at once.
public sealed partial class PlainLineSums
{
    private GroupTally[] _tallies = new GroupTally[64];
    private int[] _tallyOf = new int[64]; // by group, and 1; 0 is none yet
    private int _tallyCount;
    private readonly bool[] _areCopies = new bool[BlockSums.MostRows]; // by row of a block

    /// <summary>How many of the records were added up by columns, and not looked at one by one.</summary>
    internal long InBlocks { get; set; }

    /// <summary>A reader of the rows of a table; null when all of them are to be read as records.</summary>
    internal RowReader? Open(string log, ParquetTable table, ColumnMap map, CallContext asked)
    {
        RowColumns columns = new(table, map);
        _isDated = asked.At is not null;
        return columns.IsKnown ? new(TermsOf(asked), columns, map, log) : null;
    }

    /// <summary>Adds up the rows of a row group.</summary>
    /// <returns>The rows that are not added up, in their order, as they are come to.</returns>
    internal IEnumerable<int> Add(RowReader reader, ParquetRows rows)
    {
        reader.Open(rows);
        if (rows.NumberOf(0) == 1)
        {
            merger?.Expect(reader.ExpectedIds);
        }

        for (int next = 0; next < rows.Count && ShouldStop?.Invoke() != true;)
        {
            int start = next;
            if (TryAddBlock(reader, start, out next))
            {
                continue;
            }

            next = reader.Read(start);
            for (int place = 0, end; place < reader.Count; place = end)
            {
                end = place + 1;
                bool isOdd = reader.IsOdd(place);
                while (end < reader.Count && reader.IsOdd(end) == isOdd)
                {
                    end++;
                }

                if (!isOdd && TryAdd(reader, place, end))
                {
                    continue;
                }

                for (int odd = place; odd < end; odd++)
                {
                    yield return start + odd;
                }
            }
        }
    }

    /// <summary>Adds rows up by columns; if not, they are to be looked at one by one.</summary>
    private bool TryAddBlock(RowReader reader, int start, out int end)
    {
        int sums = reader.AddBlock(start, ref _tallies, out end);
        bool isAdded = sums > 0 && summary.Holds(_tallies.AsSpan(0, sums)) && (merger is null || !Wait(reader.ReadIds()));
        if (isAdded)
        {
            if (merger is not null && AddIds(reader.Ids, out bool[] areCopies))
            {
                Array.Clear(_tallies, 0, sums);
                sums = reader.AddBlockWithout(areCopies.AsSpan(0, end - start), ref _tallies);
            }

            Records += end - start;
            InBlocks += end - start;
            CountUndated(reader.Undated);
            for (int i = 0; i < sums; i++)
            {
                Add(ref _tallies[i]);
            }
        }

        Array.Clear(_tallies, 0, sums);
        return isAdded;
    }

    /// <summary>Takes the calls of a block by their ids.</summary>
    /// <returns>Whether some are there already.</returns>
    private bool AddIds(ReadOnlySpan<RowId> ids, out bool[] areCopies)
    {
        areCopies = _areCopies;
        bool areAny = false;
        for (int i = 0; i < ids.Length; i++)
        {
            for (int ahead = i; i % Ahead == 0 && ahead < Math.Min(i + Ahead, ids.Length); ahead++)
            {
                merger!.Touch(ids[ahead].Id);
            }

            ref readonly RowId id = ref ids[i];
            _areCopies[i] = id.IsStated && !merger!.AddOwn(id.Id, id.Content);
            areAny |= _areCopies[i];
        }

        return areAny;
    }

    private bool Wait(ReadOnlySpan<RowId> ids)
    {
        foreach (ref readonly RowId id in ids)
        {
            if (id.IsStated && merger!.Waits(id.Id))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds rows up; if not, each of them is a record to read.</summary>
    private bool TryAdd(RowReader reader, int start, int end)
    {
        Tally(reader, start, end);
        if (!summary.Holds(_tallies.AsSpan(0, _tallyCount)) || Wait(reader, start, end))
        {
            Clear(reader, start, end);
            return false;
        }

        bool areAllNew = true;
        (int leftOut, int undated) = (0, 0);
        for (int i = start; i < end; i++)
        {
            if (merger is not null && (i - start) % Ahead == 0)
            {
                Touch(reader, i, Math.Min(i + Ahead, end));
            }

            ref LineBatch.Line line = ref reader[i];
            bool isNew = !line.HasId || merger!.AddOwn(line.Id, line.Content);
            areAllNew &= isNew;
            line.Length = isNew ? 1 : 0;
            leftOut += isNew && !line.IsWithin ? 1 : 0;
            undated += isNew && line.IsWithin && line.IsUndated ? 1 : 0;
        }

        if (!areAllNew)
        {
            Clear(reader, start, end);
            Tally(reader, start, end);
        }

        Records += end - start;
        LeftOut += leftOut;
        CountUndated(undated);
        for (int i = 0; i < _tallyCount; i++)
        {
            Add(ref _tallies[i]);
        }

        Clear(reader, start, end);
        return true;
    }

    /// <summary>Adds rows to tallies, those that are no copies of others.</summary>
    private void Tally(RowReader reader, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            int group = reader.GroupOf(i);
            if (group < 0 || reader[i].Length == 0)
            {
                continue;
            }

            if (group >= _tallyOf.Length)
            {
                Array.Resize(ref _tallyOf, Math.Max(_tallyOf.Length * 2, group + 1));
            }

            if (_tallyOf[group] == 0)
            {
                if (_tallyCount == _tallies.Length)
                {
                    Array.Resize(ref _tallies, _tallyCount * 2);
                }

                _tallies[_tallyCount] = new() { Group = reader.Group(group) };
                _tallyOf[group] = ++_tallyCount;
            }

            reader.AddTo(ref _tallies[_tallyOf[group] - 1], i);
        }
    }

    private void Clear(RowReader reader, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (reader.GroupOf(i) is >= 0 and var group && group < _tallyOf.Length)
            {
                _tallyOf[group] = 0;
            }
        }

        Array.Clear(_tallies, 0, _tallyCount);
        _tallyCount = 0;
    }

    private void Touch(RowReader reader, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            merger!.Touch(reader[i].Id);
        }
    }

    private bool Wait(RowReader reader, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (reader[i].HasId && merger!.Waits(reader[i].Id))
            {
                return true;
            }
        }

        return false;
    }
}
