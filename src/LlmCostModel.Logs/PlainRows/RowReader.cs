using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Prices rows of a table in batches, as a <see cref="ChunkReader"/> does lines. Those of which there is more to say are odd: they
/// are left to those who read records one by one.</summary>
/// <param name="terms">How rows are priced and added up.</param>
/// <param name="columns">Which columns say what.</param>
/// <param name="map">Reads rows as records.</param>
/// <param name="log">What the log is called.</param>
internal sealed partial class RowReader(LineTerms terms, RowColumns columns, ColumnMap map, string log)
{
    private const int MostNames = 3_000;
    private const int MostGroups = 200_000;

    private readonly RowScan _scan = new(
        columns, needsTags: terms.Merges || terms.Summary.Keys.Any(key => key.Fact == SummaryFact.Tag), needsIds: terms.Merges);

    private readonly bool _saves = terms.Summary.Savings is not null;
    private readonly LocalClock _clock = new(terms.Summary.TimeZone);
    private readonly bool _hasHours = terms.Summary.Keys.Any(key => key.Fact == SummaryFact.Hour);
    private readonly bool _hasTimes = terms.Summary.Keys.Any(key => key.Fact is SummaryFact.Hour or SummaryFact.Day);
    private readonly string[] _tagKeys = [.. terms.Summary.Keys.Where(key => key.Fact == SummaryFact.Tag).Select(key => key.Tag!)];
    private readonly GroupTable _groups = new(2 + terms.Summary.Keys.Count(key => key.Fact == SummaryFact.Tag));
    private readonly LineBatch _batch = new(2 + terms.Summary.Keys.Count(key => key.Fact == SummaryFact.Tag));
    private readonly Dictionary<ulong, LineKind?> _kinds = [];
    private readonly int[] _groupOf = new int[LineBatch.Most];
    private readonly (decimal Amount, decimal? Saved)[] _amounts = new (decimal, decimal?)[LineBatch.Most];
    private LinePrices _prices = new(terms.Estimator);
    private (ulong Key, LineKind? Kind)? _last;
    private ParquetRows? _rows;
    private bool _isZonelessSaid;
    private int _start;

    /// <summary>How many rows are in the batch.</summary>
    public int Count => _batch.Count;

    /// <summary>What is known of a row of the batch.</summary>
    public ref LineBatch.Line this[int place] => ref _batch[place];

    /// <summary>Whether a row of the batch is to be read as a record.</summary>
    public bool IsOdd(int place) => _batch[place].Kind is null || (_batch[place].IsWithin && _groupOf[place] < 0);

    /// <summary>The group of a row of the batch, by its place; below 0 when it is left out.</summary>
    public int GroupOf(int place) => _groupOf[place];

    /// <summary>The group at a place.</summary>
    public GroupKey Group(int place) => _groups[place];

    public void Open(ParquetRows rows)
    {
        _rows = rows;
        _scan.Open(rows);
        OpenBlocks(rows);
    }

    /// <summary>Reads and prices rows.</summary>
    /// <param name="start">The first of them.</param>
    /// <returns>The first row behind them.</returns>
    public int Read(int start)
    {
        ForgetIfMany();
        _batch.Clear();
        _start = start;
        int end = Math.Min(start + LineBatch.Most, _rows!.Count);
        for (int row = start; row < end; row++)
        {
            Scan(row, ref _batch.Add(row, 1, row + 1));
        }

        _prices.Estimate(_batch, _saves);
        for (int i = 0; i < _batch.Count; i++)
        {
            _groupOf[i] = PriceOf(i);
        }

        return end;
    }

    /// <summary>Adds a row of the batch to a tally.</summary>
    public void AddTo(ref GroupTally tally, int place)
    {
        ref LineBatch.Line line = ref _batch[place];
        if (line.Row >= 0 && _prices.TryGet(line.Row, _saves && line.IsCached, out long units, out long? saved, out int scale))
        {
            tally.Add(units, saved, scale);
            _batch.AddCounts(line.Row, ref tally);
        }
        else
        {
            _ = _scan.TryRead(line.Start);
            tally.Add(_scan.Counts, _amounts[place].Amount, _amounts[place].Saved);
        }
    }

    private void ForgetIfMany()
    {
        if (_scan.Names > MostNames || _groups.Count > MostGroups)
        {
            _scan.Clear();
            _groups.Clear();
            _kinds.Clear();
            _rowKinds.Clear();
            _last = null;
            _prices = new(terms.Estimator);
        }
    }

