using System.Text;

namespace LlmCostModel.Logs;

/// <summary>Reads the lines of a chunk that are plain and wholly priced, and adds them up by group. The others are odd: they
/// are left to those who read records one by one.</summary>
/// <remarks>A line is priced here as it is there, and only if nothing is to be said of it. One thread at a time.</remarks>
/// <param name="terms">How lines are priced and added up.</param>
/// <param name="form">How plain lines are written.</param>
internal sealed class ChunkReader(LineTerms terms, PlainLine form)
{
    private const int MostGroups = 200_000;

    private readonly LineScan _scan = form.Scan;
    private readonly NameTable _tags = new();
    private readonly KindTable _kinds = new(terms, form);
    private readonly bool _saves = terms.Summary.Savings is not null;
    private readonly LocalClock _clock = new(terms.Summary.TimeZone);
    private readonly bool _hasHours = terms.Summary.Keys.Any(key => key.Fact == SummaryFact.Hour);
    private readonly bool _hasTimes = terms.Summary.Keys.Any(key => key.Fact is SummaryFact.Hour or SummaryFact.Day);
    private readonly byte[][] _tagKeys =
        [.. terms.Summary.Keys.Where(key => key.Fact == SummaryFact.Tag).Select(key => Encoding.UTF8.GetBytes(key.Tag!))];

    private readonly GroupTable _groups = new(2 + terms.Summary.Keys.Count(key => key.Fact == SummaryFact.Tag));
    private readonly LineBatch _batch = new(2 + terms.Summary.Keys.Count(key => key.Fact == SummaryFact.Tag));
    private readonly int[] _facts = new int[2 + terms.Summary.Keys.Count(key => key.Fact == SummaryFact.Tag)];
    private int[] _tallyOf = new int[64]; // by group: its last tally, which may be that of another span or chunk
    private LinePrices _prices = new(terms.Estimator);
    private string? _log;

    /// <summary>Begins to read a log.</summary>
    public void Open(string log)
    {
        if (log != _log && terms.Summary.Keys.Any(key => key.Fact == SummaryFact.File))
        {
            _groups.Clear();
        }

        _log = log;
    }

    /// <summary>Reads a chunk.</summary>
    public void Read(LineChunk chunk)
    {
        ForgetIfMany();
        ReadOnlySpan<byte> bytes = chunk.Buffer.AsSpan(0, chunk.Length);
        for (int at = 0; at < bytes.Length;)
        {
            int length = form.EndOfLine(bytes[at..]);
            int next = length < 0 ? bytes.Length : at + length + 1;
            ReadOnlySpan<byte> line = bytes[at..(length < 0 ? next : next - 1)];
            line = line is [.., (byte)'\r'] ? line[..^1] : line;
            Scan(line, ref _batch.Add(at, line.Length, next));
            at = next;
            if (_batch.Count == LineBatch.Most || at == bytes.Length)
            {
                AddBatch(chunk);
            }
        }
    }

    /// <summary>Takes a line out that was added up.</summary>
    public void Remove(LineChunk chunk, ref LineSpan span, ref LineRow row)
    {
        ForgetIfMany();
        row.IsRemoved = true;
        if (row.Tally < 0)
        {
            span.LeftOut--;
            return;
        }

        ReadOnlySpan<byte> line = chunk.Buffer.AsSpan(row.Start, row.Length);
        if (!_scan.TryRead(line) || _kinds.Find(_scan, line) is not { } kind || !TryPrice(kind, out Price price))
        {
            throw new InvalidOperationException("A line that was priced has no price.");
        }

        span.Undated -= row.IsUndated ? 1 : 0;
        chunk.Tally(row.Tally).Remove(_scan.Counts, price.Amount, price.Saved);
    }

    private void ForgetIfMany()
    {
        if (_kinds.AreMany || _tags.Count > MostGroups || _groups.Count > MostGroups)
        {
            _tags.Clear();
            _groups.Clear();
            _kinds.Clear();
            _prices = new(terms.Estimator);
        }
    }

    /// <summary>Looks what a line is.</summary>
    private void Scan(ReadOnlySpan<byte> text, ref LineBatch.Line line)
    {
        if (text.IsEmpty || !_scan.TryRead(text) || _kinds.Find(_scan, text) is not { } kind)
        {
            return;
        }

        DateTimeOffset? stated = _scan.At ?? terms.Asked.At;
        (line.Kind, line.IsUndated, line.IsWithin) = (kind, _scan.At is null, terms.IsWithin(stated));
        if (terms.Merges && _scan.Id.IsStated)
        {
            line.HasId = true;
            line.Id = CallKeys.OfResponse(_scan.Id.In(text));
            ulong usage = CallKeys.UsageOf(_scan.Counts);
            line.Content = CallKeys.ContentOf(line.Id, kind.Said, (stated ?? default).UtcTicks, TagsOf(text), usage);
        }

        DateTimeOffset at = _scan.At ?? kind.Context.At.GetValueOrDefault();
        if (line.IsWithin && _prices.ColumnOf(kind, at.UtcTicks) is { } name)
        {
            FindFacts(text, name.Number, line.IsUndated, at, _batch.FactsOf(_batch.Count - 1));
            _batch.AddRow(name, at.UtcTicks, _scan.Counts);
        }
    }

    /// <summary>Prices the lines of the batch, and adds them to spans and tallies.</summary>
    private void AddBatch(LineChunk chunk)
    {
        _prices.Estimate(_batch, _saves);
        for (int i = 0; i < _batch.Count; i++)
        {
            ref LineBatch.Line line = ref _batch[i];
            if (line.Length > 0 || chunk.SpanCount == 0)
            {
                AddLine(chunk, ref line, i);
            }

            ref LineSpan span = ref chunk.Span(chunk.SpanCount - 1);
            span.Lines++;
            span.End = line.Next;
        }

        _batch.Clear();
    }

    private void AddLine(LineChunk chunk, ref LineBatch.Line line, int place)
    {
        ReadOnlySpan<byte> text = chunk.Buffer.AsSpan(line.Start, line.Length);
        (long units, long? unitsSaved, int scale, Price price) = (0, null, 0, default);
        bool isInColumns = line.Row >= 0 && _prices.TryGet(line.Row, _saves && line.IsCached, out units, out unitsSaved, out scale);
        int group = -1;
        if (isInColumns)
        {
            group = _groups.Find(_batch.FactsOf(place));
            group = group >= 0 ? group : MakeGroup(text, _batch.FactsOf(place), ToDecimal(units, scale));
        }
        else if (line is { Kind: { } kind, IsWithin: true } && _scan.TryRead(text) && TryPrice(kind, out price))
        {
            FindFacts(text, price.Name, line.IsUndated, price.At, _facts);
            group = _groups.Find(_facts);
            group = group >= 0 ? group : MakeGroup(text, _facts, price.Amount);
        }

        bool isOdd = line.Kind is null || (line.IsWithin && group < 0);
        if (chunk.SpanCount == 0 || chunk.Span(chunk.SpanCount - 1).IsOdd != isOdd)
        {
            chunk.AddSpan(line.Start, isOdd);
        }

        if (isOdd)
        {
            return;
        }

        ref LineSpan span = ref chunk.Span(chunk.SpanCount - 1);
        span.Records++;
        span.LeftOut += group < 0 ? 1 : 0;
        span.Undated += group >= 0 && line.IsUndated ? 1 : 0;
        int tally = group < 0 ? -1 : TallyOf(chunk, group);
        if (group >= 0 && isInColumns)
        {
            chunk.Tally(tally).Add(units, unitsSaved, scale);
            _batch.AddCounts(line.Row, ref chunk.Tally(tally));
        }
        else if (group >= 0)
        {
            chunk.Tally(tally).Add(_scan.Counts, price.Amount, price.Saved);
        }

        if (terms.Merges)
        {
            chunk.AddRow(new()
            {
                Start = line.Start,
                Length = line.Length,
                Tally = tally,
                IsUndated = line.IsUndated,
                HasId = line.HasId,
                Id = line.Id,
                Content = line.Content,
            });
        }
    }

    private static decimal ToDecimal(long units, int scale) =>
        new(unchecked((int)units), unchecked((int)(units >> 32)), 0, isNegative: false, (byte)scale);

    private int TallyOf(LineChunk chunk, int group)
    {
        if (group >= _tallyOf.Length)
        {
            Array.Resize(ref _tallyOf, Math.Max(_tallyOf.Length * 2, group + 1));
        }

        ref int tally = ref _tallyOf[group];
        bool isOfSpan = tally >= chunk.Span(chunk.SpanCount - 1).FirstTally
            && tally < chunk.TallyCount
            && ReferenceEquals(chunk.Tally(tally).Group, _groups[group]);
        return isOfSpan ? tally : tally = chunk.AddTally(_groups[group]);
    }

    private ulong TagsOf(ReadOnlySpan<byte> line)
    {
        ulong tags = 0;
        for (int i = 0; i < _scan.TagCount; i++)
        {
            tags = CallKeys.TagIn(tags, CallKeys.OfText(_scan.TagName(i, line)), CallKeys.OfText(_scan.TagValue(i, line)));
        }

        return tags;
    }

    private bool TryPrice(LineKind kind, out Price price)
    {
        price = default;
        CallContext context = _scan.At is { } at ? kind.Context with { At = at } : kind.Context;
        price.Usage = _scan.ToUsage();
        price.At = context.At.GetValueOrDefault();
        try
        {
            if (_prices.Find(kind, in price.Usage, in context, out price.Amount) is not { } name)
            {
                return false;
            }

            price.Name = name.Number;
            price.Saved = _saves ? _prices.SavedOf(name, in price.Usage, in context, price.Amount) : null;
            return true;
        }
        catch (Exception exception) when (exception is OverflowException or UnpricedException)
        {
            return false;
        }
    }

    /// <summary>The numbers that decide the group of a line.</summary>
    private void FindFacts(ReadOnlySpan<byte> line, int name, bool isUndated, DateTimeOffset at, Span<int> facts)
    {
        facts[0] = name;
        facts[1] = _hasTimes ? terms.StepOf(_clock, isUndated, at, _hasHours) : 0;
        for (int i = 0; i < _tagKeys.Length; i++)
        {
            facts[i + 2] = 0;
            for (int tag = 0; tag < _scan.TagCount; tag++)
            {
                if (_scan.TagName(tag, line).SequenceEqual(_tagKeys[i]))
                {
                    facts[i + 2] = _tags.Get(_scan.TagValue(tag, line));
                }
            }
        }
    }

    /// <summary>Finds the values of the keys as for any record.</summary>
    /// <returns>The place of the group; below 0 when the line is odd after all.</returns>
    private int MakeGroup(ReadOnlySpan<byte> line, ReadOnlySpan<int> facts, decimal amount)
    {
        if (form.Read(line, out Dictionary<string, string>? tags) is not { } call)
        {
            return -1;
        }

        LogRecord record = new() { Number = 0, Log = _log, Call = call, Tags = EquatableTexts.Of(tags) };
        return terms.GroupOf(record, amount) is { } group ? _groups.Add(facts, group) : -1;
    }

    private struct Price
    {
        public TokenUsage Usage;
        public DateTimeOffset At;
        public decimal Amount;
        public decimal? Saved;
        public int Name;
    }
}