    private void Scan(int row, ref LineBatch.Line line)
    {
        if (!_scan.TryRead(row) || KindOf(row) is not { } kind)
        {
            return;
        }

        if (!_scan.IsZoned && !_isZonelessSaid)
        {
            _isZonelessSaid = true; // by the record of the first such row
            return;
        }

        DateTimeOffset? stated = _scan.At ?? terms.Asked.At;
        (line.Kind, line.IsUndated, line.IsWithin) = (kind, _scan.At is null, terms.IsWithin(stated));
        if (terms.Merges && _scan.IdOf(row) is { } id)
        {
            (line.HasId, line.Id) = (true, id);
            ulong usage = CallKeys.UsageOf(_scan.Counts);
            line.Content = CallKeys.ContentOf(id, kind.Said, (stated ?? default).UtcTicks, _scan.TagsOf(row), usage);
        }

        DateTimeOffset at = _scan.At ?? kind.Context.At.GetValueOrDefault();
        if (line.IsWithin && _prices.ColumnOf(kind, at.UtcTicks) is { } name)
        {
            FindFacts(row, name.Number, line.IsUndated, at);
            _batch.AddRow(name, at.UtcTicks, _scan.Counts);
        }
    }

    private LineKind? KindOf(int row)
    {
        if (_scan.KindOf(row) is not { } key)
        {
            return null;
        }

        if (_last is not { } last || last.Key != key)
        {
            if (!_kinds.TryGetValue(key, out LineKind? kind))
            {
                kind = _kinds[key] = RecordOf(row) is { Call: { } call } ? terms.KindOf(call) : null;
            }

            _last = last = (key, kind);
        }

        return last.Kind;
    }

    /// <summary>The group of a row.</summary>
    private int PriceOf(int place)
    {
        ref LineBatch.Line line = ref _batch[place];
        if (line.Kind is null || !line.IsWithin)
        {
            return -1;
        }

        decimal amount;
        if (line.Row >= 0 && _prices.TryGet(line.Row, _saves && line.IsCached, out long units, out _, out int scale))
        {
            int known = _groups.Find(_batch.FactsOf(place));
            if (known >= 0)
            {
                return known;
            }

            amount = new(unchecked((int)units), unchecked((int)(units >> 32)), 0, isNegative: false, (byte)scale);
        }
        else if (!TryPrice(place, out amount))
        {
            return -1;
        }

        int group = _groups.Find(_batch.FactsOf(place));
        return group >= 0 ? group : MakeGroup(place, amount);
    }

    /// <summary>Prices a row that columns do not.</summary>
    private bool TryPrice(int place, out decimal amount)
    {
        amount = 0;
        ref LineBatch.Line line = ref _batch[place];
        if (!_scan.TryRead(line.Start))
        {
            return false;
        }

        LineKind kind = line.Kind!;
        CallContext context = _scan.At is { } at ? kind.Context with { At = at } : kind.Context;
        TokenUsage usage = TokenUsage.FromCounts(_scan.Counts);
        try
        {
            if (_prices.Find(kind, in usage, in context, out amount) is not { } name)
            {
                return false;
            }

            _amounts[place] = (amount, _saves ? _prices.SavedOf(name, in usage, in context, amount) : null);
            FindFacts(line.Start, name.Number, line.IsUndated, context.At.GetValueOrDefault());
            return true;
        }
        catch (Exception exception) when (exception is OverflowException or UnpricedException)
        {
            return false;
        }
    }

    /// <summary>The numbers that decide the group of a row.</summary>
    private void FindFacts(int row, int name, bool isUndated, DateTimeOffset at)
    {
        Span<int> facts = _batch.FactsOf(row - _start);
        facts[0] = name;
        facts[1] = _hasTimes ? terms.StepOf(_clock, isUndated, at, _hasHours) : 0;
        for (int i = 0; i < _tagKeys.Length; i++)
        {
            facts[i + 2] = _scan.TagOf(row, _tagKeys[i]);
        }
    }

    private int MakeGroup(int place, decimal amount) =>
        RecordOf(_batch[place].Start) is { } record && terms.GroupOf(record, amount) is { } group
            ? _groups.Add(_batch.FactsOf(place), group)
            : -1;

    /// <summary>A row as a record, as far as price and group go; null when there is more to say of it.</summary>
    private LogRecord? RecordOf(int row)
    {
        using JsonDocument document = JsonDocument.Parse(_rows!.ToJson(row, columns.OfPrice));
        return map.Read(document.RootElement) is { Call: { } call } entry && entry.Hints.All(hint => hint == ColumnMap.Zoneless)
            ? new() { Number = 0, Log = log, Call = call with { Asked = call.Asked.Or(terms.Asked) }, Tags = entry.Tags }
            : null;
    }
}
